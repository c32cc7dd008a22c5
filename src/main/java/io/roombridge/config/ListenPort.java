package io.roombridge.config;

import java.util.OptionalInt;

/**
 * A port to listen on, or the decision not to listen.
 *
 * @param number 0 for any free one; empty for {@code off}
 */
public record ListenPort(OptionalInt number) {

    /** @throws IllegalArgumentException when the text is neither {@code off} nor a number up to 65535 */
    public static ListenPort of(String text) {
        if (text.equals("off")) {
            return new ListenPort(OptionalInt.empty());
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("no port: a number from 0 to 65535, or off");
        }
        return new ListenPort(OptionalInt.of(Integer.parseInt(text)));
    }
}
