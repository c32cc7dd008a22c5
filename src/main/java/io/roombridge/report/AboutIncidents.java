package io.roombridge.report;

import io.roombridge.correlation.Decisions.Counted;
import io.roombridge.correlation.Decisions.Side;
import io.roombridge.report.Review.Chart;
import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Section;
import io.roombridge.report.Review.Table;
import io.roombridge.ticket.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The incidents: how many, why, and how they ended. */
final class AboutIncidents {

    private static final String LEDGER = "change_outcome (events), rule_outcome (rules)";

    private AboutIncidents() {}

    static List<Section> sections(Figures figures) {
        List<Section> sections = new ArrayList<>(List.of(compared(figures), reports(figures), ended(figures)));
        if (figures.ofSecondSource() > 0) {
            sections.add(1, twoSources(figures));
        }
        if (!figures.adoptions().isEmpty()) {
            sections.add(takenOver(figures));
        }
        return sections;
    }

    private static Section twoSources(Figures figures) {
        long second = figures.ofSecondSource();
        return new Section(
                "Who reported first",
                List.of(
                        "The Teams admin centre reports devices offline too, mostly earlier than the portal. An outage of which both"
                                + " tell within 4 hours is one report here, whoever was first; so it is in the comparison. What the"
                                + " Teams admin centre said of rooms that were held back is not counted."),
                List.of(new Table(
                        "reports-by-source",
                        "Reports of faults by who told first",
                        "source",
                        List.of("reports"),
                        List.of(
                                Line.of("the portal", figures.faults() - second),
                                Line.of("the Teams admin centre, first or alone", second)),
                        Chart.NONE,
                        true,
                        figures.source())));
    }

    private static Section takenOver(Figures figures) {
        return new Section(
                "Taken over from another integration",
                List.of(
                        "Roombridge goes on with these incidents and opened none of them, so they are in no number of incidents"
                                + " that were opened, and not in the comparison."),
                List.of(new Table(
                        "taken-over",
                        "Incidents of another integration",
                        "step",
                        List.of("incidents"),
                        List.of(
                                Line.of("taken over", figures.takenOver()),
                                Line.of("given back", figures.adoptions().getOrDefault("adoption-undone", 0L))),
                        Chart.NONE,
                        false,
                        "history with what adoption or adoption-undone, by at")));
    }

    private static Section compared(Figures figures) {
        List<Line> days = figures.days().stream()
                .map(day -> Line.of(day.date().toString(), day.faults(), day.incidents(), day.reopened()))
                .toList();
        return new Section(
                "Incidents, day by day",
                List.of(
                        "A *ticket* is one signal of one room (its display, its camera, …) for ever. The portal reports each"
                                + " time that the signal gets unhealthy. Whoever makes one incident of each report gets the left"
                                + " bar. Roombridge opens the incidents of the middle one, and the right one tells how often a"
                                + " relapse opened an incident again that was resolved.",
                        "Events were about " + InWords.count(figures.tickets(), "ticket") + "."),
                List.of(new Table(
                        "incidents-by-day",
                        "Reports of faults and incidents",
                        "day",
                        List.of("one for each report", "Roombridge", "opened again"),
                        days,
                        Chart.DAYS,
                        true,
                        figures.source() + ", by at; incident by recorded_at, but numbers"
                                + " SHADOW-…, and shadow_write with kind CREATE by at; " + LEDGER
                                + " with reason INCIDENT_REOPENED")));
    }

    private static Section reports(Figures figures) {
        return new Section(
                "What became of the reports",
                List.of(
                        "Every report is here once. *Flapping* is a signal that gets healthy and unhealthy again within minutes:"
                                + " Roombridge waits before a recovery counts, so nothing is resolved and opened again for it.",
                        "An incident may also come from something else: the result of an automatic repair that arrived before its"
                                + " report, a higher severity, or a rule that lets go what was held back (a device was enrolled, a"
                                + " suppression ended, the scope widened)."),
                List.of(
                        new Table(
                                "reports",
                                "Reports of faults",
                                "what became of them",
                                List.of("reports"),
                                byReason(figures.reports(), one -> true),
                                Chart.BARS,
                                true,
                                figures.source() + ", by outcome and reason"),
                        new Table(
                                "incidents-by-cause",
                                "Incidents by what they came from",
                                "cause",
                                List.of("incidents"),
                                made(figures),
                                Chart.NONE,
                                true,
                                "the same with reason INCIDENT_CREATED and FOLLOW_UP_CREATED; the rest of the incidents")));
    }

    /**
     * The same number as the days' together. A report is recorded a moment after its incident; where midnight lies between them,
     * the incident counts in the report of the day before, and its cause there as anything else.
     */
    private static List<Line> made(Figures figures) {
        long followUps = Math.min(of(figures, Reason.FOLLOW_UP_CREATED), figures.incidents());
        long first = Math.min(of(figures, Reason.INCIDENT_CREATED), figures.incidents() - followUps);
        return List.of(
                Line.of("a report of a fault", first),
                Line.of("a report of a fault, after the incident was closed", followUps),
                Line.of("anything else", figures.incidents() - first - followUps));
    }

    private static long of(Figures figures, Reason reason) {
        return Figures.sum(figures.reports(), one -> one.reason() == reason);
    }

    private static Section ended(Figures figures) {
        List<Line> lines = new ArrayList<>(
                lines(figures.decided(), one -> one.reason() == Reason.INCIDENT_RESOLVED, AboutIncidents::resolvedBy));
        add(lines, "closed because nobody answered for days", figures.closings().getOrDefault("CLOSED", 0L));
        add(lines, "resolved by a person in ServiceNow", figures.deskStates().getOrDefault("RESOLVED", 0L));
        add(lines, "canceled by a person in ServiceNow", figures.deskStates().getOrDefault("CANCELED", 0L));
        return new Section(
                "How incidents ended",
                List.of(
                        "An incident may end more than once, because a relapse opens it again ("
                                + InWords.times(figures.heldTogether()) + ").",
                        figures.endedInShadow()
                                ? "In shadow mode nobody works on incidents, so people end none, and none is closed because nobody"
                                        + " answered."
                                : "Closings that were taken back because somebody had answered: "
                                        + figures.closings().getOrDefault("UNDONE", 0L)
                                        + "; opened again by a later answer: "
                                        + figures.closings().getOrDefault("REOPENED", 0L) + "."),
                List.of(new Table(
                        "ended",
                        "Ends of incidents by their reasons",
                        "reason",
                        List.of("incidents"),
                        lines,
                        Chart.BARS,
                        true,
                        LEDGER + " with reason INCIDENT_RESOLVED; closing_record with step CLOSED;"
                                + " ticket_activity of kind DESK_STATE by recorded_at")));
    }

    private static void add(List<Line> lines, String what, long times) {
        if (times > 0) {
            lines.add(Line.of(what, times));
        }
    }

    private static String resolvedBy(Counted one) {
        return switch (one.what()) {
            case "recovery" -> "the signal was healthy, and stayed so";
            case "unenrolment" -> "the device was removed";
            case "suppression" -> "healthy when a suppression ended";
            default -> (one.side() == Side.RULE ? "rule " : "event ") + one.what();
        };
    }

    /** What these decisions ended as, the most frequent first. */
    static List<Line> byReason(List<Counted> of, Predicate<Counted> which) {
        return lines(of, which, one -> one.reason().meaning() + " (" + one.outcome() + ")");
    }

    static List<Line> lines(List<Counted> of, Predicate<Counted> which, Function<Counted, String> by) {
        Map<String, Long> sums = of.stream()
                .filter(which)
                .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingLong(Counted::times)));
        return sorted(sums);
    }

    static List<Line> sorted(Map<String, Long> sums) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(sum -> Line.of(sum.getKey(), sum.getValue()))
                .toList();
    }
}
