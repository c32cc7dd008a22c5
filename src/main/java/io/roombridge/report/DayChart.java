package io.roombridge.report;

import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Table;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of days as bars side by side, in SVG. The axis begins at zero. Colours come from the page's style sheet, so that they
 * suit light, dark and paper; the table beside it says the same to those who see no bars. Pure.
 */
final class DayChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 240;
    private static final int LEFT = 52;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int PLOT = HEIGHT - TOP - BOTTOM;
    private static final int MOST_LABELS = 16;
    private static final int STEPS = 4;

    /** Where the day of the month begins in an ISO date. */
    private static final int MONTH = 5;

    private final Table table;
    private final long top;
    private final double ofDay;
    private final StringBuilder svg = new StringBuilder();

    private DayChart(Table table) {
        this.table = table;
        long most = table.lines().stream()
                .flatMap(line -> line.values().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        this.top = step(most) * STEPS;
        this.ofDay = (WIDTH - LEFT) / (double) Math.max(1, table.lines().size());
    }

    static String of(Table table) {
        DayChart chart = new DayChart(table);
        chart.head();
        chart.axis();
        IntStream.range(0, table.lines().size()).forEach(chart::day);
        return chart.svg.append("</svg>\n").toString();
    }

    /** A round number of which four reach up to the highest bar. */
    static long step(long most) {
        long least = Math.max(1, (most + STEPS - 1) / STEPS);
        long power = 1;
        while (power * 10 <= least) {
            power *= 10;
        }
        return (least + power - 1) / power * power;
    }

    private void head() {
        line("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-labelledby=\"" + table.id() + "-t "
                + table.id() + "-d\">");
        line("<title id=\"" + table.id() + "-t\">" + HtmlPage.escaped(table.title()) + "</title>");
        String sums = IntStream.range(0, table.columns().size())
                .mapToObj(i -> table.columns().get(i) + ": "
                        + InWords.number(table.sums().get(i)) + " together")
                .collect(Collectors.joining(", "));
        line("<desc id=\"" + table.id() + "-d\">" + HtmlPage.escaped("Bars for each day. " + sums)
                + ". The table holds the numbers.</desc>");
    }

    private void axis() {
        for (int i = 0; i <= STEPS; i++) {
            long value = top / STEPS * i;
            String y = number(y(value));
            line("<line class=\"grid\" x1=\"" + LEFT + "\" x2=\"" + WIDTH + "\" y1=\"" + y + "\" y2=\"" + y + "\"/>");
            line("<text class=\"tick\" x=\"" + (LEFT - 6) + "\" y=\"" + number(y(value) + 4) + "\" text-anchor=\"end\">"
                    + InWords.number(value) + "</text>");
        }
    }

    private void day(int index) {
        Line day = table.lines().get(index);
        double gap = ofDay * 0.15;
        double width = (ofDay - 2 * gap) / table.columns().size();
        double left = LEFT + index * ofDay;
        for (int i = 0; i < table.columns().size(); i++) {
            long value = day.values().get(i);
            line("<rect class=\"s" + (table.columns().size() == 1 ? 1 : i) + "\" x=\"" + number(left + gap + i * width)
                    + "\" y=\"" + number(y(value)) + "\" width=\"" + number(width) + "\" height=\""
                    + number(TOP + PLOT - y(value)) + "\"/>");
        }
        int every = (table.lines().size() + MOST_LABELS - 1) / MOST_LABELS;
        if (index % every == 0) {
            line("<text class=\"tick\" x=\"" + number(left + ofDay / 2) + "\" y=\"" + (HEIGHT - 8)
                    + "\" text-anchor=\"middle\">" + HtmlPage.escaped(day.key().substring(MONTH)) + "</text>");
        }
    }

    private double y(long value) {
        return TOP + PLOT - PLOT * (double) value / top;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private void line(String text) {
        svg.append(text).append('\n');
    }
}
