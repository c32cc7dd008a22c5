package io.roombridge.conversation;

import io.roombridge.mapping.Authorship;
import java.util.List;
import java.util.Optional;

/**
 * A text of the bridge's own inside an entry, whole to the last word, and its reference.
 *
 * @param from the line in which it begins
 * @param offset where in that line, in characters; more than 0 when a rule put words before it on the same line
 * @param to the line of its reference
 */
record OwnBlock(int from, int offset, int to) {

    /** Longer than anything the bridge writes, so that a hostile text costs little. */
    private static final int MOST_LINES = 1000;

    private static final int MOST_LETTERS = 20_000;

    static Optional<OwnBlock> endingAt(List<Line> lines, int reference, String hash) {
        StringBuilder letters = new StringBuilder();
        for (int at = reference - 1; at >= Math.max(0, reference - MOST_LINES); at--) {
            String line = lines.get(at).text();
            int header = Authorship.headerIn(line);
            if (header > 0 && matches(line.substring(header), letters, hash)) {
                return Optional.of(
                        new OwnBlock(at, Authorship.isHeader(lines.get(at).bare()) ? 0 : header, reference));
            }
            String own = TextHash.letters(line);
            letters.insert(0, own);
            if (letters.length() > MOST_LETTERS) {
                return Optional.empty();
            }
            if (!own.isEmpty() && TextHash.ofLetters(letters).equals(hash)) {
                return Optional.of(new OwnBlock(at, 0, reference));
            }
        }
        return Optional.empty();
    }

    static boolean headerInside(Line line) {
        return Authorship.headerIn(line.text()) > 0;
    }

    private static boolean matches(String line, StringBuilder rest, String hash) {
        return TextHash.ofLetters(TextHash.letters(line) + rest).equals(hash);
    }
}
