package io.roombridge.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.closing.Calendars;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.portal.PortalEvents;
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
            CorrelationStore store,
            ClosingBook book,
            Activities activities,
            HeardEntries ledger,
            RoomFactBook facts,
            PortalOutbox outbox,
            Desks desks,
            Commands commands,
            ClosingTexts texts,
            PortalEvents events,
            Calendars calendars,
            HubProgress progress,
            Duty duty,
            InactivityRules rules,
            MeterRegistry meters,
            Clock clock,
            Clock machine) {
        Effects effects = new Effects(store, machine, UUID::randomUUID);
        Settlement settlement = new Settlement(store, machine);
        LastLook lastLook = new LastLook(store, activities, ledger, clock);
        Conclude conclude = new Conclude(store, lastLook, commands, texts, rules, clock);
        ClosingLook look =
                new ClosingLook(store, book, facts, progress, new RoomPlaces(events, rules.region()), calendars, rules);
        this.inactivity = new Inactivity(
                store,
                book,
                activities,
                desks,
                look,
                new Warn(store, outbox, new EntryWriter(store, effects), settlement, commands, texts, rules, clock),
                new Closer(store, book, effects, settlement, lastLook, conclude, texts, rules, clock, machine),
                new TakeBack(store, effects, settlement, commands, texts, clock),
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
