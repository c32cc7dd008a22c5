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
    private final DeviceReports reports;
    private final Replay replay;
    private final LeftOpen leftOpen;
    private final HeldBack heldBack;
    private final Muting muting;
    private final Adopt adopt;

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
                store,
                books.adoptions(),
                facts,
                sides.mappings(),
                holdDown,
                books.life().activation(now),
                clock);
        this.reports = new DeviceReports(books.places(), store, clock);
        this.admit = new Admit(store, lookout, desks, own, reports, books.pauses(), clock);
        Neighbours neighbours = new Neighbours(store, lookout, settlement, writer, clock);
        this.roomStatements = new RoomStatements(facts, store, neighbours, settlement, patience);
        this.deliver = new Deliver(
                settlement, writer, own, sides.commands(), lookout, roomStatements, patience, clock, machine);
        this.record = new Record(store, outcomes, sides.mappings(), patience, clock);
        this.replay = new Replay(
                books.letters(), replaying, sides.events(), this::way, neighbours, desks, store, clock, machine);
        this.leftOpen = new LeftOpen(store, desks, settlement, machine);
        this.appointments = new Appointments(store, lookout, desks, settlement, writer, caughtUp, clock);
        this.muting = new Muting(books.mutes(), desks, neighbours);
        this.heldBack = new HeldBack(store, books.adoptions(), books.pauses(), lookout, desks, neighbours, clock);
        this.adopt = new Adopt(store, books.adoptions(), lookout, desks, settlement, effects, gathered, text, clock);
    }

    /** By their names in the routes. */
    public Map<String, Object> beans() {
        return Map.ofEntries(
                Map.entry("decode", decode),
                Map.entry("admit", admit),
                Map.entry("deliver", deliver),
                Map.entry("roomStatements", roomStatements),
                Map.entry("record", record),
                Map.entry("leftOpen", leftOpen),
                Map.entry("appointments", appointments),
                Map.entry("muting", muting),
                Map.entry("adopt", adopt),
                Map.entry("heldBack", heldBack),
                Map.entry("gathered", gathered),
                Map.entry("deviceReports", reports),
                Map.entry("replay", replay));
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

    /** The steps of the route {@code dead-letters}; returns how many letters were settled. */
    public int replay() {
        reports.wake();
        return replay.resume();
    }

    /** The steps of the route {@code appointments}; returns how many tickets wait no longer. */
    public int keepAppointments() {
        leftOpen.settle();
        muting.apply();
        return appointments.mayDecide() ? appointments.keep() + heldBack.release() : 0;
    }

    /** The incidents of another integration. */
    public Adopt adopt() {
        return adopt;
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
