package io.roombridge.conversation;

import io.roombridge.mapping.Authorship;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an entry.
 *
 * @param bare without the marks of quotation before it, and with plain spaces only
 * @param quoted whether it had such marks
 */
record Line(String text, String bare, boolean quoted) {

    private static final Pattern MARKS = Pattern.compile("[\\s\\u00a0]*(>[>\\s\\u00a0]*)?");
    private static final Pattern SPACE = Pattern.compile("[\\h\\p{Zs}]");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final Pattern REFERENCE = Pattern.compile("ref\\s+(rb-[0-9a-f]{16})(\\s+Ref:\\s?MSG\\S*)?");

    static Line of(String text) {
        Matcher marks = MARKS.matcher(text);
        boolean quoted = marks.lookingAt() && marks.group(1) != null;
        String words = quoted ? text.substring(marks.end()) : text;
        String seen = UNSEEN.matcher(SPACE.matcher(words).replaceAll(" ")).replaceAll("");
        return new Line(text, seen.strip(), quoted);
    }

    boolean blank() {
        return TextHash.letters(text).isEmpty();
    }

    /** The reference, if the line is one. */
    Optional<String> reference() {
        Matcher line = REFERENCE.matcher(bare);
        return line.matches() ? Optional.of(line.group(1)) : Optional.empty();
    }

    boolean ours() {
        return reference().isPresent() || Authorship.isHeader(bare);
    }
}
