package io.roombridge.route;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.FileCopies;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.FileJobs;
import io.roombridge.files.ContentEndpoint;
import io.roombridge.files.ContentHosts;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.PortalContent;
import io.roombridge.files.Spool;
import io.roombridge.portal.PortalEvents;
import io.roombridge.servicenow.Credentials;
import io.roombridge.servicenow.InstanceSettings;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/**
 * A bridge's files in a JVM of their own, so that its heap can be capped: carries a small file in both directions, says
 * what its heap holds then, and carries the large ones.
 */
public final class CarryingChild {

    private static final long LIMIT = 1L << 30;

    private CarryingChild() {}

    /**
     * @param arguments directory, ServiceNow's address, user, password, sys_id of the incident, address of the portal's
     *     contents, size of the large files (0 for none)
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        URI portal = URI.create(arguments[5]);
        long size = Long.parseLong(arguments[6]);
        Clock clock = Clock.systemUTC();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.start();
        FilePolicy policy = new FilePolicy(FilePolicy.Allows.DOCUMENTS_AND_IMAGES, LIMIT, Set.of());
        ContentEndpoint endpoint = new ContentEndpoint(portal.resolve("/in"), Optional.of("token"));
        try (Database database = Database.open(Database.fileIn(directory), "sa", "");
                ServiceNowGateway gateway = new ServiceNowGateway(
                        camel,
                        InstanceSettings.of(
                                "main", URI.create(arguments[1]), new Credentials.Basic(arguments[2], arguments[3])),
                        clock,
                        () -> 0);
                PortalContent content = new PortalContent(
                        new ContentHosts(List.of("127.0.0.1"), false, true),
                        Optional.of(endpoint),
                        Duration.ofMinutes(10))) {
            Jdbi jdbi = Jdbi.create(database.dataSource());
            Cluster cluster = Cluster.alone(jdbi, "child");
            CorrelationStore store = new CorrelationStore(jdbi, cluster.tickets());
            Desk desk = new Desk("main", gateway, arguments[2], List.of(), List.of(), clock);
            CarryFiles carrier = new CarryFiles(
                    store,
                    new FileJobs(jdbi),
                    new FileCopies(jdbi),
                    new Desks(Map.of("*", desk)),
                    Spool.open(directory.resolve("files"), 2 * LIMIT),
                    content,
                    new Commands(true, clock),
                    new FileRules(policy, policy, Duration.ofMinutes(5), 10, Duration.ofMinutes(30)),
                    clock);
            Ticket ticket = ticket(store, gateway, arguments[4]);
            carry(store, jdbi, gateway, carrier, ticket, portal, "small", 1_000_000);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.println("base=" + (runtime.totalMemory() - runtime.freeMemory()));
            if (size > 0) {
                carry(store, jdbi, gateway, carrier, ticket, portal, "large", size);
            }
            carrier.close();
            cluster.close();
        }
        camel.stop();
        System.exit(0);
    }

    private static Ticket ticket(CorrelationStore store, ServiceNowGateway gateway, String incident) {
        Change opened = change(PortalEvent.of("room-12", "Display").opened(1));
        Ticket ticket = Ticket.born(opened, "main", Instant.EPOCH)
                .followedBy(Incidents.made(gateway.read(incident).orElseThrow(), 1, opened.id(), Instant.EPOCH));
        store.commit(new Commit().ticket(ticket));
        return ticket;
    }

    private static Change change(PortalEvent event) {
        return new Decode(new PortalEvents(), new Outcomes(new SimpleMeterRegistry()), Clock.systemUTC())
                .decode(event.bytes(), null, 1, Instant.EPOCH, false, null, null)
                .get(0)
                .change();
    }

    /** One file of the portal, and every file the desk attached whose name says that it is meant. */
    private static void carry(
            CorrelationStore store,
            Jdbi jdbi,
            ServiceNowGateway gateway,
            CarryFiles carrier,
            Ticket ticket,
            URI portal,
            String name,
            long size) {
        PortalEvent event = PortalEvent.of("room-12", "Display")
                .attachment(
                        name,
                        "portal-" + name + ".mp4",
                        "video/mp4",
                        size,
                        "",
                        portal + "/out/" + name + "?size=" + size);
        Outcome accepted = new Outcome.Delivered(Reason.FILE_ACCEPTED);
        Commit commit = new Commit().files(FileOffers.of(change(event), Done.of(ticket, accepted, ""), Instant.now()));
        commit.files(gateway.files().list(List.of(ticket.current().orElseThrow().sysId()), Instant.EPOCH).stream()
                .filter(file -> file.name().equals("desk-" + name + ".mp4"))
                .map(file -> FileOffers.of(ticket, file, Instant.now()))
                .toList());
        store.commit(commit);
        FileJobs jobs = new FileJobs(jdbi);
        Awaitility.await().atMost(Duration.ofMinutes(8)).until(() -> {
            carrier.carry();
            return jobs.of(ticket).stream().allMatch(CarryingChild::ended);
        });
        jobs.of(ticket).forEach(job -> System.out.println(job.offer().name() + "=" + job.state() + " " + job.detail()));
    }

    private static boolean ended(FileJob job) {
        return job.state() == FileJob.State.DONE || job.state() == FileJob.State.REFUSED;
    }
}
