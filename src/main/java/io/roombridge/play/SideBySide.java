package io.roombridge.play;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two columns of plain text, 100 columns wide together; emoji and other wide characters take two. */
final class SideBySide {

    private static final int COLUMN = 48;
    private static final String BETWEEN = " | ";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SideBySide() {}

    static String render(BothSides sides) {
        StringBuilder page = new StringBuilder();
        row(page, List.of("PORTAL"), List.of("SERVICENOW"));
        for (BothSides.Row row : sides.rows()) {
            page.append("-".repeat(COLUMN))
                    .append("-+-")
                    .append("-".repeat(COLUMN))
                    .append('\n');
            row(page, cell(row.portal()), cell(row.desk()));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, List<String> left, List<String> right) {
        for (int line = 0; line < Math.max(left.size(), right.size()); line++) {
            String text = line < left.size() ? left.get(line) : "";
            String other = line < right.size() ? right.get(line) : "";
            page.append((text + " ".repeat(COLUMN - width(text)) + BETWEEN + other).stripTrailing())
                    .append('\n');
        }
    }

    private static List<String> cell(Spoken said) {
        if (said == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String mark = said.internal() ? " [internal]" : "";
        wrap(TIME.format(said.at()) + " " + said.who() + mark, lines);
        said.words().lines().forEach(line -> wrap(line, lines));
        if (!said.remark().isEmpty()) {
            wrap("(" + said.remark() + ")", lines);
        }
        return lines;
    }

    /** Breaks at blanks; a word that is longer than the column is cut. */
    private static void wrap(String text, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && width(line) + 1 + width(word) > COLUMN) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            word.codePoints().forEach(point -> {
                if (width(line) + width(point) > COLUMN) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.appendCodePoint(point);
            });
        }
        lines.add(line.toString());
    }

    static int width(CharSequence text) {
        return text.codePoints().map(SideBySide::width).sum();
    }

    private static int width(int point) {
        int type = Character.getType(point);
        boolean none =
                type == Character.NON_SPACING_MARK || type == Character.FORMAT || type == Character.ENCLOSING_MARK;
        boolean wide = point >= 0x1100 && point <= 0x115f
                || point >= 0x2e80 && point <= 0xa4cf
                || point >= 0xac00 && point <= 0xd7a3
                || point >= 0xff00 && point <= 0xff60
                || point >= 0x1f300 && point <= 0x1faff;
        return none ? 0 : wide ? 2 : 1;
    }
}
