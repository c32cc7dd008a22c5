package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One request at a time owns the data, and what was due before it has happened. */
class TransactionsTest {

    private final TestClock clock = new TestClock("2026-06-01T08:00:00Z");
    private final Transactions transactions = new Transactions(clock);
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());

    private void happens(String what) {
        transactions.run(now -> happened.add(what));
    }

    @Test
    void aTransactionWaitsUntilTheOneBeforeItHasEnded() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread first = new Thread(() -> transactions.run(now -> {
            begun.countDown();
            uninterrupted(mayEnd);
            return happened.add("first");
        }));
        Thread second = new Thread(() -> happens("second"));

        first.start();
        begun.await();
        second.start();
        await().until(() -> second.getState() == Thread.State.WAITING);
        mayEnd.countDown();
        first.join();
        second.join();

        assertThat(happened).containsExactly("first", "second");
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsDueHappensInTheOrderOfItsTimesBeforeTheNextTransaction() {
        Instant start = clock.instant();
        transactions.at(start.plusSeconds(20), when -> happened.add("at " + Duration.between(start, when)));
        transactions.at(start.plusSeconds(10), when -> happened.add("at " + Duration.between(start, when)));
        transactions.at(start.plusSeconds(99), when -> happened.add("not yet"));

        clock.advance(Duration.ofSeconds(60));
        happens("transaction");

        assertThat(happened).containsExactly("at PT10S", "at PT20S", "transaction");
    }
}
