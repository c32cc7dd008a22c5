package io.roombridge.route;

import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.RoomFactBook.Heartbeat;
import io.roombridge.correlation.StoreLife;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Whether the hub is read as far as decisions about states need it: everything it is known to hold, and after a rebuild
 * everything from before that (design, section 3.2). A heartbeat from after the rebuild, below the checkpoint of its
 * partition, proves it. Where the portal sends none, an hour has to do.
 */
public final class ReadBeyond implements BooleanSupplier {

    private static final Duration WITHOUT_HEARTBEATS = Duration.ofHours(1);

    private final BooleanSupplier caughtUp;
    private final HubProgress progress;
    private final RoomFactBook facts;
    private final Clock clock;
    private final Optional<Instant> rebuiltAt;
    private volatile boolean beyond;

    /** @param caughtUp whether everything the hub is known to hold has been read */
    public ReadBeyond(BooleanSupplier caughtUp, HubProgress progress, RoomFactBook facts, StoreLife life, Clock clock) {
        this.caughtUp = caughtUp;
        this.progress = progress;
        this.facts = facts;
        this.clock = clock;
        this.rebuiltAt = life.rebuiltAt();
        this.beyond = rebuiltAt.isEmpty();
    }

    @Override
    public boolean getAsBoolean() {
        if (!caughtUp.getAsBoolean()) {
            return false;
        }
        beyond = beyond || proven(rebuiltAt.get()) || longSince(rebuiltAt.get());
        return beyond;
    }

    private boolean proven(Instant rebuilt) {
        Map<String, OptionalLong> checkpoints = progress.checkpoints();
        Map<String, Heartbeat> beats = facts.newestHeartbeats();
        return !checkpoints.isEmpty()
                && checkpoints.entrySet().stream()
                        .allMatch(partition -> Optional.ofNullable(beats.get(partition.getKey()))
                                .filter(beat -> beat.watermark().isAfter(rebuilt))
                                .filter(beat -> partition.getValue().orElse(-1) >= beat.sequence())
                                .isPresent());
    }

    private boolean longSince(Instant rebuilt) {
        return clock.instant().isAfter(rebuilt.plus(WITHOUT_HEARTBEATS));
    }
}
