package io.roombridge.conversation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A comment or work note as it was read in ServiceNow.
 *
 * @param sysId of the journal row
 * @param comment whether it stands in {@code comments}, which customers read; otherwise in {@code work_notes}
 * @param text as the instance returned it
 * @param author the user name that the instance recorded, not the display name
 * @param createdOn by the instance's clock, to the second
 */
public record Entry(String sysId, boolean comment, String text, String author, Optional<Instant> createdOn) {

    public Entry {
        Objects.requireNonNull(sysId);
        Objects.requireNonNull(text);
        Objects.requireNonNull(author);
    }

    boolean by(String user) {
        return !user.isBlank() && author.strip().equalsIgnoreCase(user.strip());
    }
}
