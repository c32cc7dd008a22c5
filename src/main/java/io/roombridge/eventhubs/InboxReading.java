package io.roombridge.eventhubs;

import io.roombridge.correlation.Duty;
import io.roombridge.correlation.Inbox;
import io.roombridge.correlation.Inbox.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the inbox as a partition of the hub is read: at least once, in order by key, several keys at a time, failed events
 * again for ever. One node does it; it begins at the oldest row, and what is finished is deleted.
 */
public final class InboxReading implements AutoCloseable {

    /** The inbox among the partitions: in metrics, and where heartbeats are kept. */
    public static final String PARTITION = "inbox";

    private static final Logger LOG = LoggerFactory.getLogger(InboxReading.class);
    private static final int PAGE = 100;

    /** Another node may have stored an event, and it wakes nobody here. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final Duty duty;
    private final ReadingSettings settings;
    private final OrderKeys order;
    private final ReadingListener listener;
    private final PartitionReader.Shared<Row> shared;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("inbox-timer"));
    private final Semaphore arrivals = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /** Written by the reading thread, read by the timer and the stop. */
    private volatile Optional<PartitionReader<Row>> reader = Optional.empty();

    /** What an event goes through; throws when it has to be presented again. */
    @FunctionalInterface
    public interface Way {

        /**
         * @param number the how-manieth attempt this is, from 1
         * @param firstAt when the first one began
         * @param crowded whether others wait behind the holder of the event
         */
        void take(Row row, int number, Instant firstAt, boolean crowded);
    }

    private InboxReading(
            Inbox inbox,
            Duty duty,
            ReadingSettings settings,
            OrderKeys order,
            Way way,
            ReadingListener listener,
            Clock machine) {
        this.order = order;
        this.inbox = inbox;
        this.duty = duty;
        this.settings = settings;
        this.listener = listener;
        this.shared = new PartitionReader.Shared<>(
                settings,
                (partition, row, number, firstAt, crowded) -> {
                    way.take(inbox.current(row), number, firstAt, crowded);
                    return Optional.empty();
                },
                listener,
                (rest, wake) -> timer.schedule(wake, rest.toMillis(), TimeUnit.MILLISECONDS),
                machine,
                new Random(settings.jitterSeed()));
        this.thread = new DaemonThreads("inbox").newThread(this::read);
    }

    /**
     * @param duty of the one node that reads
     * @param order tells who holds the events of a key, as of those in the hub
     */
    public static InboxReading start(
            Inbox inbox,
            Duty duty,
            ReadingSettings settings,
            OrderKeys order,
            Way way,
            ReadingListener listener,
            Clock machine) {
        InboxReading reading = new InboxReading(inbox, duty, settings, order, way, listener, machine);
        long within = settings.checkpointWithin().toMillis();
        reading.timer.scheduleWithFixedDelay(
                () -> reading.reader.ifPresent(PartitionReader::flush), within, within, TimeUnit.MILLISECONDS);
        reading.thread.start();
        return reading;
    }

    /** An event was stored here: it need not wait for the next look. */
    public void arrived() {
        arrivals.release();
    }

    private void read() {
        while (!stopping) {
            try {
                duty.fence().ifPresentOrElse(this::readUnder, () -> rest(LOOK_AGAIN));
            } catch (RefusedDelivery elsewhere) {
                LOG.atDebug().log("the inbox is read elsewhere");
            } catch (RuntimeException e) {
                listener.troubled(e);
                LOG.atWarn().addKeyValue("why", e.getMessage()).log("the inbox could not be read; it is tried again");
                rest(LOOK_AGAIN);
            }
        }
    }

    private void readUnder(long fence) {
        PartitionReader<Row> current = open(fence);
        try {
            long last = 0;
            while (!stopping && holds(fence)) {
                List<Row> rows = inbox.after(last, PAGE);
                for (Row row : rows) {
                    Set<String> keys = row.event().orderKey().map(Set::of).orElse(Set.of());
                    current.deliver(
                            row.position(),
                            Long.toString(row.position()),
                            keys,
                            order.holder(keys),
                            row,
                            OptionalLong.empty());
                    last = row.position();
                }
                if (rows.size() < PAGE) {
                    rest(LOOK_AGAIN);
                }
            }
        } finally {
            if (!stopping) {
                lose(current, "it is read elsewhere, or anew");
            }
        }
    }

    /** What the reader before it still runs is waited for, so that order by key holds. */
    private PartitionReader<Row> open(long fence) {
        Claim claim = new Claim() {
            @Override
            public boolean held() {
                return holds(fence);
            }

            @Override
            public OptionalLong checkpointed() {
                return OptionalLong.empty();
            }

            @Override
            public void checkpoint(Position covered) {
                inbox.finished(covered.sequence());
            }
        };
        HubPartition partition = new HubPartition("local", "hooks", "roombridge", PARTITION);
        PartitionReader<Row> opened = new PartitionReader<>(partition, shared, claim, reader);
        reader = Optional.of(opened);
        LOG.atInfo().log("the inbox is read here from now on");
        listener.gained(partition);
        return opened;
    }

    /** Whether the inbox is read here now. */
    boolean open() {
        return reader.filter(PartitionReader::open).isPresent();
    }

    private boolean holds(long fence) {
        return duty.fence().filter(now -> now == fence).isPresent();
    }

    private void lose(PartitionReader<Row> lost, String why) {
        if (lost.close()) {
            listener.lost(lost.partition(), why);
        }
    }

    private void rest(Duration atMost) {
        try {
            if (arrivals.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                arrivals.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops taking, waits for what runs, deletes what is finished; the rest stays for the next start. */
    @Override
    public void close() {
        stopping = true;
        arrivals.release();
        reader.ifPresent(current -> {
            current.refuse();
            if (!current.awaitIdle(settings.drain())) {
                LOG.atWarn().log("an attempt did not end in time; its event comes again after the next start");
            }
            current.flush();
            lose(current, "reading stopped");
        });
        try {
            thread.join(LOOK_AGAIN.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }
}
