package io.roombridge.play;

import java.time.Instant;

/**
 * One thing that stands on one side of a ticket's conversation: an entry, a file, or a change of state.
 *
 * @param who as that side shows it
 * @param internal whether the customer may not see it
 * @param brought whether the bridge brought it from the other side
 * @param own whether it belongs to this side alone: a change of state, what the portal is told of one, the bridge's own note
 * @param words what was said, without what the bridge or a mail program put around it; equal words are the same thing
 * @param remark what the reader should know besides, or empty
 */
record Spoken(Instant at, String who, boolean internal, boolean brought, boolean own, String words, String remark) {

    static Spoken here(Instant at, String who, boolean internal, String words) {
        return new Spoken(at, who, internal, false, false, words, "");
    }

    static Spoken brought(Instant at, String who, boolean internal, String words) {
        return new Spoken(at, who, internal, true, false, words, "");
    }

    static Spoken ofThisSideAlone(Instant at, String who, boolean internal, String words) {
        return new Spoken(at, who, internal, false, true, words, "");
    }

    Spoken with(String newRemark) {
        return new Spoken(at, who, internal, brought, own, words, newRemark);
    }

    /** Whether this is the other one as the bridge brought it over. */
    boolean isTwinOf(Spoken other) {
        return brought != other.brought && !own && !other.own && words.equals(other.words);
    }
}
