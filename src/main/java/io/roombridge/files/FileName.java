package io.roombridge.files;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes a name that is harmless as a file name on every system and in every page that shows it. Pure.
 *
 * <p>What is taken out: directories, control characters, invisible and bidirectional formatting (with them
 * {@code photo‮gpj.exe} reads as a picture), characters that Windows refuses, dots and blanks at the ends, device names
 * like {@code CON}, and the last extension but one where it is a program's ({@code invoice.exe.pdf}). Letters of every
 * script and emoji stay as they are.
 */
public final class FileName {

    /** ServiceNow's field holds 100 characters by default, and a name of the portal 255. */
    static final int LONGEST = 100;

    private static final String NAMELESS = "file";

    private static final Pattern DIRECTORIES = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

    /** Control and format characters, lone halves of a pair, private ones, separators of lines; the joiners see below. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\u2028\\u2029\\uFFFE\\uFFFF]|(?![\\u200C\\u200D])\\p{Cf}");

    /** Emoji and some scripts need the joiners between two characters; next to ASCII they only hide something. */
    private static final Pattern IDLE_JOINER =
            Pattern.compile("(?<![^\\x00-\\x7F])[\\u200C\\u200D]|[\\u200C\\u200D](?![^\\x00-\\x7F\\u200C\\u200D])");

    private static final Pattern REFUSED_BY_WINDOWS = Pattern.compile("[<>:\"|?*]");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    private static final Pattern ENDS = Pattern.compile("^[. ]+|[. ]+$");

    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\\u00B9\\u00B2\\u00B3])");

    private FileName() {}

    /** A safe name, never empty and at most 100 characters; the extension survives where there is one. */
    public static String safe(String name) {
        String one = Normalizer.normalize(name, Normalizer.Form.NFC);
        one = DIRECTORIES.matcher(one).replaceFirst("");
        one = INVISIBLE.matcher(one).replaceAll("");
        one = IDLE_JOINER.matcher(one).replaceAll("");
        one = REFUSED_BY_WINDOWS.matcher(one).replaceAll("_");
        one = BLANKS.matcher(one).replaceAll(" ");
        one = ENDS.matcher(one).replaceAll("");
        one = ENDS.matcher(oneExtension(one)).replaceAll("");
        if (one.isEmpty()) {
            return NAMELESS;
        }
        String stem = one.split("\\.", 2)[0].strip();
        return shortened(DEVICE.matcher(stem).matches() ? "_" + one : one);
    }

    /** The extension in lower case, without its dot; empty when there is none. */
    public static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** {@code invoice.exe.pdf} becomes {@code invoice_exe.pdf}: nobody shall take the one for the other. */
    private static String oneExtension(String name) {
        int last = name.lastIndexOf('.');
        if (last <= 0) {
            return name;
        }
        String stem = name.substring(0, last);
        for (String part : stem.split("\\.")) {
            if (Extensions.PROGRAMS.contains(part.strip().toLowerCase(Locale.ROOT))) {
                return stem.replace('.', '_') + name.substring(last);
            }
        }
        return name;
    }

    /** Cut in front of the extension, and never inside a character. */
    private static String shortened(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String end = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - end.length());
        int room = LONGEST - end.length();
        int cut = Character.isHighSurrogate(stem.charAt(room - 1)) ? room - 1 : room;
        return ENDS.matcher(stem.substring(0, cut)).replaceAll("") + end;
    }
}
