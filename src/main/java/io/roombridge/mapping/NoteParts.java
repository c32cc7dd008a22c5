package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a note that is longer than a journal entry may be, so that nothing of it is lost (facts/servicenow.md, section
 * 2.7). Each part ends with its number, {@code (1/2)}, on a line of its own, before the reference if it gets one; only the
 * first has the header. A split prefers the end of a line, then of a word, and never cuts what reads as one character.
 */
public final class NoteParts {

    /** A line break and a number of up to three digits twice: {@code (100/100)}. */
    private static final int ROOM_FOR_NUMBER = 10;

    private static final int JOINER = 0x200D;

    private NoteParts() {}

    /**
     * @param limit the longest entry in code points, at least 100
     * @return the note itself when it fits
     */
    public static List<String> of(String note, int limit) {
        if (limit < 100) {
            throw new IllegalArgumentException("a journal entry of " + limit + " code points is too short to be split");
        }
        if (note.codePointCount(0, note.length()) <= limit) {
            return List.of(note);
        }
        List<String> pieces = pieces(note, limit - ROOM_FOR_NUMBER);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            parts.add(pieces.get(i) + "\n(" + (i + 1) + "/" + pieces.size() + ")");
        }
        return List.copyOf(parts);
    }

    private static List<String> pieces(String note, int limit) {
        List<String> pieces = new ArrayList<>();
        String rest = note;
        while (rest.codePointCount(0, rest.length()) > limit) {
            int end = rest.offsetByCodePoints(0, limit);
            int lineEnd = rest.lastIndexOf('\n', end);
            // A line break in the first half would leave a part nearly empty.
            int cut = lineEnd > end / 2 ? lineEnd : betweenWords(rest, end);
            pieces.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        pieces.add(rest);
        return pieces;
    }

    private static int betweenWords(String text, int end) {
        int space = text.lastIndexOf(' ', end);
        if (space > end / 2) {
            return space;
        }
        int cut = end;
        while (cut > end / 2 && joined(text, cut)) {
            cut = text.offsetByCodePoints(cut, -1);
        }
        return cut > end / 2 ? cut : end;
    }

    /** Whether what stands before and after belongs together: an accent, a skin tone, a family of emoji. */
    private static boolean joined(String text, int at) {
        int after = text.codePointAt(at);
        int type = Character.getType(after);
        boolean accent = type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
        boolean tone = after >= 0x1F3FB && after <= 0x1F3FF;
        return accent || tone || after == JOINER || text.codePointBefore(at) == JOINER;
    }
}
