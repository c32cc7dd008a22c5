package io.roombridge.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same for each instance of ServiceNow, each in a thread of its own, so that one that is slow holds up only itself. What
 * has not ended after a moment goes on, and its instance is left out until it has. One instance alone needs no thread.
 */
final class Alongside<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Alongside.class);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final Map<String, Future<T>> underWay = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "alongside");
        thread.setDaemon(true);
        return thread;
    });

    /** What came of those that ended, now or since the last time. */
    synchronized List<T> each(List<Desk> desks, Function<Desk, T> work) {
        if (desks.size() == 1 && underWay.isEmpty()) {
            return List.of(work.apply(desks.get(0)));
        }
        desks.forEach(desk -> underWay.computeIfAbsent(desk.name(), unused -> threads.submit(() -> work.apply(desk))));
        long until = System.nanoTime() + MOMENT.toNanos();
        List<T> ended = new ArrayList<>();
        for (String name : List.copyOf(underWay.keySet())) {
            await(name, until, ended);
        }
        return ended;
    }

    private void await(String name, long until, List<T> ended) {
        try {
            ended.add(underWay.get(name).get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS));
            underWay.remove(name);
        } catch (TimeoutException slow) {
            LOG.atDebug().addKeyValue("instance", name).log("an instance is slow; the others go on without it");
        } catch (ExecutionException failed) {
            underWay.remove(name);
            LOG.atWarn()
                    .addKeyValue("instance", name)
                    .setCause(failed.getCause())
                    .log("tried again later");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
