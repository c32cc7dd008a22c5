package io.roombridge.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock of one machine: the true time, and how far it is wrong. */
final class ChaosClock extends Clock {

    private final Clock truth;
    private volatile Duration wrong = Duration.ZERO;

    ChaosClock(Clock truth) {
        this.truth = truth;
    }

    void wrongBy(Duration error) {
        wrong = error;
    }

    @Override
    public Instant instant() {
        return truth.instant().plus(wrong);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("tests think in instants");
    }
}
