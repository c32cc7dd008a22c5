package io.roombridge.route;

import io.roombridge.correlation.Books;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.RoomFactBook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Puts the beans of the routes together; {@link #beans()} has the names that {@code routes/*.camel.yaml} calls. */
public final class WritePath {

    private final Decode decode;
    private final Admit admit;
    private final Deliver deliver;
    private final RoomStatements roomStatements;
    private final Record record;
    private final Lookout lookout;
    private final Appointments appointments;
    private final Gathered gathered;
    private final Replay replay;
    private final HeldBack heldBack;
    private final Muting muting;

    /**
     * @param replaying the right of the one process that tries dead letters again
     * @param tries after which a change that fails while others succeed is set aside
     * @param holdDown one hold-down for every signal, instead of each signal's own
     * @param caughtUp whether everything the hub is known to hold has been read
     */
    public WritePath(
            Books books,
            Sides sides,
            Outcomes outcomes,
            Duty replaying,
            Tries tries,
            Optional<Duration> holdDown,
            BooleanSupplier caughtUp,
            Clocks clocks) {
        CorrelationStore store = books.tickets();
        RoomFactBook facts = books.facts();
        Desks desks = sides.desks();
        Clock clock = clocks.world();
        Clock machine = clocks.machine();
        Instant now = clock.instant();
        IncidentText text = new IncidentText(sides.mappings());
        Settlement settlement = new Settlement(store, machine);
        Effects effects = new Effects(store, machine, UUID::randomUUID);
        EntryWriter entries = new EntryWriter(store, effects);
        this.gathered = new Gathered(store, desks, settlement, entries, clock);
        Journals journals = new Journals(store, entries, gathered, text, sides.commands(), sides.words(), clock);
        IncidentWriter writer =
                new IncidentWriter(store, effects, text, journals, books.life().completeSince(now), clock);
        OwnCommands own = new OwnCommands(books.outbox(), clock);
        Patience patience = new Patience(tries.attempts(), tries.within(), clock, machine);
        this.decode = new Decode(sides.events(), outcomes, machine);
        this.lookout = new Lookout(
                store, facts, sides.mappings(), holdDown, books.life().activation(now), clock);
        DeviceReports reports = new DeviceReports(books.places(), store);
        this.admit = new Admit(store, lookout, desks, own, reports, books.pauses(), clock);
        Neighbours neighbours = new Neighbours(store, lookout, settlement, writer, clock);
        this.roomStatements = new RoomStatements(facts, store, neighbours, settlement, patience);
        this.deliver = new Deliver(
                settlement, writer, own, sides.commands(), lookout, roomStatements, patience, clock, machine);
        this.record = new Record(store, outcomes, sides.mappings(), patience, clock);
        this.replay = new Replay(
                books.letters(), replaying, sides.events(), this::way, neighbours, desks, store, clock, machine);
        LeftOpen leftOpen = new LeftOpen(store, desks, settlement, machine);
        this.appointments = new Appointments(store, lookout, desks, settlement, writer, leftOpen, caughtUp, clock);
        this.muting = new Muting(books.mutes(), desks, neighbours);
        this.heldBack = new HeldBack(store, lookout, desks, neighbours, caughtUp, clock);
    }

    /** By their names in the routes. */
    public Map<String, Object> beans() {
        return Map.of(
                "decode", decode,
                "admit", admit,
                "deliver", deliver,
                "roomStatements", roomStatements,
                "record", record,
                "appointments", appointments,
                "heldBack", heldBack,
                "muting", muting,
                "gathered", gathered,
                "replay", replay);
    }

    /** A heartbeat that comes again proves nothing. */
    private Passage way(Passage passage) {
        return way(passage, null, null);
    }

    /** The steps of the route {@code portal-events} for one event. */
    private Passage way(Passage passage, String partition, Long sequence) {
        Passage admitted = admit.admit(passage);
        return record.record(
                admitted.isAboutTicket()
                        ? deliver.deliver(admitted)
                        : admitted.isAboutRoom() ? roomStatements.state(admitted, partition, sequence) : admitted);
    }

    /**
     * A message that was stored here goes the way of those of the hub.
     *
     * @param attempt the how-manieth it is, from 1
     * @param firstAt when the first one began, by the machine's clock
     * @param crowded whether others wait behind its instance
     * @param sequence where it stands in its partition
     * @throws RuntimeException when it has to be presented again
     */
    public void take(byte[] message, int attempt, Instant firstAt, boolean crowded, String partition, long sequence) {
        decode.decode(message, null, attempt, firstAt, crowded, partition, sequence)
                .forEach(event -> way(event, partition, sequence));
    }

    /** Tries dead letters again, and takes up what is parked behind them. */
    public Replay replay() {
        return replay;
    }

    public Appointments appointments() {
        return appointments;
    }

    /** What a person silenced. */
    public Muting muting() {
        return muting;
    }

    /** The tickets that wait for the bridge itself. */
    public HeldBack heldBack() {
        return heldBack;
    }

    /** For whoever reads ServiceNow: {@link Lookout#agentResolved}. */
    public Lookout lookout() {
        return lookout;
    }

    public Gathered gathered() {
        return gathered;
    }

    Decode decode() {
        return decode;
    }

    Admit admit() {
        return admit;
    }

    Deliver deliver() {
        return deliver;
    }

    Record record() {
        return record;
    }

    RoomStatements roomStatements() {
        return roomStatements;
    }
}
