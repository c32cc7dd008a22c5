package io.roombridge.rebuild;

/**
 * Something that a rebuild could not be certain of; a person may want to look.
 *
 * @param number of the incident
 */
public record Doubt(String number, Kind kind) {

    /** What is uncertain. */
    public enum Kind {
        NO_MACHINE_LINE(
                true, "no work note of the bridge tells what it is about; it joins its ticket with the next event"),
        NOT_OURS(
                true,
                "it bears a correlation id of the bridge, but the bridge never wrote in it; clear correlation_id"),
        TWO_ACTIVE(true, "a second active incident bears the same correlation id; the newest counts, close the other"),
        HOLD_UNTOLD(false, "on hold; if it was put on hold while the bridge was away, the portal does not know");

        private final boolean serious;
        private final String meaning;

        Kind(boolean serious, String meaning) {
            this.serious = serious;
            this.meaning = meaning;
        }

        /** Whether a person has to act; otherwise it is only good to know. */
        public boolean serious() {
            return serious;
        }

        /** One clause that a person can read. */
        public String meaning() {
            return meaning;
        }
    }

    static Doubt of(Found found, Kind kind) {
        return new Doubt(found.incident().number(), kind);
    }
}
