package io.roombridge.sandbox.portal;

import io.roombridge.sandbox.portal.DayPlan.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The script of one day on the campus, from 06:00 to 06:00 UTC: what the portal publishes at which instant and what people
 * at the desk do. Seed and date decide every byte of it.
 */
public final class CampusDay {

    private static final Duration HEARTBEAT_EVERY = Duration.ofMinutes(10);

    private final Instant start;
    private final Instant end;
    private final List<PortalEvent> events;
    private final List<DeskAction> deskActions;
    private final List<Step> steps;

    CampusDay(Instant start, List<PortalEvent> events, List<DeskAction> deskActions, List<Step> steps) {
        this.start = start;
        this.end = start.plus(Duration.ofDays(1));
        this.events = List.copyOf(events);
        this.deskActions = List.copyOf(deskActions);
        this.steps = List.copyOf(steps);
    }

    /** Everything that is due at one instant: first the messages, then the heartbeats, then the people. */
    record Step(Instant at, List<Posting> postings, List<Heartbeat> heartbeats, List<DeskAction> deskActions) {}

    /** The day of a campus of one tenant, as the first one that the portal remembers. */
    public static CampusDay of(long seed, LocalDate date) {
        return new CampusDays(Campus.of(seed), date).next();
    }

    static CampusDay of(
            List<String> tenants, Instant start, List<Planned> planned, List<DeskAction> actions, Random random) {
        List<PortalEvent> happened = planned.stream()
                .map(Planned::event)
                .distinct()
                .sorted(Comparator.comparing(PortalEvent::time))
                .toList();
        return new CampusDay(start, happened, actions, steps(tenants, start, planned, actions, random));
    }

    public Instant start() {
        return start;
    }

    public Instant end() {
        return end;
    }

    /** What people at the desk do, in order of time. */
    public List<DeskAction> deskActions() {
        return deskActions;
    }

    /** What has to be true of the desk at the end of the day, if it was the portal's first one. */
    public Truth truth() {
        return Truth.of(events, deskActions);
    }

    /** What happened, each event once, in the order of happening and without heartbeats. */
    List<PortalEvent> events() {
        return events;
    }

    List<Step> steps() {
        return steps;
    }

    private static List<Step> steps(
            List<String> tenants, Instant start, List<Planned> planned, List<DeskAction> actions, Random random) {
        Map<Instant, List<PortalEvent>> due = new TreeMap<>();
        for (Instant at = start; at.isBefore(start.plus(Duration.ofDays(1))); at = at.plus(HEARTBEAT_EVERY)) {
            due.put(at, new ArrayList<>());
        }
        planned.forEach(each ->
                due.computeIfAbsent(each.publishAt(), at -> new ArrayList<>()).add(each.event()));
        actions.forEach(action -> due.computeIfAbsent(action.at(), at -> new ArrayList<>()));
        Collection<Planned> firstCopies = planned.stream()
                .collect(Collectors.toMap(
                        each -> each.event().id(),
                        each -> each,
                        BinaryOperator.minBy(Comparator.comparing(Planned::publishAt))))
                .values();
        List<Step> steps = new ArrayList<>();
        due.forEach((at, events) -> steps.add(new Step(
                at,
                postings(events, random),
                heartbeatDue(start, at) ? heartbeats(tenants, at, firstCopies) : List.of(),
                actions.stream().filter(action -> action.at().equals(at)).toList())));
        return steps;
    }

    private static boolean heartbeatDue(Instant start, Instant at) {
        return Duration.between(start, at).toSeconds() % HEARTBEAT_EVERY.toSeconds() == 0;
    }

    private static List<Heartbeat> heartbeats(List<String> tenants, Instant at, Collection<Planned> planned) {
        Optional<Instant> heldBack = planned.stream()
                .filter(each -> each.publishAt().isAfter(at))
                .map(each -> each.event().time())
                .min(Comparator.naturalOrder())
                .filter(time -> !time.isAfter(at));
        Instant watermark = heldBack.map(time -> time.minusMillis(1)).orElse(at);
        return tenants.stream()
                .map(tenant -> new Heartbeat(tenant, at, watermark))
                .toList();
    }

    /** Events of one room or recorded issue may share a message; no others do, because a message has one partition. */
    private static List<Posting> postings(List<PortalEvent> events, Random random) {
        Map<String, List<PortalEvent>> byKey = new LinkedHashMap<>();
        events.forEach(event -> byKey.computeIfAbsent(event.partitionKey(), key -> new ArrayList<>())
                .add(event));
        return byKey.entrySet().stream()
                .map(entry -> messages(entry.getKey(), entry.getValue(), random))
                .flatMap(Collection::stream)
                .toList();
    }

    private static List<Posting> messages(String partitionKey, List<PortalEvent> events, Random random) {
        boolean whole = events.stream().noneMatch(event -> event.form() == PortalEvent.Form.TORN);
        if (whole && random.nextInt(events.size() > 1 ? 2 : 10) == 0) {
            return List.of(new Posting(partitionKey, Posting.Mode.BATCH, events));
        }
        return events.stream()
                .map(event -> new Posting(partitionKey, mode(event, random), List.of(event)))
                .toList();
    }

    private static Posting.Mode mode(PortalEvent event, Random random) {
        if (event.form() == PortalEvent.Form.TORN) {
            return Posting.Mode.STRUCTURED;
        }
        return switch (random.nextInt(6)) {
            case 0 -> Posting.Mode.BINARY;
            case 1 -> Posting.Mode.BINARY_UNDERSCORE;
            case 2 -> Posting.Mode.BINARY_KAFKA;
            default -> Posting.Mode.STRUCTURED;
        };
    }
}
