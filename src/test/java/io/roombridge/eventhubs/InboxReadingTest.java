package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.EventData;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.Erasure;
import io.roombridge.correlation.Inbox;
import io.roombridge.correlation.Inbox.Posted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox is read as a partition of the hub is: in order by key, again until it passes, by one node. */
class InboxReadingTest {

    /** Each key has an instance of its own. */
    private static final OrderKeys HELD_BY_KEY = new OrderKeys() {
        @Override
        public Set<String> of(EventData event) {
            throw new UnsupportedOperationException("a row has its key");
        }

        @Override
        public Optional<String> holder(Set<String> keys) {
            return keys.stream().findFirst();
        }
    };

    private static final Instant NOW = Instant.parse("2026-06-01T07:00:00Z");

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> inTheWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile Optional<Long> fence = Optional.of(1L);
    private Database database;
    private Inbox inbox;
    private InboxReading reading;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:h2:mem:inbox;DB_CLOSE_DELAY=0", "sa", "");
        inbox = new Inbox(Jdbi.create(database.dataSource()), 1000);
    }

    @AfterEach
    void close() {
        hanging.countDown();
        Optional.ofNullable(reading).ifPresent(InboxReading::close);
        database.close();
    }

    @Test
    void whatSharesAKeyIsAppliedInItsOrderAndTheRestIsDeleted() {
        post("a-1", "b-1", "a-2", "b-2", "a-3");

        start();

        eventually(() -> done.size() == 5);
        assertThat(done).containsSubsequence("a-1", "a-2", "a-3").containsSubsequence("b-1", "b-2");
        eventually(() -> inbox.after(0, 10).isEmpty());
        assertThat(inbox.finishedUpTo()).isEqualTo(5);
    }

    @Test
    void whatFailsIsPresentedAgainHoldsUpItsKeyAndNobodyElse() {
        failing.add("a-1");
        post("a-1", "a-2", "b-1");
        start();
        eventually(() -> done.contains("b-1"));
        assertThat(done).containsExactly("b-1");
        assertThat(inbox.finishedUpTo()).as("nothing before it is finished").isZero();

        failing.clear();

        eventually(() -> done.size() == 3);
        assertThat(done).containsExactly("b-1", "a-1", "a-2");
    }

    @Test
    void whatFailsForLongIsSaidToStandInTheWay() {
        failing.add("a-1");
        post("a-1", "b-1");
        start();

        eventually(() -> inTheWay.contains("a-1"));

        assertThat(inTheWay).containsExactly("a-1");
    }

    @Test
    void whoIsErasedWhileAnEventWaitsIsNotInItsNextAttempt() {
        failing.add("a: Megan Bowen");
        post("a: Megan Bowen");
        start();
        eventually(() -> inTheWay.contains("a: Megan Bowen"));

        new Erasure(Jdbi.create(database.dataSource())).erase("Megan Bowen", "Beth Anglin", "request 4711", NOW);

        eventually(() -> done.contains("a: (erased)"));
        assertThat(done).hasSize(1);
    }

    @Test
    void whatIsPostedLaterIsReadToo() {
        start();
        post("a-1");
        reading.arrived();
        eventually(() -> done.contains("a-1"));

        post("a-2");

        eventually(() -> done.contains("a-2"));
    }

    @Test
    void whatWasNotFinishedComesAgainToTheNextReader() {
        post("a-1", "stuck-1", "b-1");
        start();
        eventually(() -> done.containsAll(List.of("a-1", "b-1")));
        reading.close();
        assertThat(inbox.finishedUpTo()).isEqualTo(1);

        hanging.countDown();
        start();

        eventually(() -> done.contains("stuck-1") && inbox.finishedUpTo() == 3);
    }

    @Test
    void onlyTheNodeWithTheDutyReads() {
        fence = Optional.empty();
        post("a-1");
        start();
        reading.arrived();
        assertThat(done).isEmpty();

        fence = Optional.of(2L);
        eventually(() -> done.contains("a-1"));
        fence = Optional.empty();
        eventually(() -> !reading.open());
        post("a-2");
        fence = Optional.of(3L);

        eventually(() -> done.contains("a-2"));
    }

    private void post(String... events) {
        for (String event : events) {
            assertThat(inbox.put("relay", List.of(new Posted(Optional.of(event.substring(0, 1)), event)), NOW))
                    .isTrue();
        }
    }

    private void start() {
        Duty duty = new Duty() {
            @Override
            public Optional<Long> fence() {
                return fence;
            }

            @Override
            public boolean holds(long number) {
                return fence.equals(Optional.of(number));
            }

            @Override
            public boolean holds(Handle transaction, long number) {
                return holds(number);
            }
        };
        reading = InboxReading.start(
                inbox,
                duty,
                ReadingBench.withWindow(16, 4),
                HELD_BY_KEY,
                (row, number, firstAt, crowded) -> serve(row.event().payload(), crowded),
                ReadingListener.NONE,
                Clock.systemUTC());
    }

    private void serve(String event, boolean crowded) {
        if (crowded) {
            inTheWay.add(event);
        }
        if (failing.contains(event)) {
            throw new IllegalStateException("not now");
        }
        if (event.startsWith("stuck")) {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        done.add(event);
    }

    private static void eventually(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
