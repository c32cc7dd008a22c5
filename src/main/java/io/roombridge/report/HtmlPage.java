package io.roombridge.report;

import io.roombridge.report.Review.Chart;
import io.roombridge.report.Review.Headline;
import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Section;
import io.roombridge.report.Review.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page: no script, nothing from outside, and a policy that says so to the browser. Names of rooms and floors
 * come from outside, so every text is escaped.
 */
final class HtmlPage {

    private static final String STYLE = "report.css";
    private static final double WHOLE = 100;

    private final StringBuilder page = new StringBuilder();

    private HtmlPage() {}

    static String of(Review review) {
        HtmlPage html = new HtmlPage();
        html.head(review);
        html.line("<main>");
        html.line("<header>");
        html.line("<h1>" + escaped(review.title()) + "</h1>");
        html.line("<p class=\"mode\">" + escaped(review.subtitle()) + "</p>");
        review.summary().forEach(sentence -> html.line("<p class=\"summary\">" + said(sentence) + "</p>"));
        html.line("<ul class=\"headline\">");
        review.headline().forEach(html::headline);
        html.line("</ul>");
        html.line("</header>");
        review.sections().forEach(html::section);
        html.line("</main>");
        html.line("</body>");
        html.line("</html>");
        return html.page.toString();
    }

    private void head(Review review) {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        line("<meta name=\"color-scheme\" content=\"light dark\">");
        line("<title>" + escaped(review.title()) + "</title>");
        line("<style>");
        page.append(style());
        line("</style>");
        line("</head>");
        line("<body>");
    }

    private static String style() {
        try (InputStream sheet = HtmlPage.class.getResourceAsStream(STYLE)) {
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(STYLE + " cannot be read from the program", e);
        }
    }

    private void headline(Headline number) {
        line("<li><strong>" + escaped(number.value()) + "</strong> <span>" + escaped(number.label()) + "</span> <small>"
                + said(number.meaning()) + "</small></li>");
    }

    private void section(Section section) {
        line("<section>");
        line("<h2>" + escaped(section.title()) + "</h2>");
        section.text().forEach(text -> line("<p>" + said(text) + "</p>"));
        section.tables().forEach(this::table);
        line("</section>");
    }

    private void table(Table table) {
        line("<figure>");
        line("<figcaption>" + escaped(table.title()) + legend(table) + "</figcaption>");
        if (table.lines().isEmpty()) {
            line("<p>None.</p>");
        } else {
            if (table.chart() == Chart.DAYS) {
                line("<div class=\"chart\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(table.title())
                        + "\">");
                page.append(DayChart.of(table));
                line("</div>");
            }
            numbers(table);
        }
        line("<p class=\"source\">Counted from: " + escaped(table.source()) + ".</p>");
        line("</figure>");
    }

    private static String legend(Table table) {
        if (table.chart() != Chart.DAYS || table.columns().size() < 2) {
            return "";
        }
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < table.columns().size(); i++) {
            legend.append(" <span class=\"legend\"><span class=\"key s")
                    .append(i)
                    .append("\"></span> ")
                    .append(escaped(table.columns().get(i)))
                    .append("</span>");
        }
        return legend.toString();
    }

    private void numbers(Table table) {
        boolean bars = table.chart() == Chart.BARS;
        line("<table>");
        line("<thead><tr><th scope=\"col\">" + escaped(table.keys()) + "</th>"
                + cells("th scope=\"col\"", table.columns()) + (bars ? "<td class=\"bar\"></td>" : "")
                + "</tr></thead>");
        line("<tbody>");
        long most = bars
                ? table.lines().stream()
                        .mapToLong(line -> line.values().get(0))
                        .max()
                        .orElse(1)
                : 1;
        for (Line each : table.lines()) {
            line("<tr><th scope=\"row\">" + escaped(OneLine.of(each.key())) + "</th>"
                    + cells("td", texts(each.values()))
                    + (bars ? "<td class=\"bar\">" + bar(each.values().get(0), most) + "</td>" : "") + "</tr>");
        }
        line("</tbody>");
        if (table.summed()) {
            line("<tfoot><tr><th scope=\"row\">together</th>" + cells("td", texts(table.sums()))
                    + (bars ? "<td class=\"bar\"></td>" : "") + "</tr></tfoot>");
        }
        line("</table>");
    }

    /** The number stands beside it, so nothing has to be read out. */
    private static String bar(long value, long most) {
        String width = String.format(Locale.ROOT, "%.1f", WHOLE * value / Math.max(1, most));
        return "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"s1\" width=\""
                + width + "\" height=\"10\"/></svg>";
    }

    private static List<String> texts(List<Long> values) {
        return values.stream().map(InWords::number).toList();
    }

    private static String cells(String element, List<String> texts) {
        String name = element.split(" ", 2)[0];
        StringBuilder cells = new StringBuilder();
        texts.forEach(text -> cells.append('<')
                .append(element)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append('>'));
        return cells.toString();
    }

    /** A text of our own, with its emphasis. */
    private static String said(String text) {
        return escaped(text)
                .replaceAll("\\*([^*]{1,60})\\*", "<em>$1</em>")
                .replaceAll("`([^`]{1,60})`", "<code>$1</code>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
