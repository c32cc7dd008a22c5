package io.roombridge.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether another side's clock and this machine's agree. */
final class ServerClock implements Probe {

    /** The clocks tell whole seconds, and an answer takes its time. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    /** The poll looks back this far; beyond it, changes may be missed and tokens are expired or not yet valid. */
    private static final Duration TOO_FAR = Duration.ofSeconds(120);

    private final String whose;
    private final Supplier<Optional<Duration>> ahead;

    /** @param ahead how far the other clock is ahead of this machine's; empty when it did not tell */
    ServerClock(String whose, Supplier<Optional<Duration>> ahead) {
        this.whose = whose;
        this.ahead = ahead;
    }

    @Override
    public List<Finding> look() {
        return List.of(verdict(whose, ahead.get()));
    }

    static Finding verdict(String whose, Optional<Duration> ahead) {
        if (ahead.isEmpty()) {
            return Finding.unproven(whose + " did not tell its time (a proxy may have taken the header Date away)");
        }
        Duration apart = ahead.get().abs();
        String seen = apart.compareTo(NOTICED) <= 0
                ? "the clocks agree"
                : whose + " is " + apart.toSeconds() + " s " + (ahead.get().isNegative() ? "behind" : "ahead of")
                        + " this machine";
        if (apart.compareTo(NOTICED) <= 0) {
            return Finding.green(seen);
        }
        String expected = "at most " + NOTICED.toSeconds() + " s apart";
        String remedy = "let this machine keep its time by NTP (timedatectl, chronyc tracking); cloud services do";
        return apart.compareTo(TOO_FAR) <= 0
                ? Finding.amber(seen, expected, remedy)
                : Finding.red(seen, expected, remedy);
    }
}
