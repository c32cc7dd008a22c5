package io.roombridge.mapping;

import java.util.Optional;

/**
 * Something in a mapping file that must be mended before the bridge can start.
 *
 * @param line counted from 1; 0 when the fault is the whole file's
 * @param column counted from 1; 0 when unknown
 */
public record MappingFault(
        String file, int line, int column, String problem, String expected, Optional<String> suggestion) {

    static MappingFault notUtf8(String file) {
        return new MappingFault(
                file, 0, 0, "it has bytes that are not UTF-8", "a file saved as UTF-8", Optional.empty());
    }

    @Override
    public String toString() {
        return place()
                + ": "
                + problem
                + "; expected "
                + expected
                + suggestion.map(text -> " (did you mean " + text + "?)").orElse("");
    }

    private String place() {
        return line == 0 ? file : file + ":" + line + (column == 0 ? "" : ":" + column);
    }
}
