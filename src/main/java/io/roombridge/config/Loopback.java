package io.roombridge.config;

import java.util.regex.Pattern;

/** The names and addresses by which a machine speaks to itself, the only ones for which encryption may be off. */
final class Loopback {

    private static final Pattern NAMES =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    static boolean is(String host) {
        return host != null && NAMES.matcher(host).matches();
    }
}
