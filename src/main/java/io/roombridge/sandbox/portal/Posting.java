package io.roombridge.sandbox.portal;

import java.util.List;

/** One message for the hub: an event, or in batch mode several events of one partition key. */
record Posting(String partitionKey, Mode mode, List<PortalEvent> events) {

    Posting {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > 1 && mode != Mode.BATCH) {
            throw new IllegalArgumentException("mode " + mode + " cannot carry " + events.size() + " events");
        }
    }

    /** How events travel; a relay may prefix the attributes of binary mode in three ways (design, section 2). */
    enum Mode {
        STRUCTURED(""),
        BATCH(""),
        BINARY("cloudEvents:"),
        BINARY_UNDERSCORE("cloudEvents_"),
        BINARY_KAFKA("ce_");

        private final String prefix;

        Mode(String prefix) {
            this.prefix = prefix;
        }

        /** What stands before each attribute's name among the application properties; empty outside binary mode. */
        String prefix() {
            return prefix;
        }

        boolean binary() {
            return !prefix.isEmpty();
        }
    }
}
