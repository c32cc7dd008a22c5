package io.roombridge.mapping;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes text from outside harmless in a ServiceNow journal. {@code [code]} would be rendered as HTML
 * (facts/servicenow.md, section 2.7), control and direction characters could hide what a line says, and a line in the
 * form of the bridge's own header, reference or machine line could be taken for one. Applying it again changes nothing.
 */
public final class PlainText {

    private static final Pattern CODE_TAG = Pattern.compile("\\[\\s*(/?)\\s*code\\s*]", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029\\u000B\\f]");
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final String ELLIPSIS = "…";
    private static final String QUOTE = "> ";

    private PlainText() {}

    /** The harmless text. */
    public static String of(String text) {
        String clean = visible(withLineFeeds(text));
        String harmless = CODE_TAG.matcher(clean).replaceAll("($1code)");
        return Arrays.stream(harmless.split("\n", -1)).map(PlainText::defused).collect(Collectors.joining("\n"));
    }

    /** The text with one kind of line break. */
    public static String withLineFeeds(String text) {
        return LINE_BREAK.matcher(text).replaceAll("\n");
    }

    public static String oneLine(String text) {
        return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    }

    /** At most so many code points; a cut shows as an ellipsis. */
    static String truncate(String text, int codePoints) {
        if (text.codePointCount(0, text.length()) <= codePoints) {
            return text;
        }
        if (codePoints <= 0) {
            return "";
        }
        return text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + ELLIPSIS;
    }

    private static String visible(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\t') {
                kept.append(' ');
            } else if (isSurrogate(point)) {
                kept.append('\uFFFD');
            } else if (point == '\n' || !hidden(point)) {
                kept.appendCodePoint(point);
            }
        });
        return kept.toString();
    }

    private static boolean isSurrogate(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }

    /** Control characters, and those that reorder text; joiners stay, because emoji and many scripts need them. */
    private static boolean hidden(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0xFEFF;
    }

    private static String defused(String line) {
        String start = line.strip().toLowerCase(Locale.ROOT);
        boolean ours = Authorship.isHeader(start) || start.startsWith("ref rb-") || MachineLine.isMachineLine(start);
        return ours ? QUOTE + line : line;
    }
}
