package io.roombridge.servicenow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the text that an incident shows for its journal apart into entries, for instances that hide the journal table
 * (facts/servicenow.md, section 2.7). Newest first, each entry is a line {@code TIME - NAME (LABEL)}, its text, and an
 * empty line. People quote such lines in their comments, so a line begins an entry only when it is part of the longest
 * row of lines whose times go back, within the incident's life, with the label that the first line has. Every other such
 * line stays in the text it stands in.
 *
 * <p>The ids are made of incident, element, name, text and the count of equal entries before it, not of the time: the
 * shown time changes with the user's zone, and entries must not come again because of that.
 */
final class JournalDisplay {

    static final List<String> FIELDS = List.of("sys_id", "sys_created_on", "sys_updated_on", "comments", "work_notes");

    private static final Pattern HEADER = Pattern.compile("(\\d[^\\n]{15,24}?) - ([^\\n]*) \\(([^\\n()]+)\\)");

    /** Offsets are guessed from other times; see {@link DisplayTime}. */
    private static final Duration SLACK = Duration.ofHours(2);

    private JournalDisplay() {}

    /**
     * What one incident shows.
     *
     * @param entries oldest first in each element
     * @param unreadable why something that is shown could not be taken apart
     */
    record Reading(String incident, List<JournalEntry> entries, Optional<String> unreadable) {}

    private record Header(int line, Instant time, String name, String label) {}

    private record Life(String incident, Instant from, Instant until) {}

    /** @param rows incidents with {@link #FIELDS}, each with its value and its display value */
    static List<Reading> read(List<Map<?, ?>> rows) {
        List<DisplayTime> ways = DisplayTime.explaining(samples(rows));
        return rows.stream().map(row -> reading(row, ways)).toList();
    }

    private static List<DisplayTime.Sample> samples(List<Map<?, ?>> rows) {
        List<DisplayTime.Sample> samples = new ArrayList<>();
        for (Map<?, ?> row : rows) {
            for (String field : List.of("sys_created_on", "sys_updated_on")) {
                Row.time(row, field)
                        .map(stored -> new DisplayTime.Sample(stored, Row.shown(row, field)))
                        .ifPresent(samples::add);
            }
        }
        return samples;
    }

    private static Reading reading(Map<?, ?> row, List<DisplayTime> ways) {
        String sysId = Row.text(row, "sys_id");
        Life life = new Life(
                sysId,
                Row.time(row, "sys_created_on").map(time -> time.minus(SLACK)).orElse(Instant.MIN),
                Row.time(row, "sys_updated_on").map(time -> time.plus(SLACK)).orElse(Instant.MAX));
        List<JournalEntry> entries = new ArrayList<>();
        Optional<String> unreadable = Optional.empty();
        for (String element : List.of("comments", "work_notes")) {
            String text = Row.shown(row, element).replace("\r\n", "\n");
            List<JournalEntry> found = entries(life, element, text, ways);
            if (found.isEmpty() && !text.isBlank()) {
                unreadable = Optional.of(
                        "the first line of " + element + " is not TIME - NAME (LABEL) in a known date format");
            }
            entries.addAll(found);
        }
        return new Reading(sysId, List.copyOf(entries), unreadable);
    }

    private static List<JournalEntry> entries(Life life, String element, String text, List<DisplayTime> ways) {
        List<String> lines = List.of(text.split("\n", -1));
        List<Header> best = List.of();
        for (DisplayTime way : ways) {
            List<Header> headers = goingBack(withoutQuotes(headers(lines, way, life), lines));
            best = headers.size() > best.size() ? headers : best;
        }
        List<JournalEntry> entries = new ArrayList<>();
        Map<String, Integer> equal = new HashMap<>();
        for (int index = best.size() - 1; index >= 0; index--) {
            Header header = best.get(index);
            String value = text(lines, best, index);
            int ordinal = equal.merge(header.name() + "\n" + value, 1, Integer::sum);
            entries.add(new JournalEntry(
                    id(life.incident(), element, header.name(), value, ordinal),
                    life.incident(),
                    element,
                    value,
                    header.name(),
                    Optional.of(header.time()),
                    true));
        }
        return entries;
    }

    /** Lines that may begin an entry; without one in the first line the text is not a journal. */
    private static List<Header> headers(List<String> lines, DisplayTime way, Life life) {
        List<Header> headers = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            boolean separate = line == 0 || lines.get(line - 1).isEmpty();
            Matcher matcher = HEADER.matcher(lines.get(line));
            Optional<Instant> time = separate && matcher.matches() ? way.parse(matcher.group(1)) : Optional.empty();
            if (time.isPresent()
                    && !time.get().isBefore(life.from())
                    && !time.get().isAfter(life.until())) {
                headers.add(new Header(line, time.get(), matcher.group(2), matcher.group(3)));
            }
        }
        if (headers.isEmpty() || headers.get(0).line() != 0) {
            return List.of();
        }
        String label = headers.get(0).label();
        return headers.stream().filter(header -> header.label().equals(label)).toList();
    }

    /** The longest row of headers from the first one on whose times never go forward. */
    private static List<Header> goingBack(List<Header> headers) {
        int[] length = new int[headers.size()];
        int[] next = new int[headers.size()];
        for (int here = headers.size() - 1; here >= 0; here--) {
            length[here] = 1;
            next[here] = -1;
            for (int later = here + 1; later < headers.size(); later++) {
                boolean back =
                        !headers.get(later).time().isAfter(headers.get(here).time());
                if (back && length[later] + 1 > length[here]) {
                    length[here] = length[later] + 1;
                    next[here] = later;
                }
            }
        }
        List<Header> row = new ArrayList<>();
        for (int here = headers.isEmpty() ? -1 : 0; here >= 0; here = next[here]) {
            row.add(headers.get(here));
        }
        return row;
    }

    /** A header that comes again with the same first line of text was quoted; the last of its kind is the entry. */
    private static List<Header> withoutQuotes(List<Header> headers, List<String> lines) {
        List<Header> kept = new ArrayList<>();
        for (int index = 0; index < headers.size(); index++) {
            Header header = headers.get(index);
            boolean again = index > 0
                    && headers.subList(index + 1, headers.size()).stream()
                            .anyMatch(other -> lines.get(other.line()).equals(lines.get(header.line()))
                                    && line(lines, other.line() + 1).equals(line(lines, header.line() + 1)));
            if (!again) {
                kept.add(header);
            }
        }
        return kept;
    }

    private static String text(List<String> lines, List<Header> headers, int index) {
        int end = index + 1 < headers.size() ? headers.get(index + 1).line() : lines.size();
        String text = String.join("\n", lines.subList(headers.get(index).line() + 1, end));
        return text.stripTrailing();
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private static String id(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String id(String incident, String element, String name, String value, int ordinal) {
        return id(incident, element, name, value, String.valueOf(ordinal));
    }
}
