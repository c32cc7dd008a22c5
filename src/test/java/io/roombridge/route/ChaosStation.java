package io.roombridge.route;

import io.roombridge.closing.Calendars;
import io.roombridge.correlation.Database;
import io.roombridge.files.PortalContent;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.portal.PortalEvents;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.servicenow.Credentials;
import io.roombridge.servicenow.InstanceSettings;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.servicenow.WithoutSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.Jdbi;

/**
 * What is too dear to be made for each scenario, and is therefore used by thousands: an instance of ServiceNow, the
 * clients of two nodes, the portal's contents, a database in memory. {@link #clear} leaves nothing of the scenario before.
 */
final class ChaosStation implements AutoCloseable {

    static final int NODES = 2;

    /** Every scenario begins at the same time of another day: clocks and what learned from them only go forward. */
    private static final Duration APART = Duration.ofDays(3);

    final JumpingClock truth = new JumpingClock(Instant.parse("2026-06-01T08:00:00Z"));
    final List<ChaosClock> machines = List.of(new ChaosClock(truth), new ChaosClock(truth));
    final EmbeddedServiceNow serviceNow =
            EmbeddedServiceNow.start(Setup.defaults().withClock(truth));
    final MappingsInForce mappings = new MappingsInForce(MappingVersion.shipped());
    final PortalEvents events = new PortalEvents();
    final Calendars calendars = new Calendars();
    final ContentServer contents;
    final PortalContent content;
    final Path directory;
    private final List<CamelContext> camels = new ArrayList<>();
    private final List<ServiceNowGateway> gateways = new ArrayList<>();
    private final Database database;
    private final List<MortalDataSource> stores = new ArrayList<>();

    /** For life, because a new one parses every statement anew. */
    private final List<Jdbi> jdbis = new ArrayList<>();

    private final Jdbi jdbi;
    private final List<String> tables;
    private Instant start = truth.instant();

    ChaosStation(Path directory) {
        this.directory = directory;
        try {
            contents = new ContentServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        content = FilesBench.content(contents);
        WithoutSocket.serve(serviceNow);
        database =
                Database.open("jdbc:h2:mem:chaos-" + System.identityHashCode(this) + ";QUERY_CACHE_SIZE=300", "sa", "");
        jdbi = Jdbi.create(database.dataSource());
        tables = jdbi.withHandle(handle -> handle.createQuery(
                        "select table_name from information_schema.tables where table_schema = 'PUBLIC'"
                                + " and lower(table_name) not like 'flyway%'")
                .mapTo(String.class)
                .list());
        for (int node = 0; node < NODES; node++) {
            stores.add(new MortalDataSource(database.dataSource()));
            jdbis.add(Jdbi.create(stores.get(node)));
            CamelContext camel = new DefaultCamelContext();
            camel.start();
            camels.add(camel);
            gateways.add(new ServiceNowGateway(
                    camel,
                    InstanceSettings.of("main", serviceNow.url(), credentials(node)),
                    machines.get(node),
                    () -> 0.5));
        }
    }

    /** One node logs in with every call, the other with a token. */
    private Credentials credentials(int node) {
        var account = serviceNow.accounts().integration();
        var client = serviceNow.accounts().oauthClient();
        return node == 0
                ? new Credentials.Basic(account.name(), account.password())
                : new Credentials.ClientCredentials(client.name(), client.password(), "");
    }

    void clear() {
        start = start.plus(APART);
        while (start.isBefore(truth.instant())) {
            start = start.plus(APART);
        }
        truth.advance(Duration.between(truth.instant(), start));
        machines.forEach(machine -> machine.wrongBy(Duration.ZERO));
        serviceNow.startOver(1);
        contents.contents().clear();
        jdbi.useHandle(
                handle -> tables.forEach(table -> handle.execute("truncate table " + table + " restart identity")));
    }

    ServiceNowGateway gateway(int node) {
        return gateways.get(node);
    }

    /** The way of a node to the store. */
    MortalDataSource store(int node) {
        return stores.get(node);
    }

    Jdbi jdbi(int node) {
        return jdbis.get(node);
    }

    /** For whoever looks from outside. */
    Jdbi jdbi() {
        return jdbi;
    }

    String integrationUser() {
        return serviceNow.accounts().integration().name();
    }

    @Override
    public void close() {
        gateways.forEach(ServiceNowGateway::close);
        camels.forEach(CamelContext::stop);
        content.close();
        contents.close();
        serviceNow.close();
        database.close();
    }
}
