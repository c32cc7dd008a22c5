package io.roombridge.rebuild;

import io.roombridge.servicenow.ServiceNowFailure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads again what an instance did not answer: a rebuild of thousands of tickets outlives a short outage. */
public final class Patient {

    private static final int TIMES = 30;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Consumer<Duration> pause;

    /** @param pause waits so long */
    public Patient(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** @throws ServiceNowFailure that is permanent, or the last of many */
    public <T> T read(Supplier<T> reading) {
        for (int left = TIMES; ; left--) {
            try {
                return reading.get();
            } catch (ServiceNowFailure failure) {
                if (failure.permanent() || left == 0) {
                    throw failure;
                }
                Duration asked = failure.asRetryLater().after();
                pause.accept(asked.compareTo(LONGEST) < 0 ? asked.plusSeconds(1) : LONGEST);
            }
        }
    }
}
