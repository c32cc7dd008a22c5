package io.roombridge.report;

import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Table;
import java.util.ArrayList;
import java.util.List;

/** A report as comma separated values: one row for each number, for spreadsheets and scripts. */
final class TidyTable {

    private TidyTable() {}

    static String of(Review review) {
        List<List<String>> rows = new ArrayList<>();
        // A script wants digits only.
        review.headline()
                .forEach(number -> rows.add(
                        List.of("headline", number.label(), "", number.value().replace(",", ""))));
        review.sections().forEach(section -> section.tables().forEach(table -> add(rows, table)));
        return new Sheet(List.of("section", "what", "key", "value"), rows).csv() + "\n";
    }

    private static void add(List<List<String>> rows, Table table) {
        for (Line line : table.lines()) {
            for (int i = 0; i < table.columns().size(); i++) {
                rows.add(List.of(
                        table.id(),
                        table.columns().get(i),
                        line.key(),
                        line.values().get(i).toString()));
            }
        }
    }
}
