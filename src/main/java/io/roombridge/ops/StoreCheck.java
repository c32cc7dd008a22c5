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
    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

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
            asked().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Check.up(NAME, "answers");
        } catch (TimeoutException e) {
            return Check.down(NAME, "did not answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Check.down(NAME, "does not answer; the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.down(NAME, "was not asked, the bridge is stopping");
        }
    }

    private synchronized CompletableFuture<Void> asked() {
        if (asking.isDone()) {
            asking = CompletableFuture.runAsync(
                    () -> jdbi.useHandle(handle -> handle.createQuery("select count(*) from store_life")
                            .mapTo(Integer.class)
                            .one()),
                    asker);
        }
        return asking;
    }
}
