package io.roombridge.report;

import io.roombridge.correlation.Decisions.Counted;
import io.roombridge.correlation.Decisions.Side;
import io.roombridge.correlation.HourlyCounts.What;
import io.roombridge.report.Review.Chart;
import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Section;
import io.roombridge.report.Review.Table;
import io.roombridge.ticket.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What went from one side to the other, and what became of every event. */
final class AboutEvents {

    /** In the order of docs/metrics.md. */
    private static final Map<String, String> OUTCOMES = Map.of(
            "delivered", "acted on, or recorded",
            "duplicate", "duplicate: known already",
            "echo", "echo: the bridge's own write coming back",
            "ignored", "ignored by a stated rule",
            "dead", "set aside for a person (dead letter)",
            "parked", "waiting in order behind such a change, or for an instance");

    private static final List<String> ORDER = List.of("delivered", "duplicate", "echo", "ignored", "dead", "parked");

    private AboutEvents() {}

    static List<Section> sections(Figures figures) {
        return List.of(conversation(figures), everyEvent(figures), withheld(figures));
    }

    /** One sentence for the summary. */
    static String accounted(Figures figures) {
        Map<String, Long> events = byOutcome(figures);
        long all = events.values().stream().mapToLong(Long::longValue).sum();
        return "Of " + InWords.count(all, "event") + " it acted on " + InWords.number(events.get("delivered"))
                + ", knew " + InWords.number(events.get("duplicate") + events.get("echo")) + " already, ignored "
                + InWords.number(events.get("ignored")) + " by a stated rule, and set "
                + InWords.number(events.get("dead") + events.get("parked")) + " aside with their content.";
    }

    private static Map<String, Long> byOutcome(Figures figures) {
        Map<String, Long> sums = new TreeMap<>();
        ORDER.forEach(outcome -> sums.put(outcome, 0L));
        figures.decided().stream()
                .filter(one -> one.side() == Side.EVENT)
                .forEach(one -> sums.merge(one.outcome(), one.times(), Long::sum));
        figures.counted(What.EVENT, hour -> hour.subject()).forEach((outcome, n) -> sums.merge(outcome, n, Long::sum));
        return sums;
    }

    private static Section conversation(Figures figures) {
        return new Section(
                "Between the two sides",
                List.of(
                        "Comments are for the customer and go both ways. Work notes are internal and never leave ServiceNow."
                                + (figures.endedInShadow()
                                        ? " In shadow mode nothing is read from ServiceNow's incidents."
                                        : "")),
                List.of(
                        new Table(
                                "conversation",
                                "Texts and files by direction",
                                "what",
                                List.of("to ServiceNow", "to the portal"),
                                List.of(
                                        Line.of(
                                                "comments and messages",
                                                events(figures, "ticket.message-added", AboutEvents::delivered),
                                                heard(figures, "comment", AboutEvents::delivered)),
                                        Line.of(
                                                "results of automatic repairs",
                                                events(figures, "ticket.remediation", AboutEvents::delivered),
                                                0),
                                        Line.of(
                                                "files",
                                                events(figures, "ticket.attachment-added", AboutEvents::delivered),
                                                figures.commands().getOrDefault("attachment-add", 0L)),
                                        Line.of(
                                                "files that may not travel",
                                                events(
                                                        figures,
                                                        "ticket.attachment-added",
                                                        one -> one.outcome().equals("ignored")),
                                                0),
                                        Line.of(
                                                "work notes that stayed in ServiceNow",
                                                0,
                                                heard(figures, "work-note", one -> one.reason() == Reason.INTERNAL))),
                                Chart.NONE,
                                false,
                                "change_outcome of these kinds; journal_entry by heard_at; portal_command named attachment-add")));
    }

    private static boolean delivered(Counted one) {
        return one.outcome().equals("delivered");
    }

    private static long events(Figures figures, String kind, Predicate<Counted> which) {
        return Figures.sum(
                figures.decided(), one -> one.side() == Side.EVENT && one.what().equals(kind) && which.test(one));
    }

    private static long heard(Figures figures, String what, Predicate<Counted> which) {
        return Figures.sum(figures.heard(), one -> one.what().equals(what) && which.test(one));
    }

    private static Section everyEvent(Figures figures) {
        Map<String, Long> events = byOutcome(figures);
        List<Line> equation = ORDER.stream()
                .map(outcome -> Line.of(
                        OUTCOMES.get(outcome),
                        events.get(outcome),
                        Figures.sum(figures.heard(), one -> one.outcome().equals(outcome))))
                .toList();
        return new Section(
                "What became of every event",
                List.of(
                        "What the bridge reads ends in exactly one of these ways, and each has a reason that is written down."
                                + " Heartbeats of the portal are not counted."),
                List.of(
                        new Table(
                                "events",
                                "How changes ended",
                                "outcome",
                                List.of("events of the portal", "entries of ServiceNow"),
                                equation,
                                Chart.NONE,
                                true,
                                "change_outcome by outcome, and hourly_count with what EVENT (copies and unreadable events have no"
                                        + " row there); journal_entry by outcome"),
                        new Table(
                                "event-reasons",
                                "Events of the portal by reason",
                                "reason",
                                List.of("events"),
                                reasons(figures),
                                Chart.NONE,
                                true,
                                "the same, by outcome and reason")));
    }

    private static List<Line> reasons(Figures figures) {
        Stream<Counted> unledgered = figures.hourly().stream()
                .filter(hour -> hour.what() == What.EVENT)
                .map(hour -> new Counted(Side.EVENT, "", hour.subject(), Reason.valueOf(hour.detail()), hour.times()));
        return AboutIncidents.byReason(
                Stream.concat(figures.decided().stream(), unledgered).toList(), one -> one.side() == Side.EVENT);
    }

    private static Section withheld(Figures figures) {
        return new Section(
                "What privacy withheld",
                List.of(
                        "Places in texts that were found to be a password, an address or the like, and so do not stand everywhere."
                                + " What stood there is counted and never kept."),
                List.of(new Table(
                        "withheld",
                        "Places by kind",
                        "side, kind",
                        List.of("places"),
                        AboutIncidents.sorted(
                                figures.counted(What.WITHHELD, hour -> hour.subject() + ", " + hour.detail())),
                        Chart.NONE,
                        true,
                        "hourly_count with what WITHHELD")));
    }
}
