package io.roombridge.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The hub as its readers see it: partitions, keys whose events are read in order, checkpoints that lag behind, owners that
 * change. Whoever takes a partition begins at its checkpoint, so what was finished after it is read again.
 */
final class ChaosHub {

    static final int PARTITIONS = 2;

    /** Where heartbeats stand: behind everything else, and finished. */
    static final long BEAT = 1000;

    /** One event in its place. */
    record Entry(int partition, int offset, String key, String id, byte[] bytes) {}

    private final List<List<Entry>> partitions = new ArrayList<>();
    private final List<BitSet> finished = new ArrayList<>();
    private final int[] checkpoint = new int[PARTITIONS];
    private final int[] owner = new int[PARTITIONS];
    private final Instant[] deafUntil = {Instant.MIN, Instant.MIN};
    private final Clock truth;
    private int refuses;
    private Instant awayUntil = Instant.MIN;

    ChaosHub(Clock truth) {
        this.truth = truth;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new ArrayList<>());
            finished.add(new BitSet());
            owner[partition] = partition;
        }
    }

    /** How far it is read when everything is. */
    static Map<String, OptionalLong> progress() {
        return IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(String::valueOf, partition -> OptionalLong.of(BEAT)));
    }

    void send(String key, String id, byte[] bytes) {
        int partition = Math.floorMod(key.hashCode(), PARTITIONS);
        List<Entry> log = partitions.get(partition);
        log.add(new Entry(partition, log.size(), key, id, bytes));
    }

    /** The next event of some key, for the node that owns its partition. */
    Optional<Entry> next(int node, Random random) {
        List<Entry> heads = hears(node) ? heads(node) : List.of();
        return heads.isEmpty() ? Optional.empty() : Optional.of(heads.get(random.nextInt(heads.size())));
    }

    /** The first unfinished event of every key in the partitions of a node. */
    List<Entry> heads(int node) {
        Map<String, Entry> heads = new LinkedHashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (owner[partition] == node) {
                for (Entry entry : partitions.get(partition)) {
                    if (!finished.get(partition).get(entry.offset())) {
                        heads.putIfAbsent(entry.key(), entry);
                    }
                }
            }
        }
        return List.copyOf(heads.values());
    }

    /** Counts only for the owner: a reader that lost its partition writes no checkpoint. */
    void finished(int node, Entry entry, boolean checkpointed) {
        if (owner[entry.partition()] != node) {
            return;
        }
        BitSet done = finished.get(entry.partition());
        done.set(entry.offset());
        if (checkpointed) {
            checkpoint[entry.partition()] = done.nextClearBit(0);
        }
    }

    /** Another node reads the partition now. */
    void steal(int partition) {
        owner[partition] = 1 - owner[partition];
        again(partition);
    }

    /** The other node takes all partitions of one that is lost. */
    void takeOver(int lost) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (owner[partition] == lost) {
                steal(partition);
            }
        }
    }

    int owner(int partition) {
        return owner[partition];
    }

    /** The node begins at the checkpoints of its partitions. */
    void restarted(int node) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (owner[partition] == node) {
                again(partition);
            }
        }
    }

    /** Everything after the checkpoint is read again. */
    void again(int partition) {
        BitSet done = finished.get(partition);
        done.clear();
        done.set(0, checkpoint[partition]);
    }

    /** Somebody set the checkpoint back, and the partition is read from there. */
    void rewind(int partition, Random random) {
        checkpoint[partition] = random.nextInt(checkpoint[partition] + 1);
        again(partition);
    }

    /** The connection of a node is cut: it hears nothing for so long, and begins at its checkpoints then. */
    void deaf(int node, Duration time) {
        deafUntil[node] = truth.instant().plus(time);
        restarted(node);
    }

    /** The hub is away for everybody, for so long. */
    void away(Duration time) {
        awayUntil = truth.instant().plus(time);
        deaf(0, time);
        deaf(1, time);
    }

    private boolean hears(int node) {
        return !truth.instant().isBefore(deafUntil[node]);
    }

    /** So many of the next commands are refused. */
    void refuse(int times) {
        refuses = times;
    }

    /** Whether the hub refuses the next command. */
    boolean refuses() {
        if (truth.instant().isBefore(awayUntil)) {
            return true;
        }
        boolean refused = refuses > 0;
        refuses -= refused ? 1 : 0;
        return refused;
    }

    /** Nothing is wrong with the hub any more. */
    void mend() {
        refuses = 0;
        Arrays.fill(deafUntil, Instant.MIN);
        awayUntil = Instant.MIN;
    }

    /** Whether the node knows of nothing unread. */
    boolean caughtUp(int node) {
        return heads(node).isEmpty();
    }

    boolean drained() {
        return caughtUp(0) && caughtUp(1);
    }

    /** The ids of all events of a key in the order in which they were sent, each where it came first. */
    List<String> order(String key) {
        Set<String> seen = new HashSet<>();
        return partitions.stream()
                .flatMap(Collection::stream)
                .filter(entry -> entry.key().equals(key))
                .map(Entry::id)
                .filter(seen::add)
                .toList();
    }
}
