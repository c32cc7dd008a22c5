package io.roombridge.sandbox.portal;

import io.roombridge.sandbox.portal.DeskRecords.FieldWrite;
import io.roombridge.sandbox.portal.DeskRecords.IncidentRow;
import io.roombridge.sandbox.portal.Truth.Expectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The judge of a day: compares what has to be true with what stands at the desk, and asks nobody else. Every admitted
 * ticket has exactly one chain of incidents with at most one active, in the right state, opened as often as it failed; no
 * other ticket has any.
 */
public final class DayCheck {

    private static final String OURS = "rb-";
    private static final Set<String> ACTIVE = Set.of("1", "2", "3");
    private static final Set<String> RESOLVED = Set.of("6", "7");
    private static final Set<String> TERMINAL = Set.of("7", "8");
    private static final String CANCELED = "8";
    private static final Map<String, String> STATE_NAMES =
            Map.of("1", "New", "2", "In Progress", "3", "On Hold", "6", "Resolved", "7", "Closed", "8", "Canceled");

    private final Map<String, List<IncidentRow>> byCorrelation;
    private final Map<String, List<FieldWrite>> writesBySysId;
    private final List<String> wrong = new ArrayList<>();
    private int duplicates;
    private int lost;

    private DayCheck(DeskRecords desk) {
        this.byCorrelation = desk.incidents().stream()
                .filter(row -> row.correlationId().startsWith(OURS))
                .collect(Collectors.groupingBy(IncidentRow::correlationId));
        this.writesBySysId = desk.writes().stream().collect(Collectors.groupingBy(FieldWrite::sysId));
    }

    /**
     * @param admitted how many tickets have to have an incident
     * @param incidents how many incidents the bridge has at the desk
     * @param duplicates incidents too many
     * @param lost admitted tickets without any incident
     * @param wrong one readable line for each fault, the duplicates and losses included
     */
    public record Verdict(long admitted, long incidents, int duplicates, int lost, List<String> wrong) {

        public Verdict {
            wrong = List.copyOf(wrong);
        }

        public boolean passed() {
            return wrong.isEmpty();
        }
    }

    public static Verdict judge(Truth truth, DeskRecords desk) {
        DayCheck check = new DayCheck(desk);
        truth.tickets().forEach(check::judge);
        check.findStrangers(truth);
        long incidents =
                check.byCorrelation.values().stream().mapToLong(List::size).sum();
        return new Verdict(truth.admitted(), incidents, check.duplicates, check.lost, check.wrong);
    }

    private void judge(Expectation expected) {
        List<IncidentRow> rows = byCorrelation.getOrDefault(expected.ticket().correlationId(), List.of());
        if (expected.setAside().isPresent()) {
            rows.forEach(row -> fault(
                    expected,
                    row.number() + " exists, but the ticket had to be set aside as "
                            + expected.setAside().orElseThrow()));
        } else if (rows.isEmpty()) {
            lost++;
            fault(expected, "has no incident; expected one that is " + expected.state());
        } else {
            judgeChain(expected, rows);
        }
    }

    private void judgeChain(Expectation expected, List<IncidentRow> rows) {
        List<IncidentRow> chain = chain(rows);
        for (IncidentRow row : rows) {
            if (!chain.contains(row)) {
                duplicates++;
                fault(expected, row.number() + " is one too many beside " + numbers(chain));
            }
        }
        List<IncidentRow> active =
                rows.stream().filter(row -> ACTIVE.contains(row.state())).toList();
        if (active.size() > 1) {
            fault(expected, numbers(active) + " are active at the same time");
        }
        judgeState(expected, current(chain));
        judgeEpisodes(expected, chain);
    }

    /** The incidents that may exist: the first one, and each that follows a closed or canceled one by {@code parent}. */
    private static List<IncidentRow> chain(List<IncidentRow> rows) {
        Set<String> ids = rows.stream().map(IncidentRow::sysId).collect(Collectors.toSet());
        List<IncidentRow> chain = new ArrayList<>();
        Optional<IncidentRow> next =
                rows.stream().filter(row -> !ids.contains(row.parent())).findFirst();
        while (next.isPresent() && !chain.contains(next.get())) {
            IncidentRow last = next.get();
            chain.add(last);
            next = TERMINAL.contains(last.state())
                    ? rows.stream()
                            .filter(row -> row.parent().equals(last.sysId()))
                            .findFirst()
                    : Optional.empty();
        }
        return chain;
    }

    /** The newest that is not canceled. A ring of parents has no first incident, and therefore no current one. */
    private static Optional<IncidentRow> current(List<IncidentRow> chain) {
        return chain.stream().filter(row -> !row.state().equals(CANCELED)).reduce((older, newer) -> newer);
    }

    private void judgeState(Expectation expected, Optional<IncidentRow> current) {
        if (current.isEmpty()) {
            fault(expected, "has no incident that is not canceled; expected one that is " + expected.state());
            return;
        }
        String state = current.get().state();
        boolean right =
                switch (expected.state()) {
                    case ACTIVE -> ACTIVE.contains(state);
                    case RESOLVED -> RESOLVED.contains(state);
                    case RESOLVED_OR_WORKED_ON -> ACTIVE.contains(state) || RESOLVED.contains(state);
                    case NO_INCIDENT -> false;
                };
        if (!right) {
            fault(
                    expected,
                    "%s is %s; expected %s, because the signal is %s"
                            .formatted(
                                    current.get().number(),
                                    STATE_NAMES.getOrDefault(state, "in the unknown state '" + state + "'"),
                                    expected.state(),
                                    expected.unhealthy() ? "unhealthy" : "healthy"));
        }
    }

    private void judgeEpisodes(Expectation expected, List<IncidentRow> chain) {
        int seen = chain.stream().mapToInt(this::openings).sum();
        if (expected.exact() && seen != expected.episodes()) {
            fault(
                    expected,
                    "%s was opened or reopened %d times; expected %d"
                            .formatted(numbers(chain), seen, expected.episodes()));
        }
    }

    /** How often an incident came into an active state from none or from Resolved. */
    private int openings(IncidentRow row) {
        int openings = 0;
        boolean active = false;
        for (FieldWrite write : writesBySysId.getOrDefault(row.sysId(), List.of())) {
            String state = write.changed().get("state");
            if (state != null) {
                openings += !active && ACTIVE.contains(state) ? 1 : 0;
                active = ACTIVE.contains(state);
            }
        }
        return openings;
    }

    private void findStrangers(Truth truth) {
        Map<String, List<IncidentRow>> strangers = new HashMap<>(byCorrelation);
        truth.tickets().forEach(expected -> strangers.remove(expected.ticket().correlationId()));
        strangers.values().stream()
                .flatMap(List::stream)
                .map(row -> row.number() + " belongs to no ticket of the day: correlation_id " + row.correlationId())
                .sorted()
                .forEach(wrong::add);
    }

    private void fault(Expectation expected, String what) {
        wrong.add(expected.ticket().canonical() + " (" + expected.ticket().correlationId() + "): " + what);
    }

    private static String numbers(List<IncidentRow> rows) {
        return rows.stream().map(IncidentRow::number).collect(Collectors.joining(", "));
    }
}
