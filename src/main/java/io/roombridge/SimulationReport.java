package io.roombridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.closing.Simulation;
import io.roombridge.closing.Simulation.Afterwards;
import io.roombridge.closing.Simulation.Replayed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a replay of the past found, for people and for scripts: first the closings that people spoke against afterwards.
 *
 * @param simulation under which rule and calendar
 */
record SimulationReport(Simulation simulation, List<Replayed> replayed) {

    private static final String LAYOUT = "%-12s %-20s %-8s %-21s %-21s %s";
    private static final List<String> COLUMNS = List.of(
            "incident",
            "tenant",
            "ticket",
            "class",
            "silentSince",
            "closedAt",
            "reallyClosedAt",
            "afterwardsAt",
            "afterwards",
            "refused");

    SimulationReport {
        replayed = replayed.stream()
                .sorted(Comparator.comparing((Replayed one) -> one.afterwards().isEmpty())
                        .thenComparing(one -> one.closedAt().orElse(Instant.MAX))
                        .thenComparing(one -> one.past().number()))
                .toList();
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(count(one -> one.closedAt().isPresent()) + " incidents would have been closed between "
                + simulation.from() + " and " + simulation.until() + ", with "
                + simulation.rule().customer() + " and " + simulation.rule().system()
                + " business days, calendar: " + simulation.calendars().version());
        lines.add(count(one -> one.afterwards().isPresent()) + " of them were spoken in or opened again afterwards");
        lines.add(count(Replayed::keptOpen) + " that were closed for inactivity would have stayed open");
        lines.add(count(one -> one.refused().isPresent())
                + " could not be counted, so they would never have been closed");
        lines.add("Not recorded, so not regarded: open children and tasks, keep-open marks, silence of the portal, the"
                + " brake");
        if (!replayed.isEmpty()) {
            lines.add("");
            lines.add(
                    String.format(LAYOUT, "INCIDENT", "TENANT", "CLASS", "SILENT SINCE", "WOULD CLOSE", "AFTERWARDS"));
            replayed.forEach(one -> lines.add(row(one)));
        }
        return String.join("\n", lines);
    }

    private static String row(Replayed one) {
        return String.format(
                        LAYOUT,
                        one.past().number(),
                        one.past().tenant(),
                        one.past().origin().label(),
                        moment(one.silentSince()),
                        moment(one.closedAt()),
                        said(one))
                .stripTrailing();
    }

    private static String said(Replayed one) {
        if (one.keptOpen()) {
            return "really closed at " + moment(one.past().closed());
        }
        return one.refused()
                .or(() -> one.afterwards().map(after -> after.what() + " at " + after.at()))
                .orElse("");
    }

    String json() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("from", simulation.from().toString())
                .put("until", simulation.until().toString())
                .put("customerDays", simulation.rule().customer())
                .put("systemDays", simulation.rule().system())
                .put("calendar", simulation.calendars().version())
                .put("wouldBeClosed", count(one -> one.closedAt().isPresent()))
                .put("spokenAgainstAfterwards", count(one -> one.afterwards().isPresent()))
                .put("wouldHaveStayedOpen", count(Replayed::keptOpen))
                .put("refused", count(one -> one.refused().isPresent()));
        report.set("incidents", sheet().json());
        return report.toPrettyString();
    }

    String csv() {
        return sheet().csv();
    }

    private Sheet sheet() {
        return new Sheet(
                COLUMNS,
                replayed.stream()
                        .map(one -> List.of(
                                one.past().number(),
                                one.past().tenant(),
                                one.past().ticket(),
                                one.past().origin().label(),
                                moment(one.silentSince()),
                                moment(one.closedAt()),
                                moment(one.past().closed()),
                                moment(one.afterwards().map(Afterwards::at)),
                                one.afterwards().map(Afterwards::what).orElse(""),
                                one.refused().orElse("")))
                        .toList());
    }

    private long count(Predicate<Replayed> which) {
        return replayed.stream().filter(which).count();
    }

    private static String moment(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }
}
