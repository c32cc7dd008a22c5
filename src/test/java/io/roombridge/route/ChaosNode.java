package io.roombridge.route;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roombridge.conversation.PortalAuthor;
import io.roombridge.correlation.Books;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.correlation.MapTickets;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.FilePolicy.Allows;
import io.roombridge.files.Spool;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.RetryLater;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/** One process of the bridge: its beans, its cache, its clock. It can die at any access to the store and be born again. */
final class ChaosNode implements AutoCloseable {

    private static final long MEGABYTE = 1L << 20;

    private final int number;
    private final ChaosStation station;
    private final BooleanSupplier caughtUp;
    private final ChaosClock clock;
    private final ChaosClock machine;
    private final MortalDataSource mortal;
    private MapTickets cache;
    private Books books;
    private WritePath path;
    private ReadPath reading;
    private final Duty closing;
    private InactivityPath inactivity;
    private CarryFiles carrier;

    /** @param closing the right to close tickets */
    ChaosNode(int number, ChaosStation station, BooleanSupplier caughtUp, Duty closing) {
        this.number = number;
        this.station = station;
        this.caughtUp = caughtUp;
        this.closing = closing;
        this.clock = new ChaosClock(station.truth);
        this.machine = station.machines.get(number);
        this.mortal = station.store(number);
        born();
    }

    /** Nothing that was in memory is left. */
    void reborn() {
        carrier.close();
        born();
    }

    private void born() {
        mortal.live();
        Jdbi jdbi = station.jdbi(number);
        cache = new MapTickets(jdbi);
        books = Books.of(jdbi, cache);
        PortalText text = new PortalText(station.mappings, new PortalAuthor("Contoso SOC", false), 4000);
        Sides sides = new Sides(desks(), station.events, new Commands(true, clock), station.mappings, text);
        Outcomes outcomes = new Outcomes(new SimpleMeterRegistry());
        Tries tries = new Tries(10, Duration.ofMinutes(30));
        Clocks clocks = new Clocks(clock, machine);
        path = new WritePath(books, sides, outcomes, Duty.ALONE, tries, Optional.empty(), caughtUp, clocks);
        reading = new ReadPath(
                books, sides, path.lookout(), outcomes, tries, Duration.ofSeconds(2), Duration.ofMinutes(10), clocks);
        inactivity = new InactivityPath(
                books,
                sides,
                new ClosingTexts(station.mappings, "Contoso SOC"),
                station.calendars,
                ChaosHub::progress,
                closing,
                ChaosSilence.RULES,
                new SimpleMeterRegistry(),
                clocks);
        carrier = carrier(sides);
    }

    private Desks desks() {
        return new Desks(Map.of(
                "*",
                new Desk(
                        "main",
                        station.gateway(number),
                        station.integrationUser(),
                        List.of("Resolved by caller"),
                        List.of("Duplicate"),
                        machine)));
    }

    private CarryFiles carrier(Sides sides) {
        FilePolicy policy = new FilePolicy(Allows.DOCUMENTS_AND_IMAGES, MEGABYTE, Set.of());
        return new CarryFiles(
                1,
                books.tickets(),
                books.files(),
                books.copies(),
                sides.desks(),
                Spool.open(station.directory.resolve("node-" + number), MEGABYTE),
                station.content,
                sides.commands(),
                new FileRules(policy, policy, Duration.ofMinutes(30), 10, Duration.ofMinutes(30)),
                machine);
    }

    /** One attempt with an event, all the way to the record. */
    Outcome attempt(byte[] event, int attempt) {
        Passage passage = path.decode()
                .decode(event, null, attempt, machine.instant(), false, null, null)
                .get(0);
        Passage admitted = path.admit().admit(passage);
        Passage through = admitted.isAboutTicket() ? path.deliver().deliver(admitted) : admitted;
        return path.record().record(through).done().orElseThrow().outcome();
    }

    /**
     * One cycle of the route {@code servicenow-changes}.
     *
     * @param fence of the duty under which this node looks; another node may have taken it over meanwhile
     * @param hub whether it takes a command, as far as this node hears
     */
    void poll(long fence, Predicate<OutgoingCommand> hub) {
        for (Round round : reading.readChanges().read()) {
            Round heard = reading.hear().hear(round);
            if (!tell(hub)) {
                return;
            }
            reading.moveCursor().move(heard, fence);
        }
    }

    /** Returns whether the round goes on. */
    private boolean tell(Predicate<OutgoingCommand> hub) {
        for (PortalOutbox.Unsent unsent : reading.tellPortal().waiting()) {
            if (!reading.tellPortal().mayGo(unsent)) {
                continue;
            }
            if (hub.test(unsent.command())) {
                reading.tellPortal().accepted(unsent);
                continue;
            }
            try {
                reading.tellPortal().refused(unsent, new IOException("the link was detached"));
            } catch (RetryLater hubIsAway) {
                return false;
            }
        }
        return true;
    }

    void appointments() {
        path.keepAppointments();
        path.gathered().write();
        path.replay();
    }

    /** Everything that was sent to the hub before this moment lies before these heartbeats. */
    void heartbeats(Instant watermark) {
        ChaosHub.progress()
                .keySet()
                .forEach(partition -> books.facts().heartbeat("contoso", partition, watermark, ChaosHub.BEAT));
    }

    /** One run of the route {@code inactivity}. */
    void closeInactive() {
        inactivity.inactivity().look();
    }

    /** A person has everything tried again that holds others up. */
    void replay() {
        LetterFilter dead =
                new LetterFilter(List.of(), List.of(DeadLetter.State.DEAD), Optional.empty(), Optional.empty());
        books.letters().ask(dead, "Beth", "the instance was mended", machine.instant());
        path.replay();
    }

    void carry() {
        long before = mortal.deaths();
        try {
            carrier.carry();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (mortal.deaths() > before) {
            throw new MortalDataSource.Crash();
        }
    }

    MortalDataSource mortal() {
        return mortal;
    }

    void cacheLost() {
        cache.clear();
    }

    /** The machine's clock, which is kept close to the truth, and the bridge's, which may be further off. */
    void wrongBy(Duration ofMachine, Duration ofWorld) {
        machine.wrongBy(ofMachine);
        clock.wrongBy(ofWorld);
    }

    @Override
    public void close() {
        carrier.close();
    }
}
