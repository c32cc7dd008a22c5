package io.roombridge.eventhubs;

import java.time.Duration;

/** Wakes deliveries that rest between two attempts. A simulation brings its own, so that hours of waiting pass in moments. */
@FunctionalInterface
public interface RetryTimer {

    /** Calls {@code wake} once, no earlier than after this time, on any thread; must not be called back from within. */
    void wakeAfter(Duration rest, Runnable wake);
}
