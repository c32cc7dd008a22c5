package io.roombridge.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.closing.Calendars;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.Books;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Duty;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * Puts the bean of the route {@code inactivity} together; {@link #beans()} has the name that
 * {@code routes/inactivity.camel.yaml} calls.
 */
public final class InactivityPath {

    private final Inactivity inactivity;

    /** @param progress how far the hub is read: what lies beyond it may be a customer's answer */
    public InactivityPath(
            Books books,
            Sides sides,
            ClosingTexts texts,
            Calendars calendars,
            HubProgress progress,
            Duty duty,
            InactivityRules rules,
            MeterRegistry meters,
            Clocks clocks) {
        CorrelationStore store = books.tickets();
        ClosingBook book = books.closings();
        Activities activities = books.activities();
        Commands commands = sides.commands();
        Clock clock = clocks.world();
        Clock machine = clocks.machine();
        Effects effects = new Effects(store, machine, UUID::randomUUID);
        Settlement settlement = new Settlement(store, machine);
        LastLook lastLook = new LastLook(store, activities, books.heard(), clock);
        Conclude conclude = new Conclude(store, lastLook, commands, texts, rules, clock);
        ClosingLook look = new ClosingLook(
                store, book, books.facts(), progress, new RoomPlaces(sides.events(), rules.region()), calendars, rules);
        this.inactivity = new Inactivity(
                store,
                book,
                activities,
                sides.desks(),
                look,
                new Warn(
                        store,
                        books.outbox(),
                        new EntryWriter(store, effects),
                        settlement,
                        commands,
                        texts,
                        rules,
                        clock),
                new Closer(store, book, effects, settlement, lastLook, conclude, texts, rules, clock, machine),
                new TakeBack(store, activities, effects, settlement, commands, texts, clock),
                new ClockField(store, book, effects, settlement, texts, rules.clockField()),
                new BrakeAlarm(meters, rules.brake(), look::braked),
                duty,
                rules,
                calendars.version(),
                clock);
    }

    /** By their names in the route. */
    public Map<String, Object> beans() {
        return Map.of("inactivity", inactivity);
    }

    public Inactivity inactivity() {
        return inactivity;
    }
}
