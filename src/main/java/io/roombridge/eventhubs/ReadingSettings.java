package io.roombridge.eventhubs;

import java.time.Duration;

/**
 * How hubs are read.
 *
 * @param loadBalancingInterval how often partitions are claimed and their ownership is renewed
 * @param ownershipExpiry after how long without renewal a partition may be taken by another process, in whole seconds: the
 *     SDK cuts off the rest. It bounds the pause after a crash or a dropped connection. Better more than 10 seconds: so
 *     long the SDK may hold up all renewals while it closes one broken connection
 * @param prefetch how many events of a partition the SDK holds ready
 * @param window how many deliveries of a partition may be unfinished; when it is full reading pauses
 * @param span how many deliveries of a partition may lie beyond its checkpoint: what a crash presents again
 * @param keysAtOnce how many deliveries of a partition run at a time
 * @param checkpointEvery a checkpoint is written when so many more deliveries are covered
 * @param checkpointWithin a covered delivery waits at most so long for its checkpoint
 * @param drain how long a stop waits for attempts that are running
 * @param backoff the rest between two attempts
 * @param jitterSeed the seed of the backoff's jitter
 */
public record ReadingSettings(
        Duration loadBalancingInterval,
        Duration ownershipExpiry,
        int prefetch,
        int window,
        int span,
        int keysAtOnce,
        int checkpointEvery,
        Duration checkpointWithin,
        Duration drain,
        Backoff backoff,
        long jitterSeed) {

    public static final ReadingSettings DEFAULTS = new ReadingSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(12),
            100,
            256,
            4096,
            8,
            100,
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
            1);

    public ReadingSettings {
        positive("load-balancing interval", loadBalancingInterval);
        positive("checkpoint-within", checkpointWithin);
        positive("prefetch", prefetch);
        positive("window", window);
        positive("keys at once", keysAtOnce);
        positive("checkpoint-every", checkpointEvery);
        if (ownershipExpiry.toSeconds() < 1 || ownershipExpiry.compareTo(loadBalancingInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("the ownership expiry must be at least one second and twice the"
                    + " load-balancing interval of " + loadBalancingInterval + ", was " + ownershipExpiry
                    + "; otherwise partitions expire between two renewals");
        }
        if (span < window) {
            throw new IllegalArgumentException(
                    "the span must not be smaller than the window of " + window + ", was " + span);
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("the drain time must not be negative, was " + drain);
        }
    }

    /** These settings, with what a single endpoint may set by Camel's stock options. */
    ReadingSettings with(int prefetch, int checkpointEvery, Duration checkpointWithin) {
        return new ReadingSettings(
                loadBalancingInterval,
                ownershipExpiry,
                prefetch,
                window,
                span,
                keysAtOnce,
                checkpointEvery,
                checkpointWithin,
                drain,
                backoff,
                jitterSeed);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be positive, was " + value);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the " + name + " must be at least 1, was " + value);
        }
    }
}
