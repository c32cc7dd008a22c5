package io.roombridge.files;

import java.util.regex.Pattern;

/** Media types as they may stand in a header. */
public final class FileType {

    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}");

    private FileType() {}

    /** The type itself without its parameters, or bytes of no known type where it is none. */
    public static String safe(String type) {
        String bare = type.split(";", 2)[0].strip();
        return MEDIA_TYPE.matcher(bare).matches() ? bare : "application/octet-stream";
    }
}
