package io.roombridge.closing;

import io.roombridge.ticket.Origin;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replays the recorded past of incidents under a rule and a calendar, today's or proposed ones: which of them would have
 * been closed, and was that right? Pure; the facts are those that the clock is derived from.
 *
 * <p>It knows whose turn it was and when somebody did something. What forbids a closing at its moment (an open child, a
 * silent portal, the brake) is not recorded, so in truth fewer would have been closed; the warning counts as delivered at
 * its time.
 *
 * @param from closings before this moment are not told, and {@code until} neither those after that one
 * @param knownSince no count begins earlier: before it the facts are not complete
 */
public record Simulation(
        Calendars calendars, TimeZones zones, InactivityRule rule, Instant from, Instant until, Instant knownSince) {

    /**
     * What is recorded of one incident.
     *
     * @param ticket the id of the ticket, {@code incident} the sys_id, and {@code number} how people call it
     * @param facts everything recorded of the ticket, in any order
     * @param begin when the incident became the ticket's current one; {@link Instant#MIN} for the first one
     * @param end when another one followed it
     * @param closed when it was really closed for inactivity
     */
    public record Past(
            String tenant,
            String ticket,
            String incident,
            String number,
            Origin origin,
            List<RoomPlace> rooms,
            List<Activity> facts,
            Instant begin,
            Optional<Instant> end,
            Optional<Instant> closed) {}

    /** What speaks against a closing afterwards: somebody spoke or worked again, or opened the incident again. */
    public record Afterwards(Instant at, String what) {}

    /**
     * What became of one incident in the replay.
     *
     * @param silentSince where the count began that led to the closing
     * @param closedAt when it would have been closed; empty where it would have stayed open
     * @param refused why no day could be counted: an unknown region or time zone
     */
    public record Replayed(
            Past past,
            Optional<Instant> silentSince,
            Optional<Instant> closedAt,
            Optional<Afterwards> afterwards,
            Optional<String> refused) {

        /** Really closed for inactivity, and not so under this rule. */
        public boolean keptOpen() {
            return closedAt.isEmpty() && past.closed().isPresent();
        }
    }

    private static final Map<Activity.Kind, String> SPOKEN = new EnumMap<>(Map.of(
            Activity.Kind.CUSTOMER_ENTRY, "the customer wrote",
            Activity.Kind.SOC_ENTRY, "the SOC wrote to the customer",
            Activity.Kind.SOC_NOTE, "somebody worked on it"));

    /** The first closing in the time that is looked at; empty when nothing of the incident is worth telling. */
    public Optional<Replayed> replay(Past past) {
        List<Activity> facts = ofIncident(past);
        TreeSet<Instant> moments = new TreeSet<>(Set.of(past.begin()));
        facts.stream().map(Activity::at).filter(past.begin()::isBefore).forEach(moments::add);
        for (Instant moment : moments) {
            Optional<Finding<Timetable>> count = count(past, until(facts, moment));
            if (count.flatMap(Finding::refusal).isPresent()) {
                return Optional.of(new Replayed(
                        past, Optional.empty(), Optional.empty(), Optional.empty(), count.flatMap(Finding::refusal)));
            }
            Optional<Instant> next = Optional.ofNullable(moments.higher(moment));
            Optional<Timetable> closing =
                    count.flatMap(Finding::toOptional).filter(found -> closes(found.executeFrom(), next));
            if (closing.isPresent()) {
                return Optional.of(closed(past, facts, closing.get()));
            }
        }
        return past.closed()
                .filter(this::inTime)
                .map(really ->
                        new Replayed(past, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private List<Activity> ofIncident(Past past) {
        Instant end = past.end().filter(until::isAfter).orElse(until);
        return past.facts().stream()
                .filter(fact -> !fact.at().isAfter(end))
                .sorted(Comparator.comparing(Activity::at))
                .toList();
    }

    private static List<Activity> until(List<Activity> facts, Instant moment) {
        return facts.stream().filter(fact -> !fact.at().isAfter(moment)).toList();
    }

    /** The count that runs with these facts, if one does. */
    private Optional<Finding<Timetable>> count(Past past, List<Activity> facts) {
        return InactivityClock.read(past.incident(), facts, knownSince)
                .start()
                .filter(start -> active(past.incident(), facts))
                .map(start -> Timetable.of(
                                calendars,
                                zones,
                                past.rooms(),
                                start,
                                rule.businessDays(past.origin()),
                                Optional.empty(),
                                Optional.empty())
                        .then(found -> Finding.found(found.warnedAt(found.warnAt()))));
    }

    private boolean closes(Instant executeFrom, Optional<Instant> next) {
        return inTime(executeFrom) && next.map(executeFrom::isBefore).orElse(true);
    }

    private boolean inTime(Instant moment) {
        return !moment.isBefore(from) && !moment.isAfter(until);
    }

    private static Replayed closed(Past past, List<Activity> facts, Timetable closing) {
        Instant at = closing.executeFrom();
        return new Replayed(
                past,
                Optional.of(closing.due().start()),
                Optional.of(at),
                facts.stream()
                        .filter(fact -> fact.at().isAfter(at))
                        .flatMap(fact -> against(past.incident(), facts, fact).stream())
                        .findFirst(),
                Optional.empty());
    }

    private static Optional<Afterwards> against(String incident, List<Activity> facts, Activity fact) {
        boolean opened = isState(incident, fact)
                && fact.deskState().active()
                && !active(incident, facts.subList(0, facts.indexOf(fact)));
        return Optional.ofNullable(opened ? "it was opened again" : SPOKEN.get(fact.kind()))
                .map(what -> new Afterwards(fact.at(), what));
    }

    private static boolean active(String incident, List<Activity> facts) {
        return facts.stream()
                .filter(fact -> isState(incident, fact))
                .reduce((first, second) -> second)
                .map(fact -> fact.deskState().active())
                .orElse(true);
    }

    private static boolean isState(String incident, Activity fact) {
        boolean state = fact.kind() == Activity.Kind.DESK_STATE || fact.kind() == Activity.Kind.OWN_STATE;
        return state && fact.incident().filter(incident::equals).isPresent();
    }
}
