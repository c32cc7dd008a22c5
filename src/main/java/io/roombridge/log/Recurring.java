package io.roombridge.log;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * Something that fails again and again until it is over: the first failure is a warning, its repetitions are quiet (DEBUG), and
 * the end is told with their number. For any number of threads.
 */
public final class Recurring {

    private final Logger log;
    private final ConcurrentMap<String, Integer> failures = new ConcurrentHashMap<>();

    public Recurring(Logger log) {
        this.log = log;
    }

    /**
     * It failed; the line says how often by now.
     *
     * @param what one of few names, such as an instance: each has failures of its own
     */
    public LoggingEventBuilder failed(String what) {
        int attempt = failures.merge(what, 1, Integer::sum);
        return log.atLevel(attempt == 1 ? Level.WARN : Level.DEBUG).addKeyValue("attempt", attempt);
    }

    /** It went well, which somebody else tells, or nobody needs to be told. */
    public void over() {
        failures.clear();
    }

    /** It went well; the line is written only where it had failed before. */
    public LoggingEventBuilder over(String what) {
        Integer attempts = failures.remove(what);
        return attempts == null
                ? NOPLoggingEventBuilder.singleton()
                : log.atInfo().addKeyValue("attempt", attempts);
    }
}
