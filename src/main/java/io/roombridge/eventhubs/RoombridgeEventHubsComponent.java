package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.EventData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.component.azure.eventhubs.EventHubsComponent;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.EventHubsEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's Azure Event Hubs component with an at-least-once consumer; bound in the registry under {@code azure-eventhubs} it
 * takes the place of the stock component, with the same options and the same producer.
 *
 * <p>The stock options {@code prefetchCount}, {@code checkpointBatchSize} and {@code checkpointBatchTimeout} take their
 * defaults from {@link ReadingSettings} and may be set for a single endpoint as usual. {@code eventPosition} defaults to the
 * earliest event. Credentials are never taken from the registry by type: a stray bean would silently change how the bridge
 * signs in (facts/eventhubs.md, section 5, pitfall 5).
 */
@Component("azure-eventhubs")
public final class RoombridgeEventHubsComponent extends EventHubsComponent {

    /** The header of a read event with the number of the attempt, an {@code int} from 1. */
    public static final String ATTEMPT = "RoombridgeAttempt";

    /** The header of a read event with the {@link Instant} at which its first attempt in this process began. */
    public static final String FIRST_ATTEMPT_AT = "RoombridgeFirstAttemptAt";

    /** The header of a read event that is true when its holder has more than its half of the window. */
    public static final String CROWDED = "RoombridgeCrowded";

    private final ReadingSettings settings;
    private final OrderKeys orderKeys;
    private final ReadingListener listener;
    private final Clock clock;
    private final Set<AtLeastOnceConsumer> readingNow = ConcurrentHashMap.newKeySet();
    private Optional<RetryTimer> retries = Optional.empty();
    private HubTransport transport = HubTransport.PLAIN;
    private Function<EventData, Optional<String>> traceparent = event -> Optional.empty();

    /** @param clock tells the time of first attempts; waits are measured on the machine's own time */
    public RoombridgeEventHubsComponent(
            ReadingSettings settings, OrderKeys orderKeys, ReadingListener listener, Clock clock) {
        this.settings = settings;
        this.orderKeys = orderKeys;
        this.listener = listener;
        this.clock = clock;
        setAutowiredEnabled(false);
        getConfiguration().setPrefetchCount(settings.prefetch());
        getConfiguration().setCheckpointBatchSize(settings.checkpointEvery());
        getConfiguration()
                .setCheckpointBatchTimeout(
                        Math.toIntExact(settings.checkpointWithin().toMillis()));
    }

    /** For simulations: who wakes the deliveries that rest. Without it they rest by the machine's own time. */
    public void retryTimer(RetryTimer timer) {
        retries = Optional.of(timer);
    }

    /** Before the start; for reading. Camel's own producer is given a client that has it already. */
    public void transport(HubTransport way) {
        transport = way;
        getConfiguration().setAmqpTransportType(way.type());
    }

    /** Before the start; which trace an event continues, as the header {@code traceparent} has it. */
    public void traces(Function<EventData, Optional<String>> parents) {
        traceparent = parents;
    }

    Optional<String> traceparent(EventData event) {
        return traceparent.apply(event);
    }

    HubTransport transport() {
        return transport;
    }

    /** How far every partition is read that this process owns, over all endpoints of the component. */
    public List<PartitionStatus> status() {
        return readingNow.stream()
                .flatMap(consumer -> consumer.status().stream())
                .toList();
    }

    /**
     * The checkpoint of every partition of the hub that is read here, whoever reads it; empty for a partition without one,
     * an empty map while nothing is read.
     *
     * @throws RuntimeException when the hub or the store of checkpoints does not answer
     */
    public Map<String, OptionalLong> checkpoints() {
        return readingNow.stream()
                .flatMap(consumer -> consumer.hub().checkpoints().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * How many events of each partition of the hub lie beyond its checkpoint, whoever reads it; an empty map while nothing
     * is read here.
     *
     * @throws RuntimeException as {@link #checkpoints}
     */
    public Map<String, Long> lag() {
        return readingNow.stream()
                .flatMap(consumer -> consumer.hub().lag().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Whether all readers together have finished what the hub held when this was asked the last time.
     *
     * @throws RuntimeException as {@link #checkpoints}
     */
    public boolean finishedWhatItHeld() {
        return !readingNow.isEmpty() && readingNow.stream().allMatch(AtLeastOnceConsumer::finishedWhatItHeld);
    }

    /**
     * The stock component decides about the configuration; then an endpoint of our own is made from it. The options are
     * bound a second time because some of them belong to the endpoint object and would stay on the one thrown away.
     */
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Map<String, Object> again = new HashMap<>(parameters);
        EventHubsEndpoint stock = (EventHubsEndpoint) super.createEndpoint(uri, remaining, parameters);
        EventHubsConfiguration configuration = stock.getConfiguration();
        HubConnection.refuseRemoteEmulator(configuration);
        RoombridgeEventHubsEndpoint endpoint = new RoombridgeEventHubsEndpoint(uri, this, configuration);
        setProperties(endpoint, again);
        return endpoint;
    }

    HubReading.Parts parts(
            EventHubsConfiguration configuration, Attempt<EventData> attempt, BiConsumer<String, Throwable> errors) {
        ReadingSettings own = settings.with(
                configuration.getPrefetchCount(),
                configuration.getCheckpointBatchSize(),
                Duration.ofMillis(configuration.getCheckpointBatchTimeout()));
        return new HubReading.Parts(own, orderKeys, attempt, listener, retries, clock, errors);
    }

    void reading(AtLeastOnceConsumer consumer) {
        readingNow.add(consumer);
    }

    void notReading(AtLeastOnceConsumer consumer) {
        readingNow.remove(consumer);
    }
}
