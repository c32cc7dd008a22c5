package io.roombridge.watch;

import io.roombridge.correlation.Backlog;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.route.Clocks;
import io.roombridge.route.Desks;
import io.roombridge.servicenow.InstanceStanding;
import io.roombridge.ticket.Reason;
import io.roombridge.watch.Facts.Letters;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Measures by what the bridge judges itself, for the whole cluster: in the store, and in the memory of this node. */
public final class Signs implements Supplier<List<Trouble>> {

    private final Backlog backlog;
    private final Desks desks;
    private final Duration hubMaySilent;
    private final Clocks clocks;
    private final Instant began;

    /** @param hubMaySilent how long the hub may be silent; counted from now at the earliest */
    public Signs(Backlog backlog, Desks desks, Duration hubMaySilent, Clocks clocks) {
        this.backlog = backlog;
        this.desks = desks;
        this.hubMaySilent = hubMaySilent;
        this.clocks = clocks;
        this.began = clocks.world().instant();
    }

    /** What is wrong now. */
    @Override
    public List<Trouble> get() {
        Instant now = clocks.world().instant();
        return new Facts(now, heard(now), hubMaySilent, letters(), behind(), spent()).troubles();
    }

    /** A process that has just begun has not had the time to read. */
    private Instant heard(Instant now) {
        Duration sinceCheckpoint = backlog.checkpointWritten()
                .map(at -> Duration.between(at, clocks.machine().instant()))
                .orElse(Duration.ofDays(1));
        return Stream.of(Optional.of(began), backlog.heartbeat(), Optional.of(now.minus(sinceCheckpoint)))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Of those a person has to deal with: what is parked waits for them, and unknown types for another version. */
    private Optional<Letters> letters() {
        List<Backlog.Letters> open = backlog.letters().stream()
                .filter(one -> one.state() != DeadLetter.State.PARKED && one.reason() != Reason.UNKNOWN_TYPE)
                .toList();
        return open.stream()
                .min(Comparator.comparing(Backlog.Letters::oldest))
                .map(oldest -> new Letters(
                        open.stream().mapToLong(Backlog.Letters::count).sum(),
                        oldest.reason().label(),
                        oldest.oldest()));
    }

    private Map<String, Duration> behind() {
        Map<String, Duration> behind = new HashMap<>();
        backlog.readUntil()
                .forEach((instance, until) -> behind.put(
                        instance, Duration.between(until, clocks.machine().instant())));
        return behind;
    }

    private Map<String, Double> spent() {
        Map<String, Double> spent = new HashMap<>();
        desks.all().forEach(desk -> {
            InstanceStanding standing = desk.gateway().standing();
            standing.hourlyLimit().ifPresent(limit -> spent.put(desk.name(), (double) standing.used() / limit));
        });
        return spent;
    }
}
