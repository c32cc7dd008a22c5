package io.roombridge.route;

import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.closing.Brake;
import io.roombridge.closing.Calendars;
import io.roombridge.closing.InactivityRule;
import io.roombridge.conversation.PortalAuthor;
import io.roombridge.correlation.Activation;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.Books;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.DeadLetterBook;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.HourlyCounts;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.Metrics;
import io.roombridge.portal.PortalEvents;
import io.roombridge.rebuild.Patient;
import io.roombridge.rebuild.Rebuild;
import io.roombridge.rebuild.Report;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.servicenow.CallListener;
import io.roombridge.servicenow.Credentials;
import io.roombridge.servicenow.ImaginedIncidents;
import io.roombridge.servicenow.InstanceSettings;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.servicenow.SharedLimits;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.Jdbi;

/**
 * The write path on the bench: the real store, gateway and mappings against the embedded ServiceNow, without the hub, so
 * that a test decides what is delivered when, where the bridge crashes, and what time it is.
 */
final class Bench implements AutoCloseable {

    private static final int PATIENCE = 200;
    private static final Calendars CALENDARS = new Calendars();
    private static final MappingVersion SHIPPED = MappingVersion.shipped();

    final JumpingClock clock = new JumpingClock(PortalEvent.MORNING.minus(Duration.ofHours(1)));
    final JumpingClock machine = new JumpingClock(Instant.parse("2026-06-01T07:00:00Z"));
    final EmbeddedServiceNow serviceNow;
    final MappingsInForce mappings = new MappingsInForce(SHIPPED);
    private final CamelContext camel = new DefaultCamelContext();
    private final Credentials.Basic account;
    private final URI instance;
    private final List<ServiceNowGateway> gateways = new ArrayList<>();
    private Desk desk;
    private final IntFunction<String> stores;
    private final PortalEvents events = new PortalEvents();
    private MortalDataSource mortal;
    private Database database;
    private Cluster cluster;
    private Jdbi jdbi;
    private Books books;
    private WritePath path;
    private ReadPath reading;
    private Outcomes outcomes;
    private HourlyCounts counts;
    private Metrics metrics;
    private final TestDuty duty = new TestDuty();
    private boolean live = true;
    private boolean commandsOn = true;
    private boolean caughtUp = true;

    /** Whether the instance holds more than half of the window, among others. */
    boolean crowded;

    private InactivityPath inactivity;

    /** What the bench closes: three days for every ticket, all rooms in Berlin. */
    InactivityRules closing = new InactivityRules(
            true,
            Instant.EPOCH,
            new InactivityRule(3, 3),
            Duration.ofHours(9),
            Brake.OF_THE_SERVICE,
            Optional.of("DE-BE"),
            List.of(),
            Optional.empty(),
            Map.of("main", "No resolution provided"));

    /** How often every open incident is looked at. */
    Duration sweep = Duration.ofMinutes(10);

    private int generation;
    private final Map<String, Long> sequences = new HashMap<>();

    Bench(Path directory) {
        this(generation -> Database.fileIn(directory.resolve("store-" + generation)), true);
    }

    /** With a store that is quick, and lost with {@link #close} and {@link #restart}. */
    static Bench inMemory() {
        String name = "bench-" + UUID.randomUUID();
        return new Bench(generation -> "jdbc:h2:mem:" + name + "-" + generation, true);
    }

    /** In shadow mode, with a store that is quick. */
    static Bench inShadow() {
        String name = "bench-" + UUID.randomUUID();
        return new Bench(generation -> "jdbc:h2:mem:" + name + "-" + generation, false);
    }

    /** @param stores the address of the first database, and of each that takes the place of a lost one */
    private Bench(IntFunction<String> stores, boolean live) {
        // The instance lives on the machine's time: late commits and intents are told by the same clock.
        this.serviceNow = EmbeddedServiceNow.start(Setup.defaults().withClock(machine.ofOthers()));
        this.stores = stores;
        var integration = serviceNow.accounts().integration();
        this.account = new Credentials.Basic(integration.name(), integration.password());
        this.instance = serviceNow.url();
        this.live = live;
        camel.start();
        open();
        clock.advance(Duration.ofHours(2));
    }

    /** A bridge of its own in this process, over an instance that lives in another one: {@link #serviceNow} is null. */
    Bench(Path directory, URI instance, String user, String password) {
        this.serviceNow = null;
        this.stores = generation -> Database.fileIn(directory.resolve("store-" + generation));
        this.account = new Credentials.Basic(user, password);
        this.instance = instance;
        camel.start();
        open();
    }

    private Desk connect() {
        Optional<ImaginedIncidents> imagined = live
                ? Optional.empty()
                : Optional.of(new ImaginedIncidents(
                        Jdbi.create(database.dataSource()), "main", account.user(), machine, UUID::randomUUID));
        ServiceNowGateway gateway = new ServiceNowGateway(
                camel,
                InstanceSettings.of("main", instance, account),
                machine,
                () -> 0.5,
                SharedLimits.NONE,
                CallListener.NONE,
                imagined);
        gateways.add(gateway);
        return new Desk("main", gateway, account.user(), List.of("Resolved by caller"), List.of("Duplicate"), machine);
    }

    /** The bridge is stopped, and starts in live mode. */
    void goLive() {
        new Activation(jdbi).activate(clock.instant(), List.of());
        live = true;
        desk = connect();
        reborn();
    }

    private void open() {
        database = Database.open(stores.apply(generation), "sa", "");
        desk = desk == null ? connect() : desk;
        cluster = Cluster.alone(Jdbi.create(database.dataSource()), "bench-" + System.identityHashCode(this));
        assemble();
    }

    private void assemble() {
        mortal = new MortalDataSource(database.dataSource());
        jdbi = Jdbi.create(mortal);
        books = Books.of(jdbi, cluster.tickets());
        if (!live) {
            books.life().shadowed(clock.instant());
        }
        metrics = new Metrics("test");
        counts = new HourlyCounts(jdbi, clock);
        outcomes = new Outcomes(metrics.books(), counts);
        PortalText words = new PortalText(mappings, new PortalAuthor("Contoso SOC", false), 4000);
        Sides sides = new Sides(desks(), events, new Commands(live && commandsOn, clock), mappings, words);
        Tries tries = new Tries(10, Duration.ofMinutes(30));
        Clocks clocks = new Clocks(clock, machine);
        path = new WritePath(books, sides, outcomes, duty, tries, Optional.empty(), () -> caughtUp, clocks);
        reading = new ReadPath(books, sides, path.lookout(), outcomes, tries, Duration.ofSeconds(2), sweep, clocks);
        inactivity = new InactivityPath(
                books,
                sides,
                new ClosingTexts(mappings, "Contoso SOC"),
                CALENDARS,
                () -> Map.of("0", OptionalLong.of(1000)),
                duty,
                closing,
                metrics.registry(),
                clocks);
    }

    /** The rules of closing from now on. */
    void closing(UnaryOperator<InactivityRules> change) {
        closing = change.apply(closing);
        restart();
    }

    /** The world moves on to this moment, the portal's heartbeat and a look at ServiceNow included; then tickets close. */
    void lookAt(Instant moment) {
        reach(moment);
        beat(moment);
        poll();
        inactivity.inactivity().look();
    }

    void reach(Instant moment) {
        pass(Duration.between(clock.instant(), moment));
    }

    /** Whether what one node does for all of a cluster is done here. */
    void onDuty(boolean here) {
        duty.is(here);
    }

    /** Everything the portal sent before the watermark has arrived and is finished. */
    void beat(Instant watermark) {
        books.facts().heartbeat("contoso", "0", watermark, 1);
    }

    /** The route {@code inactivity} runs once. */
    void closeInactive() {
        inactivity.inactivity().look();
    }

    Map<String, Object> inactivityBeans() {
        return inactivity.beans();
    }

    ClosingBook closings() {
        return books.closings();
    }

    Activities activities() {
        return books.activities();
    }

    /** One cycle of the route {@code servicenow-changes}; the hub accepts every command. */
    void poll() {
        poll(command -> true);
    }

    /** One cycle, in which the hub accepts or refuses each command; the first refusal ends the round. */
    void poll(Predicate<OutgoingCommand> hub) {
        for (Round round : reading.readChanges().read()) {
            Round heard = reading.hear().hear(round);
            for (PortalOutbox.Unsent unsent : reading.tellPortal().waiting()) {
                if (!hub.test(unsent.command())) {
                    return;
                }
                reading.tellPortal().accepted(unsent);
            }
            reading.moveCursor().move(heard, 1);
        }
    }

    /** From now on this configuration sends nothing to the portal. */
    void commandsOff() {
        commandsOn = false;
        restart();
    }

    /** An administrator changed mapping files, and started the bridge again. */
    void mappings(MappingVersion changed) {
        mappings.put(changed);
        reborn();
    }

    /** The process died and is there again: nothing it had in memory is left. Quicker than {@link #restart}. */
    void reborn() {
        cluster.hazelcast().getDistributedObjects().stream()
                .filter(IMap.class::isInstance)
                .forEach(map -> ((IMap<?, ?>) map).evictAll());
        assemble();
    }

    /** The database is gone and the bridge begins with an empty one; ServiceNow stays. */
    void loseTheStore() {
        closeStore();
        generation++;
        open();
    }

    /** Whether the hub is read beyond everything that it held. */
    void caughtUp(boolean whole) {
        caughtUp = whole;
    }

    /** What docs/operations.md says to do, while the bridge runs; of a bench whose store lies in this directory. */
    void backup(Path directory) {
        Path backup = directory.resolve("backup.zip");
        jdbi.useHandle(handle -> handle.execute("BACKUP TO '" + backup + "'"));
    }

    /** The present store is gone; the file of the backup takes its place. */
    void restoreTheBackup(Path directory) {
        closeStore();
        generation++;
        try (ZipFile backup = new ZipFile(directory.resolve("backup.zip").toFile())) {
            ZipEntry file = backup.stream()
                    .filter(entry -> entry.getName().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow();
            Path restored = Files.createDirectories(directory.resolve("store-" + generation));
            Files.copy(backup.getInputStream(file), restored.resolve(file.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open();
    }

    /** The store, empty or outdated, comes back from ServiceNow; then the bridge starts. */
    Report rebuild() {
        Report report = new Rebuild(
                        books.recreation(),
                        books.cursors(),
                        books.life(),
                        desks(),
                        new Patient(machine::advance),
                        false)
                .run(Duration.ofDays(7), clock.instant());
        reborn();
        return report;
    }

    /** Everything volatile is gone; the database and ServiceNow stay. */
    void restart() {
        closeStore();
        open();
    }

    /** One attempt, all the way to the record. */
    Outcome attempt(PortalEvent event) {
        return attempt(event.bytes());
    }

    /** What is stated about a room, all the way to the record. */
    Outcome deliver(RoomEvent event) {
        return attempt(event.bytes());
    }

    /** One attempt with any message of one event, readable or not, all the way to the record. */
    Outcome attempt(byte[] event) {
        return path.record().record(upToRecord(event)).done().orElseThrow().outcome();
    }

    /** The same message again is the same delivery, as long as it is not through. */
    private long sequence(byte[] event) {
        return sequences.computeIfAbsent(new String(event, StandardCharsets.UTF_8), unread -> (long) sequences.size());
    }

    /** What is stated about a room, cut off before the record. */
    Passage upToRecord(RoomEvent event) {
        return upToRecord(event.bytes());
    }

    /** One attempt that is cut off after the write and before the record. */
    Passage upToRecord(PortalEvent event) {
        return upToRecord(event.bytes());
    }

    private Passage upToRecord(byte[] event) {
        Passage passage = path.decode()
                .decode(event, null, 1, machine.instant(), crowded, "0", sequence(event))
                .get(0);
        Passage admitted = path.admit().admit(passage);
        return admitted.isAboutTicket()
                ? path.deliver().deliver(admitted)
                : admitted.isAboutRoom() ? path.roomStatements().state(admitted, "0", 1L) : admitted;
    }

    /** Attempts as the consumer makes them: again and again, each after the wait that the failure asks for. */
    Outcome deliver(PortalEvent event) {
        for (int i = 0; i < PATIENCE; i++) {
            try {
                return attempt(event);
            } catch (RetryLater later) {
                machine.advance(later.after().plusMillis(500));
            }
        }
        throw new AssertionError("not delivered in " + PATIENCE + " attempts: " + event.id());
    }

    DeadLetterBook letters() {
        return books.letters();
    }

    /** One run of the route {@code dead-letters}; returns how many letters were settled. */
    int replay() {
        return path.replay();
    }

    /** Runs of it, with time between them, until none has anything to do. */
    void replayAll() {
        replay();
        for (int i = 0; i < PATIENCE && !letters().due(0, 1).isEmpty(); i++) {
            replay();
            machine.advance(Duration.ofSeconds(5));
        }
    }

    /** The world moves on, and what is due then is done. */
    void pass(Duration time) {
        clock.advance(time);
        machine.advance(time);
        path.keepAppointments();
        adopt();
        path.gathered().write();
    }

    /** One run of the route {@code adoption}, which shadow mode does not have. */
    int adopt() {
        return live ? path.adopt().goOn() : 0;
    }

    /** What an import asks for, in this mode. */
    PlanAdoption planAdoption() {
        return new PlanAdoption(
                books.adoptions(), desks(), Map.of("main", "active=true^sys_created_by=admin"), live, clock);
    }

    /** The world moves on until no appointment waits any more. */
    void settleAppointments() {
        for (int i = 0; i < PATIENCE && books.tickets().nextAppointment().isPresent(); i++) {
            pass(Duration.ofMinutes(30));
        }
        if (books.tickets().nextAppointment().isPresent()) {
            throw new AssertionError("an appointment is still waiting");
        }
    }

    /** The next request of that method is answered by a cut connection. */
    void once(Fault fault, String method) {
        serviceNow.faults().on(RequestMatcher.method(method)).next(1, fault);
    }

    /**
     * The process dies ({@link MortalDataSource.Crash}) instead of touching the store for the n-th time from now. Between
     * two touches there is at most one write to the instance, so every n is a place to crash, and there are no others.
     */
    void dieAtStoreAccess(int n) {
        mortal.dieAt(n);
    }

    /** At the n-th access to the store from now the process is slow; this happens before it goes on. */
    void meanwhile(int n, Runnable other) {
        mortal.meanwhile(n, other);
    }

    /** What is counted for reports; the route {@code hourly-counts} writes it down. */
    HourlyCounts counts() {
        return counts;
    }

    ReadPath reading() {
        return reading;
    }

    WritePath path() {
        return path;
    }

    /** What Prometheus would read now. */
    String scrape() {
        return metrics.scrape(outcomes);
    }

    List<Endpoint> metricsEndpoints() {
        return metrics.endpoints(outcomes);
    }

    MeterRegistry meters() {
        return metrics.registry();
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** The state of the ticket's newest incident, as the instance has it. */
    IncidentState state(String room, String signal) {
        Ticket ticket = ticket(room, signal);
        String sysId = ticket.current().orElseThrow().sysId();
        return serviceNow
                .desk()
                .incident(sysId)
                .flatMap(read -> IncidentState.of(read.field("state")))
                .orElseThrow();
    }

    /** A person resolves the ticket's newest incident, and the bridge hears of it as its poll would tell. */
    void agentResolves(String room, String signal, String closeCode) {
        Ticket ticket = ticket(room, signal);
        var current = ticket.current().orElseThrow();
        serviceNow.desk().as("beth.anglin").resolve(current.sysId(), closeCode, "Done");
        books.tickets().commit(new Commit().ticket(path.lookout().agentResolved(desk, ticket, current, closeCode)));
    }

    /** The ticket's newest incident, as the instance has it. */
    Incident incident(String room, String signal) {
        String sysId = ticket(room, signal).current().orElseThrow().sysId();
        return serviceNow.desk().incident(sysId).orElseThrow();
    }

    /** The comments of the ticket's newest incident, or its work notes, as the instance has them; oldest first. */
    List<String> entries(Ticket ticket, String element) {
        return serviceNow.desk().journal(ticket.current().orElseThrow().sysId()).stream()
                .filter(entry -> entry.element().equals(element))
                .map(JournalEntry::value)
                .toList();
    }

    /** A person resolves and closes the ticket's newest incident, whatever the signal is like. */
    void close(String room, String signal) {
        String sysId = incident(room, signal).sysId();
        serviceNow.desk().as("admin").resolve(sysId, "Resolved by caller", "Done");
        serviceNow.desk().as("admin").close(sysId);
    }

    /** What the journal of the ticket's newest incident says, as the instance has it. */
    List<String> journal(String room, String signal) {
        String sysId = ticket(room, signal).current().orElseThrow().sysId();
        return serviceNow.desk().journal(sysId).stream()
                .map(JournalEntry::value)
                .toList();
    }

    Books books() {
        return books;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    Desks desks() {
        return new Desks(Map.of("*", desk));
    }

    /** Whether the portal's event of a command was read. */
    boolean confirmed(String command) {
        return Jdbi.create(database.dataSource())
                        .withHandle(handle -> handle.createQuery(
                                        "select count(*) from portal_command where command_id = ? and confirmed_at is not null")
                                .bind(0, command)
                                .mapTo(Integer.class)
                                .one())
                == 1;
    }

    /** The names of all commands the portal was sent or will be, in their order. */
    List<String> told() {
        return Jdbi.create(database.dataSource())
                .withHandle(handle -> handle.createQuery("select name from portal_command order by position")
                        .mapTo(String.class)
                        .list());
    }

    String integrationUser() {
        return serviceNow.accounts().integration().name();
    }

    HeardEntries heard() {
        return books.heard();
    }

    PortalOutbox outbox() {
        return books.outbox();
    }

    CorrelationStore store() {
        return books.tickets();
    }

    Ticket ticket(String room, String signal) {
        TicketKey key = new TicketKey.RoomSignal("contoso", room, "", signal, "");
        return books.tickets().ticket("contoso", "main", key.id()).orElseThrow();
    }

    @Override
    public void close() {
        closeStore();
        gateways.forEach(ServiceNowGateway::close);
        camel.stop();
        if (serviceNow != null) {
            serviceNow.close();
        }
    }

    private void closeStore() {
        cluster.close();
        database.close();
    }
}
