package io.roombridge.ops;

/**
 * Whether one part of the bridge works now, and if not, why.
 *
 * @param cause one clause without anything secret: whoever probes the bridge need not have the token
 */
public record Check(String name, boolean up, String cause) {

    public static Check up(String name, String how) {
        return new Check(name, true, how);
    }

    public static Check down(String name, String why) {
        return new Check(name, false, why);
    }
}
