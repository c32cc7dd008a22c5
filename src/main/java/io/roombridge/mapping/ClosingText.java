package io.roombridge.mapping;

import java.util.Locale;

/**
 * What is said about the closing of an inactive ticket, each with its own mapping file: {@code closing-warning.jslt} and so
 * on. Each has to give a text. The evidence in the work notes is no mapping: it is the record of a decision.
 */
public enum ClosingText {
    /** The customer is told that the ticket will be closed, where the customer reads. */
    WARNING(true),
    /** The group is told that the customer was warned in the portal. */
    GROUP_WARNING(true),
    /** The clock in words, for a field of the incident. */
    CLOCK(true),
    /** The close notes of the incident. */
    CLOSE_NOTES(true),
    /** The customer is told in the portal that the ticket was closed. */
    CLOSED(false),
    /** The work note of a closing that is taken back, because somebody had worked on the ticket before it. */
    TAKEN_BACK(false),
    /** The work note of a ticket that is open again, because the customer answered after the closing. */
    ANSWERED(false),
    /** The customer is told in the portal that the ticket is open again. */
    OPEN_AGAIN(false);

    private final boolean ofCount;

    ClosingText(boolean ofCount) {
        this.ofCount = ofCount;
    }

    /** Whether it is about a count of business days, and sees its dates; the others see the number only. */
    public boolean ofCount() {
        return ofCount;
    }

    public String file() {
        return "closing-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".jslt";
    }
}
