package io.roombridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.roombridge.closing.Calendars;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Activation;
import io.roombridge.correlation.Books;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.Duties;
import io.roombridge.correlation.HourlyCounts;
import io.roombridge.correlation.Inbox;
import io.roombridge.correlation.StoreLife;
import io.roombridge.eventhubs.InboxReading;
import io.roombridge.eventhubs.PartitionStatus;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.mapping.LastMappings;
import io.roombridge.ops.AdoptionEndpoints;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.MappingEndpoints;
import io.roombridge.ops.ReconcileEndpoints;
import io.roombridge.play.PlayedBridge;
import io.roombridge.portal.PortalEvents;
import io.roombridge.reconcile.Reconcile;
import io.roombridge.route.CarryFiles;
import io.roombridge.route.Clocks;
import io.roombridge.route.ClosingTexts;
import io.roombridge.route.FirstResponse;
import io.roombridge.route.InactivityPath;
import io.roombridge.route.InboxProgress;
import io.roombridge.route.Outcomes;
import io.roombridge.route.PlanAdoption;
import io.roombridge.route.PreviewMappings;
import io.roombridge.route.ReadBeyond;
import io.roombridge.route.ReadPath;
import io.roombridge.route.ReloadMappings;
import io.roombridge.route.Retention;
import io.roombridge.route.Sides;
import io.roombridge.route.Tries;
import io.roombridge.route.WritePath;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: the one place that wires, starts and stops. What is opened is closed in the reverse order, and a start that
 * fails closes what it had opened.
 */
public final class Bridge implements AutoCloseable, PlayedBridge {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final Closings closings = new Closings();
    private final Books books;
    private final Outcomes outcomes;
    private final WritePath writing;
    private final InactivityPath inactivity;
    private final RoombridgeEventHubsComponent hub;

    /**
     * Starts the bridge.
     *
     * @param clock the time of the world it serves: holds down, ages, closes
     * @param machine the time of the machine it runs on: retries, intents, leases. In production both are the same
     */
    public static Bridge start(Settings settings, Clock clock, Clock machine) {
        return start(settings, clock, machine, TraceWiring::otlp);
    }

    /** @param exporters where traces go, by the endpoint of the settings */
    static Bridge start(Settings settings, Clock clock, Clock machine, Function<String, SpanExporter> exporters) {
        return new Bridge(settings, new Clocks(clock, machine), exporters);
    }

    // One straight story of the wiring, longer than the house rule: cut up, it would have to be put together in the
    // head.
    private Bridge(Settings settings, Clocks clocks, Function<String, SpanExporter> exporters) {
        try {
            TlsWiring.apply(settings);
            closings.onClose("data directory", DataDirectory.hold(settings.dataDir()));
            Database database = closings.onClose(
                    "database", OpenStore.of(settings, settings.store().patience()));
            Jdbi jdbi = Jdbi.create(database.dataSource());
            closings.onClose(
                    "store watch", StoreWatch.begin(settings.dataDir(), new StoreLife(jdbi), clocks.machine()));
            // A restart is another node: what the one before it held is not its own.
            String node = UUID.randomUUID().toString();
            Cluster cluster = closings.onClose("cluster", ClusterWiring.member(settings, jdbi));
            Duties duties = closings.onClose("duties", ClusterWiring.duties(settings, jdbi, node));
            books = Books.of(jdbi, cluster.tickets());
            Inbox inbox = new Inbox(jdbi, settings.hooks().capacity());
            HourlyCounts counts = closings.onClose("hourly counts", new HourlyCounts(jdbi, clocks.world()));
            Observation seen = new Observation(settings, closings, counts, clocks.machine());
            MeterRegistry meters = seen.meters();
            outcomes = seen.outcomes();

            TraceWiring traces = new TraceWiring(settings, closings, exporters);
            Main camel = RoutesWiring.prepare(settings);
            seen.bind(camel, duties);
            PortalEvents events = new PortalEvents();
            hub = HubWiring.events(settings, closings, database, events, seen.hub(), clocks.machine());
            HubWiring.bind(camel, settings, hub);
            camel.init();
            traces.bind(camel, hub, events, jdbi);

            Registry beans = camel.getCamelContext().getRegistry();
            Sides sides = SidesWiring.of(
                    settings,
                    closings,
                    camel.getCamelContext(),
                    events,
                    jdbi,
                    node,
                    seen.calls(),
                    traces.tracing(),
                    clocks);
            new GoingLive(books.life(), new Activation(jdbi), books.audit())
                    .begin(
                            settings,
                            sides.desks(),
                            sides.commands(),
                            clocks.world().instant());
            writing = new WritePath(
                    books,
                    sides,
                    outcomes,
                    duties.of("dead-letters"),
                    tries(settings),
                    settings.recovery().holdDown(),
                    readBeyond(inbox, clocks),
                    clocks);
            writing.beans().forEach(beans::bind);
            ReadPath reading = new ReadPath(
                    books,
                    sides,
                    writing.lookout(),
                    outcomes,
                    tries(settings),
                    settings.poll().lag(),
                    settings.poll().sweep(),
                    clocks);
            reading.beans().forEach(beans::bind);
            inactivity = new InactivityPath(
                    books,
                    sides,
                    new ClosingTexts(sides.mappings(), settings.portal().author()),
                    new Calendars(),
                    HooksWiring.progress(settings, hub::checkpoints, inbox),
                    duties.of("inactivity"),
                    ClosingWiring.rules(settings, books.life(), clocks.world()),
                    meters,
                    clocks);
            inactivity.beans().forEach(beans::bind);
            beans.bind("firstResponse", new FirstResponse(books.responses(), meters, clocks.world()));
            ReloadMappings reload = new ReloadMappings(
                    MappingWiring.folder(settings),
                    sides.mappings(),
                    books.releases(),
                    books.recent(),
                    new LastMappings(settings.dataDir()),
                    clocks.machine());
            reload.activate(Optional.empty());
            beans.bind("reloadMappings", reload);
            Settings.Store kept = settings.store();
            beans.bind(
                    "retention", new Retention(books.purge(), kept.keepHistory(), kept.keepOutcomes(), clocks.world()));
            CarryFiles files = FileWiring.of(settings, closings, books, sides, clocks.machine());
            beans.bind("carryFiles", files);
            Reconcile reconcile = new Reconcile(
                    books,
                    sides.desks(),
                    reading.hear()::hear,
                    sides.commands(),
                    settings.reconcile().snapshots(),
                    clocks.world());
            beans.bind("reconcile", reconcile);
            WatchWiring.bind(beans, settings, sides.desks(), jdbi, clocks);
            seen.watch(camel.getCamelContext(), hub, sides.desks(), jdbi, cluster, duties, clocks.world());
            closings.onClose("routes", camel::stop);
            closings.onClose("files", files);
            camel.start();
            InboxReading posted = HooksWiring.read(
                    settings,
                    closings,
                    inbox,
                    writing,
                    duties.of(HooksWiring.DUTY),
                    new RoomOrder(events, settings.instances()),
                    seen.inbox(),
                    clocks.machine());
            HooksWiring.listen(settings, closings, events, inbox, posted, meters, clocks.machine())
                    .ifPresent(hooks -> seen.watch(hooks::check));
            ManagementWiring.listen(
                    settings,
                    closings,
                    Stream.of(
                                    seen.endpoints(),
                                    ClosingWiring.endpoints(settings, jdbi, clocks.world()),
                                    Settings.Mode.writes(settings)
                                            ? ReconcileEndpoints.of(reconcile)
                                            : List.<Endpoint>of(),
                                    AdoptionEndpoints.of(new PlanAdoption(
                                            books.adoptions(),
                                            sides.desks(),
                                            InstanceWiring.adoptionQueries(settings),
                                            Settings.Mode.writes(settings),
                                            clocks.world())),
                                    MappingEndpoints.of(
                                            reload,
                                            new PreviewMappings(sides.mappings(), books.recent(), sides.desks())))
                            .flatMap(List::stream)
                            .toList(),
                    clocks.machine());
        } catch (RuntimeException e) {
            closings.close(e);
            throw e;
        } catch (Exception e) {
            closings.close(e);
            throw new IllegalStateException("the bridge could not start: " + e.getMessage(), e);
        }
        LOG.atInfo().addKeyValue("mode", settings.mode().orElseThrow()).log("the bridge is running");
    }

    private static Tries tries(Settings settings) {
        return new Tries(settings.retry().attempts(), settings.retry().within());
    }

    private ReadBeyond readBeyond(Inbox inbox, Clocks clocks) {
        return new ReadBeyond(
                ClusterWiring.caughtUp(hub, new InboxProgress(inbox)),
                hub::checkpoints,
                books.facts(),
                books.life(),
                clocks.world());
    }

    /** How far each partition is read. */
    @Override
    public List<PartitionStatus> reading() {
        return hub.status();
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public CorrelationStore store() {
        return books.tickets();
    }

    /** Keeps the appointments that are due by the clock now; what the schedule does too. */
    @Override
    public int keepAppointments() {
        return writing.keepAppointments();
    }

    /** Writes what automation said two minutes ago by the clock now; what the schedule does too. */
    @Override
    public int writeGathered() {
        return writing.gathered().write();
    }

    /** Warns and closes what is due by the clock now; what the schedule does too. */
    public int closeInactive() {
        return inactivity.inactivity().look();
    }

    @Override
    public void close() {
        closings.close(null);
    }
}
