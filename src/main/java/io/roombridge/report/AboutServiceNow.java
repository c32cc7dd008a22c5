package io.roombridge.report;

import io.roombridge.correlation.Decisions.Hourly;
import io.roombridge.correlation.Decisions.Letters;
import io.roombridge.correlation.HourlyCounts.What;
import io.roombridge.report.Review.Chart;
import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Section;
import io.roombridge.report.Review.Table;
import io.roombridge.ticket.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How ServiceNow did, what the bridge asked of it, and what still waits. */
final class AboutServiceNow {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int SECONDS = 60;

    private AboutServiceNow() {}

    static List<Section> sections(Figures figures) {
        return List.of(faults(figures), letters(figures), load(figures));
    }

    private static Section faults(Figures figures) {
        Map<String, Long> failed = figures.counted(What.FAULT, AboutServiceNow::instanceAndReason);
        Map<String, Long> pauses = figures.counted(What.PAUSE, AboutServiceNow::instanceAndReason);
        Map<String, Long> seconds = figures.counted(What.PAUSED_SECONDS, AboutServiceNow::instanceAndReason);
        TreeMap<String, Line> lines = new TreeMap<>();
        failed.forEach((name, times) -> lines.put(
                name,
                Line.of(
                        name,
                        times,
                        pauses.getOrDefault(name, 0L),
                        (seconds.getOrDefault(name, 0L) + SECONDS - 1) / SECONDS)));
        return new Section(
                "Faults of ServiceNow",
                List.of(
                        "Calls that failed. Where it helps, a call is made again later: after some faults in a row, and when"
                                + " ServiceNow asks for it (\"too many requests\"), Roombridge leaves the instance alone for a while, and"
                                + " the changes wait in their order. What stays refused is in the next section."),
                List.of(new Table(
                        "faults",
                        "Failed calls",
                        "instance, reason",
                        List.of("calls", "times left alone", "minutes left alone"),
                        List.copyOf(lines.values()),
                        Chart.NONE,
                        true,
                        "hourly_count with what FAULT, PAUSE and PAUSED_SECONDS (minutes are rounded up)")));
    }

    private static String instanceAndReason(Hourly hour) {
        return hour.subject() + ", " + Reason.valueOf(hour.detail()).meaning();
    }

    private static Section letters(Figures figures) {
        List<Line> lines = new ArrayList<>();
        figures.letters().stream()
                .sorted(Comparator.comparing(Letters::state).thenComparing(Letters::reason))
                .forEach(letter -> lines.add(
                        Line.of(letter.state().label() + ", " + letter.reason().meaning(), letter.times())));
        return new Section(
                "Set aside for a person",
                List.of(
                        "A *dead letter* is a change that could not be applied; it is kept with what a person needs to mend it."
                                + " *Parked* changes wait behind it, *kept* ones hold up nothing, *replayed* ones were applied later, and"
                                + " *dropped* ones a named person gave up."),
                List.of(new Table(
                        "dead-letters",
                        "Changes set aside in this time, and how they stand",
                        "state, reason",
                        List.of("changes"),
                        lines,
                        Chart.NONE,
                        true,
                        "dead_letter by at, state and reason")));
    }

    private static Section load(Figures figures) {
        ZoneId zone = figures.period().zone();
        List<Line> days = figures.days().stream()
                .map(day -> Line.of(day.date().toString(), day.calls()))
                .toList();
        return new Section(
                "The load on ServiceNow",
                List.of(
                        "Calls of the bridge to ServiceNow: look-ups, writes and the regular question what people changed."
                                + (figures.endedInShadow() ? " In shadow mode only look-ups are made." : "")),
                List.of(
                        new Table(
                                "calls-by-day",
                                "Calls",
                                "day",
                                List.of("calls"),
                                days,
                                Chart.DAYS,
                                true,
                                "hourly_count with what CALL"),
                        new Table(
                                "calls-by-purpose",
                                "Calls by purpose",
                                "instance, purpose",
                                List.of("calls"),
                                AboutIncidents.sorted(
                                        figures.counted(What.CALL, hour -> hour.subject() + ", " + hour.detail())),
                                Chart.NONE,
                                true,
                                "the same, by subject and detail"),
                        new Table(
                                "busiest-hour",
                                "The busiest hour of each instance",
                                "instance, hour",
                                List.of("calls", "allowed in an hour (0: not told)"),
                                peaks(figures, zone),
                                Chart.NONE,
                                false,
                                "the same, by starts_at; instance_budget.hourly_limit as the instance said last")));
    }

    private static List<Line> peaks(Figures figures, ZoneId zone) {
        Map<String, Map<Instant, Long>> hours = figures.hourly().stream()
                .filter(hour -> hour.what() == What.CALL)
                .collect(Collectors.groupingBy(
                        Hourly::subject,
                        TreeMap::new,
                        Collectors.groupingBy(Hourly::hour, TreeMap::new, Collectors.summingLong(Hourly::times))));
        List<Line> peaks = new ArrayList<>();
        hours.forEach((instance, calls) -> calls.entrySet().stream()
                .max(Map.Entry.<Instant, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .ifPresent(peak -> peaks.add(Line.of(
                        instance + ", " + HOUR.format(peak.getKey().atZone(zone)),
                        peak.getValue(),
                        figures.limits().getOrDefault(instance, 0L)))));
        return peaks;
    }
}
