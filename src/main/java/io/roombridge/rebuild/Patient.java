package io.roombridge.rebuild;

import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads again what an instance did not answer: a rebuild of thousands of tickets outlives a short outage. */
public final class Patient {

    /** Gives up at once. */
    public static final Patient NONE = new Patient(0, pause -> {});

    private static final int TIMES = 30;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final int times;
    private final Consumer<Duration> pause;

    /** @param pause waits so long */
    public Patient(Consumer<Duration> pause) {
        this(TIMES, pause);
    }

    private Patient(int times, Consumer<Duration> pause) {
        this.times = times;
        this.pause = pause;
    }

    /** @throws ServiceNowFailure that is permanent, a refused login, or the last of many */
    public <T> T read(Supplier<T> reading) {
        for (int left = times; ; left--) {
            try {
                return reading.get();
            } catch (ServiceNowFailure failure) {
                // A refused login becomes right by a person only, who waits at this command.
                if (failure.permanent() || failure.reason() == Reason.UNAUTHORIZED || left == 0) {
                    throw failure;
                }
                Duration asked = failure.asRetryLater().after();
                pause.accept(asked.compareTo(LONGEST) < 0 ? asked.plusSeconds(1) : LONGEST);
            }
        }
    }
}
