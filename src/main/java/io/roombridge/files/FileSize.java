package io.roombridge.files;

import java.util.Locale;

/** Sizes as people read them. */
public final class FileSize {

    private static final String[] UNITS = {"bytes", "KB", "MB", "GB"};

    private FileSize() {}

    /** For example {@code 3.4 MB}, where a megabyte has 1024 × 1024 bytes as in ServiceNow's settings. */
    public static String of(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
