package io.roombridge.ticket;

import java.util.Locale;

/** The three queues of a ticket: order holds within the state lane and within the conversation lane. */
public enum Lane {
    STATE,
    CONVERSATION,
    FILES;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
