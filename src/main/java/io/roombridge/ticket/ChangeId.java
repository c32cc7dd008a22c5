package io.roombridge.ticket;

/**
 * The identity of a change: for portal events the CloudEvents {@code source} and {@code id} together, which is the
 * dedupe key (facts/portal.md, section 9.1).
 */
public record ChangeId(String value) {

    public ChangeId {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a change needs an id");
        }
    }

    public static ChangeId ofEvent(String source, String id) {
        return new ChangeId(source + "#" + id);
    }

    /** Stands for whatever caused a text of which only its hash is known. */
    public static ChangeId ofText(String hash) {
        return new ChangeId("/roombridge/text#" + hash);
    }

    @Override
    public String toString() {
        return value;
    }
}
