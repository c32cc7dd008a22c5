package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventProcessorClient;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import com.azure.messaging.eventhubs.LoadBalancingStrategy;
import com.azure.messaging.eventhubs.models.CloseContext;
import com.azure.messaging.eventhubs.models.CloseReason;
import com.azure.messaging.eventhubs.models.ErrorContext;
import com.azure.messaging.eventhubs.models.EventContext;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.LastEnqueuedEventProperties;
import com.azure.messaging.eventhubs.models.PartitionContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One started processor client of the SDK and a {@link PartitionReader} for each partition it owns.
 *
 * <p>Its stopping flag is never reset: a pump thread of the SDK can outlive the stop, and must find it set even when the
 * consumer has been started again, which makes a new object of this class (facts/eventhubs.md, section 7.2).
 */
final class HubReading {

    private static final Logger LOG = LoggerFactory.getLogger(HubReading.class);

    /** Two, so that a slow checkpoint of one partition does not hold up the retries of the others. */
    private static final int TIMER_THREADS = 2;

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ReadingSettings settings;
    private final ReadingListener listener;
    private final BiConsumer<String, Throwable> errors;
    private final Leases leases;
    private final ScheduledThreadPoolExecutor timer;
    private final PartitionReader.Shared<EventData> shared;
    private final OrderKeys orderKeys;

    /** The last reader of each partition, open or closed, by partition id. */
    private final Map<String, PartitionReader<EventData>> readers;

    /**
     * The reader of each pump of the SDK, which makes one context object a pump. An old pump can report its end when the
     * partition has a new one already, and must not end that one's reader.
     */
    private final Map<PartitionContext, PartitionReader<EventData>> pumps = new ConcurrentHashMap<>();

    private final EventProcessorClient client;
    private volatile boolean stopping;

    /**
     * What a reading needs from the component and the consumer.
     *
     * @param retries empty: the machine's own time
     * @param errors hears of faults of the connection
     */
    record Parts(
            ReadingSettings settings,
            OrderKeys orderKeys,
            Attempt<EventData> attempt,
            ReadingListener listener,
            Optional<RetryTimer> retries,
            Clock clock,
            BiConsumer<String, Throwable> errors) {}

    /**
     * @param builder has the connection, the consumer group and the transport already
     * @param startAt where a partition without a checkpoint begins; partitions that are not in it begin at the earliest event
     * @param before the readers of the reading before this one, whose last attempts may still run
     */
    HubReading(
            EventProcessorClientBuilder builder,
            CheckpointStore store,
            Map<String, EventPosition> startAt,
            Parts parts,
            Map<String, PartitionReader<EventData>> before) {
        this.settings = parts.settings();
        this.listener = parts.listener();
        this.errors = parts.errors();
        this.leases = new Leases(store, settings.ownershipExpiry(), System::nanoTime, this::taken);
        this.timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, new DaemonThreads("hub-timer"));
        this.orderKeys = parts.orderKeys();
        this.shared = new PartitionReader.Shared<>(
                settings,
                parts.attempt(),
                listener,
                parts.retries().orElse(this::wakeAfter),
                parts.clock(),
                new Random(settings.jitterSeed()));
        this.readers = new ConcurrentHashMap<>(before);
        this.client = builder.checkpointStore(leases)
                .initialPartitionEventPosition(
                        partition -> Optional.ofNullable(startAt.get(partition)).orElseGet(EventPosition::earliest))
                .loadBalancingUpdateInterval(settings.loadBalancingInterval())
                .partitionOwnershipExpirationInterval(settings.ownershipExpiry())
                // All partitions of a dead reader at once; the other strategy claims one in each interval.
                .loadBalancingStrategy(LoadBalancingStrategy.GREEDY)
                .prefetchCount(settings.prefetch())
                .trackLastEnqueuedEventProperties(true)
                .processPartitionInitialization(context -> opened(context.getPartitionContext()))
                .processEvent(this::delivered)
                .processError(this::troubled)
                .processPartitionClose(this::closed)
                .buildEventProcessorClient();
    }

    void start() {
        long within = settings.checkpointWithin().toMillis();
        timer.scheduleWithFixedDelay(this::flush, within, within, TimeUnit.MILLISECONDS);
        client.start();
    }

    /**
     * Stops in the order of facts/eventhubs.md, section 7.2: refuse, wait for what runs, checkpoint, and only then let go of
     * the partitions, because the client's own stop does not wait.
     */
    void stop() {
        stopping = true;
        readers.values().forEach(PartitionReader::refuse);
        long end = System.nanoTime() + settings.drain().toNanos();
        for (PartitionReader<?> reader : readers.values()) {
            if (!reader.awaitIdle(Duration.ofNanos(end - System.nanoTime()))) {
                LOG.atWarn()
                        .addKeyValue("partition", reader.partition())
                        .log("an attempt did not end in time; its event comes again after the next start");
            }
            reader.flush();
        }
        letGo();
        readers.values().forEach(reader -> lose(reader, "reading stopped"));
        pumps.clear();
        timer.shutdownNow();
    }

    /**
     * The client gives its partitions back at once, and then waits up to ten seconds for pumps that close themselves from
     * their own thread (facts/eventhubs.md, section 5, pitfall 2). Nothing depends on that wait, so it is left to a daemon.
     */
    private void letGo() {
        Thread goodbye = new DaemonThreads("hub-goodbye").newThread(client::stop);
        goodbye.start();
        try {
            goodbye.join(GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The partitions that are read here now, not those that were lost. */
    List<PartitionStatus> status() {
        return readers.values().stream()
                .filter(PartitionReader::open)
                .map(PartitionReader::status)
                .toList();
    }

    Map<String, PartitionReader<EventData>> readers() {
        return readers;
    }

    private void opened(PartitionContext context) {
        HubPartition partition = new HubPartition(
                context.getFullyQualifiedNamespace(),
                context.getEventHubName(),
                context.getConsumerGroup(),
                context.getPartitionId());
        Optional<PartitionReader<EventData>> before = Optional.ofNullable(readers.get(partition.id()));
        before.ifPresent(reader -> lose(reader, "it is opened again"));
        PartitionReader<EventData> reader = new PartitionReader<>(partition, shared, leases.of(partition), before);
        pumps.put(context, reader);
        readers.put(partition.id(), reader);
        LOG.atInfo().addKeyValue("partition", partition).log("a partition is read here from now on");
        listener.gained(partition);
    }

    /** While stopping, events are passed over without an error: no later one can be checkpointed any more. */
    private void delivered(EventContext context) {
        if (stopping) {
            return;
        }
        try {
            EventData event = context.getEventData();
            Set<String> keys = keysOf(event);
            pumps.get(context.getPartitionContext())
                    .deliver(
                            event.getSequenceNumber(),
                            event.getOffsetString(),
                            keys,
                            orderKeys.holder(keys),
                            event,
                            lastEnqueued(context));
        } catch (RefusedDelivery e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    private Set<String> keysOf(EventData event) {
        try {
            return orderKeys.of(event);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("sequence", event.getSequenceNumber())
                    .setCause(e)
                    .log("the order of an event could not be told; it is ordered by its partition key");
            return OrderKeys.partitionKey().of(event);
        }
    }

    private static OptionalLong lastEnqueued(EventContext context) {
        LastEnqueuedEventProperties hub = context.getLastEnqueuedEventProperties();
        return hub == null || hub.getSequenceNumber() == null
                ? OptionalLong.empty()
                : OptionalLong.of(hub.getSequenceNumber());
    }

    private void closed(CloseContext context) {
        Optional.ofNullable(pumps.remove(context.getPartitionContext())).ifPresent(reader -> {
            if (context.getCloseReason() == CloseReason.EVENT_PROCESSOR_SHUTDOWN) {
                reader.flush();
            }
            lose(reader, context.getCloseReason().toString());
        });
    }

    private void taken(String partitionId) {
        Optional.ofNullable(readers.get(partitionId)).ifPresent(reader -> lose(reader, "another process owns it"));
    }

    private void lose(PartitionReader<?> reader, String why) {
        if (!reader.close()) {
            return;
        }
        LOG.atLevel(stopping ? Level.INFO : Level.WARN)
                .addKeyValue("partition", reader.partition())
                .addKeyValue("why", why)
                .log("a partition is no longer read here; what is unfinished comes again to its next reader");
        listener.lost(reader.partition(), why);
    }

    private void troubled(ErrorContext context) {
        if (!stopping) {
            listener.troubled(context.getThrowable());
            errors.accept(
                    "Reading partition " + context.getPartitionContext().getPartitionId() + " of hub "
                            + context.getPartitionContext().getEventHubName() + " failed; it is tried again",
                    context.getThrowable());
        }
    }

    private void wakeAfter(Duration rest, Runnable wake) {
        timer.schedule(wake, rest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing may escape: the timer would never flush again. */
    private void flush() {
        try {
            readers.values().forEach(PartitionReader::flush);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("writing checkpoints failed; it is tried again");
        }
    }
}
