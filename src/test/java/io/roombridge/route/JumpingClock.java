package io.roombridge.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
final class JumpingClock extends Clock {

    private final AtomicReference<Instant> now;
    private volatile Duration behind = Duration.ZERO;

    JumpingClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    /** Goes on to this moment, unless it is there already. */
    void reach(Instant moment) {
        now.updateAndGet(instant -> instant.isBefore(moment) ? moment : instant);
    }

    /** Somebody set this clock back by so much; the time of everybody else goes on. Zero sets it right again. */
    void setBack(Duration by) {
        behind = by;
    }

    /** The time of those whose clock nobody sets back. */
    InstantSource ofOthers() {
        return now::get;
    }

    @Override
    public Instant instant() {
        return now.get().minus(behind);
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
