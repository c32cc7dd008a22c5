package io.roombridge.correlation;

import io.roombridge.privacy.Privacy;
import io.roombridge.ticket.ChangeId;
import java.time.Instant;

/** One line of a ticket's history, written for people: what happened and why, without the content of messages. */
public record HistoryEntry(Instant at, ChangeId cause, String what, String text) {

    public HistoryEntry {
        text = Privacy.strictly(text);
    }
}
