package io.roombridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roombridge.closing.Calendars;
import io.roombridge.config.Settings;
import io.roombridge.conversation.PortalAuthor;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.DeadLetterBook;
import io.roombridge.correlation.Duties;
import io.roombridge.correlation.FirstResponses;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.MappingReleases;
import io.roombridge.correlation.PollCursors;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.correlation.RecentEvents;
import io.roombridge.correlation.Reconciliations;
import io.roombridge.correlation.Recreation;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.StoreLife;
import io.roombridge.eventhubs.PartitionStatus;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.ops.MappingEndpoints;
import io.roombridge.ops.ReconcileEndpoints;
import io.roombridge.ops.StoreEndpoints;
import io.roombridge.play.PlayedBridge;
import io.roombridge.portal.PortalEvents;
import io.roombridge.reconcile.Reconcile;
import io.roombridge.route.Appointments;
import io.roombridge.route.CarryFiles;
import io.roombridge.route.ClosingTexts;
import io.roombridge.route.Commands;
import io.roombridge.route.Desk;
import io.roombridge.route.Desks;
import io.roombridge.route.FirstResponse;
import io.roombridge.route.Gathered;
import io.roombridge.route.InactivityPath;
import io.roombridge.route.OneNode;
import io.roombridge.route.Outcomes;
import io.roombridge.route.PortalText;
import io.roombridge.route.PreviewMappings;
import io.roombridge.route.ReadBeyond;
import io.roombridge.route.ReadPath;
import io.roombridge.route.ReloadMappings;
import io.roombridge.route.Retention;
import io.roombridge.route.WritePath;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.servicenow.SqlSharedLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
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
    private final CorrelationStore store;
    private final Outcomes outcomes;
    private final InactivityPath inactivity;
    private final Appointments appointments;
    private final Gathered gathered;
    private final RoombridgeEventHubsComponent hub;

    /**
     * Starts the bridge.
     *
     * @param clock the time of the world it serves: holds down, ages, closes
     * @param machine the time of the machine it runs on: retries, intents, leases. In production both are the same
     */
    public static Bridge start(Settings settings, Clock clock, Clock machine) {
        return new Bridge(settings, clock, machine);
    }

    // One straight story of the wiring, longer than the house rule: cut up, it would have to be put together in the
    // head.
    private Bridge(Settings settings, Clock clock, Clock machine) {
        try {
            TlsWiring.apply(settings);
            closings.onClose("data directory", DataDirectory.hold(settings.dataDir()));
            Database database = closings.onClose(
                    "database", OpenStore.of(settings, settings.store().patience()));
            Jdbi jdbi = Jdbi.create(database.dataSource());
            // A restart is another node: what the one before it held is not its own.
            String node = UUID.randomUUID().toString();
            Cluster cluster = closings.onClose("cluster", ClusterWiring.member(settings, jdbi));
            Duties duties = closings.onClose("duties", ClusterWiring.duties(settings, jdbi, node));
            store = new CorrelationStore(jdbi, cluster.tickets());
            RoomFactBook facts = new RoomFactBook(jdbi);
            StoreLife life = new StoreLife(jdbi);
            MeterRegistry meters = new SimpleMeterRegistry();
            outcomes = new Outcomes(meters);

            Main camel = new Main();
            camel.configure().withRoutesIncludePattern(routes()).withBasePackageScanEnabled(false);
            camel.configure().withShutdownTimeout(shutdownSeconds(settings));
            camel.addInitialProperty(
                    "roombridge.appointments.interval",
                    Long.toString(settings.recovery().sweep().toMillis()));
            camel.addInitialProperty(
                    "roombridge.files.carry-interval",
                    Long.toString(settings.files().interval().toMillis()));
            camel.addInitialProperty(
                    "roombridge.poll.interval",
                    Long.toString(settings.poll().interval().toMillis()));
            camel.addInitialProperty(
                    "roombridge.mappings.interval",
                    Long.toString(settings.mappings().interval().toMillis()));
            camel.addInitialProperty(
                    "roombridge.closing.interval",
                    Long.toString(settings.closing().interval().toMillis()));
            camel.addInitialProperty(
                    "roombridge.closing.runs",
                    Boolean.toString(settings.closing().mode() != Settings.Closing.Mode.OFF));
            camel.bind("oneNode", new OneNode(duties::of));
            camel.addInitialProperty(
                    "roombridge.reconcile.runs",
                    Boolean.toString(settings.reconcile().runs()));
            camel.addInitialProperty(
                    "roombridge.reconcile.cron", settings.reconcile().cron());
            PortalEvents events = new PortalEvents();
            hub = HubWiring.events(settings, closings, database, events, machine);
            HubWiring.bind(camel, settings, hub);
            camel.init();

            MappingsInForce mappings = new MappingsInForce(MappingWiring.load(settings));
            Desks desks = desks(settings, closings, camel.getCamelContext(), jdbi, node, machine);
            Commands commands = new Commands(settings.portal().commands() == Settings.Portal.Commands.HUB, clock);
            PortalOutbox outbox = new PortalOutbox(jdbi);
            PortalText portalText = new PortalText(
                    mappings,
                    new PortalAuthor(
                            settings.portal().author(), settings.portal().names() == Settings.Portal.Names.DISPLAY),
                    settings.portal().longestMessage());
            WritePath path = new WritePath(
                    store,
                    facts,
                    desks,
                    mappings,
                    events,
                    outbox,
                    commands,
                    portalText,
                    outcomes,
                    life,
                    new DeadLetterBook(jdbi),
                    duties.of("dead-letters"),
                    settings.retry().attempts(),
                    settings.retry().within(),
                    settings.recovery().holdDown(),
                    new ReadBeyond(ClusterWiring.caughtUp(settings, hub), hub::checkpoints, facts, life, clock),
                    clock,
                    machine);
            path.beans().forEach(camel.getCamelContext().getRegistry()::bind);
            ReadPath reading = new ReadPath(
                    store,
                    new HeardEntries(jdbi),
                    new Activities(jdbi),
                    outbox,
                    new PollCursors(jdbi),
                    desks,
                    commands,
                    portalText,
                    path.lookout(),
                    outcomes,
                    life,
                    settings.retry().attempts(),
                    settings.retry().within(),
                    settings.poll().lag(),
                    settings.poll().sweep(),
                    clock,
                    machine);
            reading.beans().forEach(camel.getCamelContext().getRegistry()::bind);
            gathered = path.gathered();
            inactivity = new InactivityPath(
                    store,
                    new ClosingBook(jdbi),
                    new Activities(jdbi),
                    new HeardEntries(jdbi),
                    facts,
                    outbox,
                    desks,
                    commands,
                    new ClosingTexts(mappings, settings.portal().author()),
                    events,
                    new Calendars(),
                    hub::checkpoints,
                    duties.of("inactivity"),
                    ClosingWiring.rules(settings, life, clock),
                    meters,
                    clock,
                    machine);
            inactivity.beans().forEach(camel.getCamelContext().getRegistry()::bind);
            camel.getCamelContext()
                    .getRegistry()
                    .bind("firstResponse", new FirstResponse(new FirstResponses(jdbi), meters, clock));
            appointments = path.appointments();
            ReloadMappings reload = new ReloadMappings(
                    MappingWiring.folder(settings),
                    mappings,
                    new MappingReleases(jdbi),
                    new RecentEvents(jdbi),
                    machine);
            camel.getCamelContext().getRegistry().bind("reloadMappings", reload);
            Settings.Store kept = settings.store();
            camel.getCamelContext()
                    .getRegistry()
                    .bind("retention", new Retention(store, outbox, kept.keepHistory(), kept.keepOutcomes(), clock));
            CarryFiles files = FileWiring.of(settings, closings, store, jdbi, desks, commands, machine);
            camel.getCamelContext().getRegistry().bind("carryFiles", files);
            Reconcile reconcile = new Reconcile(
                    store,
                    new HeardEntries(jdbi),
                    new Reconciliations(jdbi),
                    new Recreation(jdbi),
                    desks,
                    reading.hear()::hear,
                    commands,
                    settings.reconcile().snapshots(),
                    clock);
            camel.getCamelContext().getRegistry().bind("reconcile", reconcile);
            closings.onClose("routes", camel::stop);
            closings.onClose("files", files);
            camel.start();
            ManagementWiring.listen(
                    settings,
                    closings,
                    Stream.of(
                                    StoreEndpoints.of(jdbi, clock),
                                    ReconcileEndpoints.of(reconcile),
                                    MappingEndpoints.of(
                                            reload, new PreviewMappings(mappings, new RecentEvents(jdbi), desks)))
                            .flatMap(List::stream)
                            .toList(),
                    machine);
        } catch (RuntimeException e) {
            closings.close(e);
            throw e;
        } catch (Exception e) {
            closings.close(e);
            throw new IllegalStateException("the bridge could not start: " + e.getMessage(), e);
        }
        LOG.atInfo().addKeyValue("mode", settings.mode().orElseThrow()).log("the bridge is running");
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
        return store;
    }

    /** Keeps the appointments that are due by the clock now; what the schedule does too. */
    @Override
    public int keepAppointments() {
        return appointments.keep();
    }

    /** Writes what automation said two minutes ago by the clock now; what the schedule does too. */
    @Override
    public int writeGathered() {
        return gathered.write();
    }

    /** Warns and closes what is due by the clock now; what the schedule does too. */
    public int closeInactive() {
        return inactivity.inactivity().look();
    }

    @Override
    public void close() {
        closings.close(null);
    }

    /** Routes of the working directory (or ROOMBRIDGE_HOME) take precedence over those inside the jar. */
    private static String routes() {
        Path own = Home.resolve(Path.of("routes"));
        return Files.isDirectory(own) ? "file:" + own + "/*.camel.yaml" : "classpath:routes/*.camel.yaml";
    }

    private static int shutdownSeconds(Settings settings) {
        return Math.toIntExact(settings.hub().drain().toSeconds()) + 5;
    }

    /** The instances of the settings, each with a gateway of its own that is closed with the rest. */
    static Desks desks(
            Settings settings, Closings closings, CamelContext camel, Jdbi jdbi, String node, Clock machine) {
        Map<String, Desk> byTenant = new HashMap<>();
        settings.instances().forEach((name, instance) -> {
            ServiceNowGateway gateway = closings.onClose(
                    "instance " + name,
                    new ServiceNowGateway(
                            camel,
                            InstanceWiring.of(name, instance),
                            machine,
                            () -> ThreadLocalRandom.current().nextDouble(),
                            new SqlSharedLimits(jdbi, InstanceWiring.of(name, instance), node)));
            Desk desk = new Desk(
                    name,
                    gateway,
                    instance.user().orElseThrow(),
                    instance.closeCodes(),
                    instance.quietCloseCodes(),
                    machine);
            instance.tenants().forEach(tenant -> byTenant.put(tenant.toLowerCase(Locale.ROOT), desk));
        });
        return new Desks(byTenant);
    }
}
