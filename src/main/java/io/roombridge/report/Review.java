package io.roombridge.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A report in words and tables, whatever it is written as.
 *
 * @param summary what a manager reads first: three sentences
 * @param headline the numbers beside them
 */
record Review(String title, String subtitle, List<String> summary, List<Headline> headline, List<Section> sections) {

    /**
     * A number that stands out.
     *
     * @param meaning what is counted, in one sentence
     */
    record Headline(String value, String label, String meaning) {}

    /** A part of the report, with a text for people who do not know the words. */
    record Section(String title, List<String> text, List<Table> tables) {

        Section {
            text = List.copyOf(text);
            tables = List.copyOf(tables);
        }
    }

    /** How a table is drawn beside its numbers. */
    enum Chart {
        NONE,
        /** Bars side by side for each line, which is a day. */
        DAYS,
        /** A lying bar for each line. */
        BARS
    }

    /**
     * Counts of things.
     *
     * @param id names it in the CSV, and for ever
     * @param keys what its lines are
     * @param columns what is counted of each
     * @param source the rows of the store that are counted, so that anybody can count them again
     * @param summed whether the sum of the lines means something
     */
    record Table(
            String id,
            String title,
            String keys,
            List<String> columns,
            List<Line> lines,
            Chart chart,
            boolean summed,
            String source) {

        Table {
            columns = List.copyOf(columns);
            lines = List.copyOf(lines);
        }

        List<Long> sums() {
            return IntStream.range(0, columns.size())
                    .mapToObj(column -> lines.stream()
                            .mapToLong(line -> line.values().get(column))
                            .sum())
                    .toList();
        }
    }

    /** One line of a table: a value for each column. */
    record Line(String key, List<Long> values) {

        Line {
            values = List.copyOf(values);
        }

        static Line of(String key, long... values) {
            return new Line(key, Arrays.stream(values).boxed().toList());
        }
    }
}
