package io.roombridge;

/** How tables look to a person: at most 100 columns, times to the minute in UTC. */
final class Terminal {

    static final int WIDTH = 100;

    private static final int TO_THE_MINUTE = "2026-06-01T08:00".length();

    private Terminal() {}

    static String cut(String text) {
        return cut(text, WIDTH);
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** @param instant as ISO 8601 in UTC, or nothing */
    static String minute(String instant) {
        return instant.length() < TO_THE_MINUTE
                ? instant
                : instant.substring(0, TO_THE_MINUTE).replace('T', ' ');
    }
}
