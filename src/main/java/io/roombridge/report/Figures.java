package io.roombridge.report;

import io.roombridge.correlation.Decisions;
import io.roombridge.correlation.Decisions.Counted;
import io.roombridge.correlation.Decisions.Hourly;
import io.roombridge.correlation.Decisions.Kept;
import io.roombridge.correlation.Decisions.Letters;
import io.roombridge.correlation.HourlyCounts.What;
import io.roombridge.report.FloorOutages.Outage;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The figures of a period, as they stand in the store; everything that is said of them follows from these.
 *
 * @param decided of events and rules, over all days
 * @param reports of faults among them: what a bridge without a memory makes an incident of
 * @param heard of journal entries of ServiceNow
 * @param days one for each day, in order
 * @param tickets that any event was about
 * @param hourly what was counted by the hour
 * @param adoptions incidents taken over from another integration, and given back
 * @param closings steps of closings for inactivity, by their names
 * @param deskStates states that people brought incidents to
 * @param commands for the portal, by their names
 * @param limits calls an hour that each instance allows, as it said last
 * @param life the instants of the store's own life
 * @param kept the oldest and the newest decision in the store
 */
record Figures(
        Period period,
        List<Counted> decided,
        List<Counted> reports,
        List<Counted> heard,
        List<Day> days,
        long tickets,
        List<Outage> outages,
        Busiest busiest,
        List<Hourly> hourly,
        Map<String, Long> adoptions,
        Map<String, Long> closings,
        Map<String, Long> deskStates,
        Map<String, Long> commands,
        List<Letters> letters,
        Map<String, Long> limits,
        Map<String, Instant> life,
        Optional<Kept> kept) {

    /** The kind of what the Teams admin centre reports. */
    private static final String SECOND = "device.health-changed";

    /** What a day holds. */
    record Day(LocalDate date, long faults, long incidents, long reopened, long calls) {}

    /** @param place the room that a ticket is about, as its last event names it */
    static Figures of(Decisions store, Period period, Function<Ticket, Optional<Place>> place) {
        Instant begin = period.begin();
        Instant end = period.end();
        List<Hourly> hourly = store.hourly(begin, end);
        List<Counted> decided = new ArrayList<>();
        List<Counted> reports = new ArrayList<>();
        List<Day> days = new ArrayList<>();
        for (LocalDate date : period.days()) {
            Instant next = period.beginOf(date.plusDays(1));
            List<Counted> ofDay = store.decided(period.beginOf(date), next);
            List<Counted> faults = store.faults(period.beginOf(date), next);
            decided.addAll(ofDay);
            reports.addAll(faults);
            days.add(new Day(
                    date,
                    sum(faults, one -> true),
                    store.incidents(period.beginOf(date), next),
                    sum(ofDay, one -> one.reason() == Reason.INCIDENT_REOPENED),
                    calls(hourly, period.beginOf(date), next)));
        }
        Tickets tickets = new Tickets(store, period, place);
        return new Figures(
                period,
                added(decided),
                added(reports),
                store.heard(begin, end),
                days,
                store.tickets(begin, end),
                tickets.outages(),
                tickets.busiest(),
                hourly,
                store.adoptions(begin, end),
                store.closings(begin, end),
                store.deskStates(begin, end),
                store.commands(begin, end),
                store.letters(begin, end),
                store.limits(),
                store.life(),
                store.kept());
    }

    private static long calls(List<Hourly> hourly, Instant from, Instant until) {
        return hourly.stream()
                .filter(hour -> hour.what() == What.CALL)
                .filter(hour -> !hour.hour().isBefore(from) && hour.hour().isBefore(until))
                .mapToLong(Hourly::times)
                .sum();
    }

    /** The days' counts of one kind as one, in a fixed order. */
    private static List<Counted> added(List<Counted> days) {
        return days.stream()
                .collect(Collectors.groupingBy(
                        one -> new Counted(one.side(), one.what(), one.outcome(), one.reason(), 0),
                        Collectors.summingLong(Counted::times)))
                .entrySet()
                .stream()
                .map(kind -> new Counted(
                        kind.getKey().side(),
                        kind.getKey().what(),
                        kind.getKey().outcome(),
                        kind.getKey().reason(),
                        kind.getValue()))
                .sorted((one, other) -> order(one).compareTo(order(other)))
                .toList();
    }

    private static String order(Counted one) {
        return one.side() + " " + one.what() + " " + one.outcome() + " " + one.reason();
    }

    static long sum(List<Counted> of, Predicate<Counted> which) {
        return of.stream().filter(which).mapToLong(Counted::times).sum();
    }

    long faults() {
        return sum(reports, one -> true);
    }

    long incidents() {
        return days.stream().mapToLong(Day::incidents).sum();
    }

    /** Outages of which the Teams admin centre told first, or alone. */
    long ofSecondSource() {
        return sum(reports, one -> one.what().equals(SECOND));
    }

    /** Where reports of faults are counted from. */
    String source() {
        return "change_outcome with kind ticket.opened or ticket.reopened"
                + (ofSecondSource() == 0
                        ? ""
                        : " (not within 4 hours after one of the other kind), or " + SECOND
                                + " with reason INCIDENT_CREATED,"
                                + " FOLLOW_UP_CREATED, INCIDENT_REOPENED or RELAPSE_IN_HOLD_DOWN");
    }

    /** Incidents of another integration that were linked to their tickets. */
    long takenOver() {
        return adoptions.getOrDefault("adoption", 0L);
    }

    /** Reports for which another integration has the incident, so that they say nothing about how many were spared. */
    long ofAnother() {
        return sum(reports, one -> one.reason() == Reason.ADOPTING);
    }

    /** Relapses for which an incident that was resolved was opened again. */
    long heldTogether() {
        return because(Reason.INCIDENT_REOPENED);
    }

    /** Relapses before a recovery counted. */
    long flapping() {
        return because(Reason.RELAPSE_IN_HOLD_DOWN);
    }

    private long because(Reason reason) {
        return sum(decided, one -> one.reason() == reason);
    }

    /** Letters that a person has not settled. */
    long waiting() {
        return letters.stream()
                .filter(letter -> letter.state().open() && letter.reason() != Reason.UNKNOWN_TYPE)
                .mapToLong(Letters::times)
                .sum();
    }

    /** How often this was counted, by its subject and detail. */
    Map<String, Long> counted(What what, Function<Hourly, String> by) {
        return hourly.stream()
                .filter(hour -> hour.what() == what)
                .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingLong(Hourly::times)));
    }

    /** When the bridge went live; empty while it has not. */
    Optional<Instant> activated() {
        return Optional.ofNullable(life.get("activation"));
    }

    boolean beganInShadow() {
        return life.containsKey("shadow")
                && activated().filter(at -> !at.isAfter(period.begin())).isEmpty();
    }

    boolean endedInShadow() {
        return life.containsKey("shadow")
                && activated().filter(at -> at.isBefore(period.end())).isEmpty();
    }
}
