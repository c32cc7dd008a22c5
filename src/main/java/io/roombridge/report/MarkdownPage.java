package io.roombridge.report;

import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Section;
import io.roombridge.report.Review.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown. Names of rooms and floors come from outside: whatever Markdown or HTML could read in them is escaped. */
final class MarkdownPage {

    /** What has a meaning within a cell; an ampersand could begin an entity. */
    private static final String MARKS = "\\`*_[]<>|~&";

    private final StringBuilder page = new StringBuilder();

    private MarkdownPage() {}

    static String of(Review review) {
        MarkdownPage markdown = new MarkdownPage();
        markdown.head(review);
        review.sections().forEach(markdown::section);
        return markdown.page.toString();
    }

    private void head(Review review) {
        line("# " + review.title());
        line("");
        line(review.subtitle());
        line("");
        review.summary().forEach(sentence -> line("- " + sentence));
        line("");
        line("| | | |");
        line("|---:|---|---|");
        review.headline()
                .forEach(number ->
                        line("| **" + number.value() + "** | " + number.label() + " | " + number.meaning() + " |"));
    }

    private void section(Section section) {
        line("");
        line("## " + section.title());
        for (String text : section.text()) {
            line("");
            line(text);
        }
        section.tables().forEach(this::table);
    }

    private void table(Table table) {
        line("");
        line("### " + table.title());
        line("");
        if (table.lines().isEmpty()) {
            line("None.");
        } else {
            row(table.keys(), table.columns());
            line("|---|" + "---:|".repeat(table.columns().size()));
            table.lines().forEach(this::row);
            if (table.summed()) {
                row("**together**", numbers(table.sums()));
            }
        }
        line("");
        line("Counted from: " + table.source() + ".");
    }

    private void row(Line line) {
        row(escaped(line.key()), numbers(line.values()));
    }

    private static List<String> numbers(List<Long> values) {
        return values.stream().map(InWords::number).toList();
    }

    private void row(String key, List<String> cells) {
        line("| " + key + " | " + String.join(" | ", cells) + " |");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String escaped(String text) {
        return OneLine.of(text)
                .codePoints()
                .mapToObj(Character::toString)
                .map(one -> MARKS.contains(one) ? "\\" + one : one)
                .collect(Collectors.joining());
    }
}
