package io.roombridge.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The hash by which the bridge's own text is known again after an instance or a mail program reformatted it. Only letters
 * and signs count, in their order: white space of every kind, quotation marks of mail ({@code >}), characters without
 * width and the escaping of HTML do not. Any word that a person adds or takes away changes it.
 */
public final class TextHash {

    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|apos|nbsp|#39|#34|#x27|#160);");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "#39", "'", "#34", "\"", "#x27",
            "'", "#160", " ");

    /** Texts that are escaped more often than this are nobody's harmless reformatting. */
    private static final int DEEPEST = 4;

    private TextHash() {}

    /** SHA-256 in lower-case hex, of a text without its reference. */
    public static String of(String text) {
        return ofLines(text.lines().toList());
    }

    static String ofLines(List<String> lines) {
        StringBuilder letters = new StringBuilder();
        lines.forEach(line -> letters.append(letters(line)));
        return ofLetters(letters);
    }

    /** Of what {@link #letters} gave. */
    static String ofLetters(CharSequence letters) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(letters.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What counts of one line. */
    static String letters(String line) {
        String decoded = line;
        for (int i = 0; i < DEEPEST && decoded.indexOf('&') >= 0; i++) {
            decoded = ENTITY.matcher(decoded)
                    .replaceAll(entity -> NAMED.get(entity.group(1)).replace("$", "\\$"));
        }
        StringBuilder letters = new StringBuilder(decoded.length());
        Normalizer.normalize(decoded, Normalizer.Form.NFC)
                .codePoints()
                .filter(TextHash::counts)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    private static boolean counts(int point) {
        int type = Character.getType(point);
        boolean unseen = type == Character.FORMAT || type == Character.CONTROL || type == Character.SURROGATE;
        boolean space = Character.isWhitespace(point) || Character.isSpaceChar(point);
        boolean selector = point >= 0xFE00 && point <= 0xFE0F;
        return !unseen && !space && !selector && point != '>';
    }
}
