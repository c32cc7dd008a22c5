package io.roombridge.ticket;

import java.util.regex.Pattern;

/**
 * An event as it may be kept for long: the addresses of files without their query, which may carry a signature that opens
 * the file to whoever reads it (docs/operations.md, "Security").
 */
public final class Unsigned {

    private static final Pattern SIGNATURE = Pattern.compile("(\"downloadUrl\"\\s*+:\\s*+\"[^\"?]*+)\\?[^\"]*+");

    private Unsigned() {}

    /** @param event as structured-mode JSON, or as much of it as could be read */
    public static String of(String event) {
        return SIGNATURE.matcher(event).replaceAll("$1");
    }
}
