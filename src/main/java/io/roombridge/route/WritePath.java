package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.StoreLife;
import io.roombridge.mapping.Mappings;
import io.roombridge.portal.PortalEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Puts the beans of the routes together; their names here are the names in {@code routes/*.camel.yaml}. */
public final class WritePath {

    private final Map<String, Object> beans;
    private final Recoveries recoveries;

    /**
     * @param attempts after how many attempts a change that fails while others succeed is set aside, and {@code within}
     *     after how long
     * @param holdDown one hold-down for every signal, instead of each signal's own
     */
    public WritePath(
            CorrelationStore store,
            RoomFactBook facts,
            Desks desks,
            Mappings mappings,
            PortalEvents events,
            Outcomes outcomes,
            StoreLife life,
            int attempts,
            Duration within,
            Optional<Duration> holdDown,
            Clock clock,
            Clock machine) {
        IncidentText text = new IncidentText(mappings, holdDown);
        Settlement settlement = new Settlement(store, machine);
        IncidentWriter writer = new IncidentWriter(
                store,
                new Effects(store, machine, UUID::randomUUID),
                text,
                life.completeSince(clock.instant()),
                machine);
        this.recoveries = new Recoveries(store, desks, settlement, writer, clock);
        this.beans = Map.of(
                "decode", new Decode(events, machine),
                "admit", new Admit(store, facts, desks, life.activation(clock.instant()), clock),
                "deliver", new Deliver(settlement, writer, text, clock),
                "roomStatements", new RoomStatements(facts, store, settlement, writer, clock),
                "record", new Record(store, outcomes, clock),
                "patience", new Patience(store, outcomes, attempts, within, clock, machine),
                "recoveries", recoveries);
    }

    public Map<String, Object> beans() {
        return beans;
    }

    public Recoveries recoveries() {
        return recoveries;
    }
}
