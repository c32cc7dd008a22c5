package io.roombridge.sandbox.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A day in the making: what happens when, and when the relay publishes it. */
final class DayPlan {

    /** The relay publishes every two minutes what happened since: coarse enough to play a day in few jumps. */
    static final Duration GRID = Duration.ofMinutes(2);

    private final List<Planned> events = new ArrayList<>();
    private final List<DeskAction> deskActions = new ArrayList<>();

    /**
     * An event and the instant at which it is published.
     *
     * @param steady whether it has to keep its place, because what a later event means depends on it
     */
    record Planned(PortalEvent event, Instant publishAt, boolean steady) {

        Planned at(Instant instant) {
            return new Planned(event, instant, steady);
        }
    }

    /** An event that the stream may deliver late, twice or in another mode. */
    void add(PortalEvent event) {
        events.add(new Planned(event, onGrid(event.time()), false));
    }

    /** An event that keeps its place in the stream. */
    void addSteady(PortalEvent event) {
        events.add(new Planned(event, onGrid(event.time()), true));
    }

    void desk(Instant at, TrackedTicket ticket, DeskAction.Act act, String text) {
        deskActions.add(new DeskAction(onGrid(at), ticket.name(), act, text));
    }

    /** In the order of publishing; at the same instant in the order of happening. */
    List<Planned> events() {
        List<Planned> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(Planned::publishAt)
                .thenComparing(planned -> planned.event().time()));
        return sorted;
    }

    List<DeskAction> deskActions() {
        return deskActions.stream().sorted(Comparator.comparing(DeskAction::at)).toList();
    }

    /** The first publishing instant at or after the given one. */
    static Instant onGrid(Instant at) {
        long grid = GRID.toSeconds();
        long seconds = at.getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(seconds + grid - 1, grid) * grid);
    }
}
