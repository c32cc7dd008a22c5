package io.roombridge.conversation;

import java.util.Optional;

/** What the bridge remembers of its own writes to one instance. */
public interface OwnWrites {

    /**
     * A text that was written, or was about to be.
     *
     * @param bodyHash {@link TextHash#of} of the text without its reference
     */
    record Own(String bodyHash) {}

    /** Whether the journal row is known to be the bridge's own. */
    boolean knows(String entrySysId);

    /** The text written under a reference such as {@code rb-1f3c…}; of an open write too. */
    Optional<Own> byReference(String reference);

    /** Whether a write with this reference was begun and its result is not known yet. */
    boolean openIntent(String reference);
}
