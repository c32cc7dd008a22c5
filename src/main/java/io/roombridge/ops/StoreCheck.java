package io.roombridge.ops;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Whether the store answers. A store that is away may keep a connection waiting for long; nobody who probes waits with it. */
public final class StoreCheck implements Supplier<Check> {

    private static final String NAME = "store";

    private final Jdbi jdbi;
    private final Executor asker;
    private final Duration patience;
    private CompletableFuture<Long> asking = CompletableFuture.completedFuture(0L);

    /**
     * @param asker asks, so that it may wait
     * @param patience how long an answer may take
     */
    public StoreCheck(Jdbi jdbi, Executor asker, Duration patience) {
        this.jdbi = jdbi;
        this.asker = asker;
        this.patience = patience;
    }

    @Override
    public Check get() {
        try {
            long paused = asked().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Check.up(NAME, paused == 0 ? "answers" : "answers; a person paused " + paused + " (pauses)");
        } catch (TimeoutException e) {
            return Check.down(NAME, "did not answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Check.down(NAME, "does not answer; the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.down(NAME, "was not asked, the bridge is stopping");
        }
    }

    /** How many directions are paused: nothing is wrong then, and it must not be forgotten. */
    private synchronized CompletableFuture<Long> asked() {
        if (asking.isDone()) {
            asking = CompletableFuture.supplyAsync(
                    () -> jdbi.withHandle(handle -> handle.createQuery("select count(*) from pause")
                            .mapTo(Long.class)
                            .one()),
                    asker);
        }
        return asking;
    }
}
