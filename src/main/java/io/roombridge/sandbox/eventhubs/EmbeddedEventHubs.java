package io.roombridge.sandbox.eventhubs;

import java.util.List;
import java.util.function.Function;

/**
 * An Event Hubs namespace inside this process: an AMQP 1.0 endpoint on loopback that the unmodified Azure SDKs talk to.
 * Events live in memory and are gone after {@link #close()}; a reader that brings a checkpoint from a former life, beyond
 * what the new one has, is refused as the service would refuse it. Built to facts/eventhubs.md §3; faithful as far as clients
 * can see, never compared with the real service.
 *
 * <p>All methods may be called from any thread, until the endpoint is closed.
 */
public final class EmbeddedEventHubs implements AutoCloseable {

    private final Setup setup;
    private final Namespace namespace;
    private final AmqpServer server;
    private final Faults faults;

    private EmbeddedEventHubs(Setup setup) {
        this.setup = setup;
        this.namespace = new Namespace(setup);
        this.server = AmqpServer.start(namespace, setup.port());
        this.faults = new Faults(server, namespace);
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if the port is taken; the message says what to do
     */
    public static EmbeddedEventHubs start(Setup setup) {
        return new EmbeddedEventHubs(setup);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.port();
    }

    /** What the Azure SDKs need to reach a hub. */
    public String connectionString(String hub) {
        String name =
                server.call(() -> Namespace.existing(() -> namespace.hub(hub))).name();
        return "Endpoint=sb://localhost:" + port() + ";SharedAccessKeyName=" + setup.keyName() + ";SharedAccessKey="
                + setup.key() + ";UseDevelopmentEmulator=true;EntityPath=" + name;
    }

    public Faults faults() {
        return faults;
    }

    /** The sequence number of the newest event of a partition; -1 if it never had one. */
    public long lastSequenceNumber(String hub, String partition) {
        return server.call(() -> Namespace.existing(() -> namespace.hub(hub).partition(partition))
                        .end()
                - 1);
    }

    /** How many events a hub has taken in since it started, kept or not. */
    public long total(String hub) {
        return ofHub(
                hub,
                found -> found.partitions().stream().mapToLong(Partition::end).sum());
    }

    /** The events that a hub keeps, partition by partition, in order. */
    public List<StoredEvent> events(String hub) {
        return ofHub(
                hub,
                found -> found.partitions().stream()
                        .flatMap(partition -> partition
                                .events()
                                .map(event -> namespace.codec().describe(partition, event)))
                        .toList());
    }

    /** The events that one partition keeps from a sequence number on, in order. */
    public List<StoredEvent> events(String hub, String partition, long from) {
        return ofHub(hub, found -> {
            Partition wanted = Namespace.existing(() -> found.partition(partition));
            return wanted.eventsFrom(from)
                    .map(event -> namespace.codec().describe(wanted, event))
                    .toList();
        });
    }

    /** The ids of a hub's partitions, in order. */
    public List<String> partitions(String hub) {
        return ofHub(
                hub, found -> found.partitions().stream().map(Partition::id).toList());
    }

    /** Who reads, of all hubs. */
    public List<Subscriber> subscribers() {
        return server.call(
                () -> namespace.readers().map(ReceiveLink::subscriber).toList());
    }

    /** How many clients are connected. An SDK client has several connections. */
    public int connections() {
        return server.call(server::connectionCount);
    }

    /** Drops all connections and frees the port. */
    @Override
    public void close() {
        server.close();
    }

    private <T> T ofHub(String hub, Function<Hub, T> question) {
        return server.call(() -> question.apply(Namespace.existing(() -> namespace.hub(hub))));
    }
}
