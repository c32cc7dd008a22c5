package io.roombridge.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;

/**
 * Keeps the bridge inside the instance's hourly limit: it learns the limit from {@code X-RateLimit-*}, counts its own
 * calls because no header tells what is left (facts/servicenow.md, section 6), and lets the less important calls wait
 * first, so that a new incident can still be created when the hour is nearly spent.
 *
 * <p>The nodes of a cluster count together: each sets calls aside before it makes them, and takes what the others have set
 * aside for made. So the limit is never passed, however little the nodes hear of each other.
 *
 * <p>Pure: the time is an argument. One lock, this object.
 */
final class RateGovernor {

    /** So near to its end nobody knows in which hour the instance counts a call: its times are whole seconds. */
    private static final Duration EDGE = Duration.ofSeconds(3);

    /** An answer that took longer says too late when the hour ends; until one has said it, a minute is near enough. */
    private static final Duration QUICK = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final int PORTIONS = 200;
    private static final int SMALLEST_PORTION = 5;
    private static final int LARGEST_PORTION = 50;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** What a call is for, and the share of the hour that calls of its kind may use up. */
    enum Purpose {
        CREATE(1.0),
        WRITE(0.95),
        READ(0.9),
        POLL(0.7);

        private final double share;

        Purpose(double share) {
            this.share = share;
        }

        private int of(int limit) {
            return this == CREATE ? limit : Math.min(limit - 1, (int) (limit * share));
        }
    }

    private final DoubleSupplier jitter;

    private OptionalInt told;
    private int used;
    private int reserved;
    private int ofOthers;
    private Hour hour = Hour.NONE;
    private Instant pausedUntil = Instant.MIN;
    private int refusals;

    /** @param jitter numbers from 0 to 1, so that several workers do not come back at the same moment */
    RateGovernor(OptionalInt hint, DoubleSupplier jitter) {
        this.told = hint;
        this.jitter = jitter;
    }

    /** Counts the call and lets it go, or says how long it has to wait. */
    synchronized Optional<Duration> admit(Purpose purpose, Instant now) {
        Optional<Duration> wait = wait(purpose, now);
        used += wait.isEmpty() ? 1 : 0;
        return wait;
    }

    /** As {@link #admit(Purpose, Instant)}, after enough calls are set aside with the other nodes. */
    synchronized Optional<Duration> admit(Purpose purpose, SharedLimits shared, Instant now) {
        int portion = toReserve(now);
        if (portion > 0) {
            reserved(portion, shared.reserve(portion, known(), now));
        }
        return admit(purpose, now);
    }

    /** What {@link #admit} would say now, without being a call. */
    synchronized Optional<Duration> wait(Purpose purpose, Instant now) {
        if (now.isBefore(pausedUntil)) {
            return Optional.of(Duration.between(now, pausedUntil));
        }
        beginHour(now);
        OptionalInt limit = limit();
        boolean spent = limit.isPresent() && used + ofOthers >= purpose.of(limit.getAsInt());
        boolean edge =
                limit.isPresent() && hour.told() && !now.isBefore(hour.end().minus(EDGE));
        return spent || edge ? Optional.of(Duration.between(now, hour.end())) : Optional.empty();
    }

    /**
     * The hour at one moment.
     *
     * @param limit empty until the instance told
     * @param used calls that are made or set aside, by all nodes
     */
    record Budget(OptionalInt limit, int used) {}

    synchronized Budget budget() {
        return new Budget(limit(), used + ofOthers);
    }

    /** How many calls to set aside with the other nodes before the next one; 0 while some are left. */
    private int toReserve(Instant now) {
        beginHour(now);
        if (used < reserved) {
            return 0;
        }
        return Math.min(LARGEST_PORTION, Math.max(SMALLEST_PORTION, limit().orElse(0) / PORTIONS));
    }

    /** What other nodes were told counts until this one is told something itself. */
    private OptionalInt limit() {
        return told.isPresent() ? told : hour.limit();
    }

    private Hour known() {
        return new Hour(hour.number(), hour.end(), hour.told(), hour.reserved(), told);
    }

    private void reserved(int calls, Hour all) {
        if (all.number() != hour.number()) {
            forget();
        }
        hour = all;
        reserved += calls;
        ofOthers = Math.max(0, all.reserved() - reserved);
    }

    private void beginHour(Instant now) {
        if (!now.isBefore(hour.end())) {
            hour = new Hour(hour.number(), now.plus(Hour.LENGTH), false, 0, hour.limit());
            forget();
        }
    }

    private void forget() {
        used = 0;
        reserved = 0;
        ofOthers = 0;
    }

    /**
     * Takes in what an answer says about the limit.
     *
     * @param sent when the call left
     */
    synchronized void learn(AnswerFacts facts, Instant sent, Instant now) {
        if (facts.hourlyLimit().isPresent()) {
            told = facts.hourlyLimit();
        }
        facts.windowLeft(now)
                .filter(left -> !left.isNegative() && left.compareTo(Hour.LENGTH) <= 0)
                .filter(left -> Duration.between(sent, now).compareTo(hour.told() ? QUICK : Hour.SAME) <= 0)
                .ifPresent(left -> endsAt(now.plus(left)));
        if (facts.status() != 0 && facts.status() != 429) {
            refusals = 0;
        }
    }

    /**
     * The instance refused a call with 429: no call leaves for a while.
     *
     * @param retryAfter what the instance asked for; a full queue asks for nothing
     * @return how long the pause is
     */
    synchronized Duration refused(Optional<Duration> retryAfter, Instant now) {
        Instant until = now.plus(retryAfter.orElseGet(this::pause));
        pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
        refusals++;
        return Duration.between(now, pausedUntil);
    }

    /** A later end than the known one is a new hour, which may begin before this side expects it. */
    private void endsAt(Instant end) {
        if (end.isAfter(hour.end().plus(Hour.SAME))) {
            forget();
        }
        hour = new Hour(hour.number(), end, true, hour.reserved(), hour.limit());
    }

    /** A full queue: wait longer each time, and not all together. */
    private Duration pause() {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, 10));
        Duration longest = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return longest.plusMillis((long) (longest.toMillis() * jitter.getAsDouble() / 2));
    }
}
