package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the SDK's load balancer and the bridge need of every checkpoint store. */
abstract class CheckpointStoreContract {

    private static final String NAMESPACE = "rooms.servicebus.windows.net";
    private static final String HUB = "portal-events";
    private static final String GROUP = "roombridge";
    static final HubPartition PARTITION = new HubPartition(NAMESPACE, HUB, GROUP, "3");

    abstract CheckpointStore store();

    abstract void rewind(HubPartition partition, OptionalLong after);

    abstract long ignored();

    @Test
    void checkpointComesBackWithSequenceAndOffset() {
        update(41, "o41");
        update(42, "o42");

        assertThat(checkpoint()).hasValueSatisfying(found -> {
            assertThat(found.getSequenceNumber()).isEqualTo(42);
            assertThat(found.getOffsetString()).isEqualTo("o42");
            assertThat(found.getPartitionId()).isEqualTo("3");
        });
    }

    @Test
    void lowerSequenceIsIgnoredAndCounted() {
        update(42, "o42");
        update(7, "o7");

        assertThat(checkpoint().map(Checkpoint::getOffsetString)).contains("o42");
        assertThat(ignored()).isEqualTo(1);
    }

    @Test
    void checkpointGoesBackOnlyWhenItIsRewound() {
        update(42, "o42");

        rewind(PARTITION, OptionalLong.of(7));
        assertThat(checkpoint().map(Checkpoint::getSequenceNumber)).contains(7L);
        assertThat(checkpoint().map(Checkpoint::getOffsetString))
                .as("the offset of 42 would win over the sequence number")
                .isEmpty();

        rewind(PARTITION, OptionalLong.empty());
        assertThat(checkpoint()).isEmpty();
    }

    @Test
    void concurrentWritersNeverLeaveLessThanTheHighest() throws Exception {
        List<Long> sequences = new ArrayList<>(LongStream.range(0, 40).boxed().toList());
        Collections.shuffle(sequences, new Random(11));

        atOnce(sequences.stream()
                .<Callable<Object>>map(sequence -> () -> {
                    update(sequence, "o" + sequence);
                    return null;
                })
                .toList());

        assertThat(checkpoint().map(Checkpoint::getSequenceNumber)).contains(39L);
    }

    @Test
    void partitionsOfOtherHubsAndGroupsAreNotListed() {
        store().updateCheckpoint(new Checkpoint()
                        .setFullyQualifiedNamespace(NAMESPACE)
                        .setEventHubName(HUB)
                        .setConsumerGroup("other")
                        .setPartitionId("3")
                        .setSequenceNumber(5L)
                        .setOffsetString("o5"))
                .block();

        assertThat(checkpoint()).isEmpty();
    }

    @Test
    void firstClaimWinsAndIsListedAsTheLoadBalancerNeedsIt() {
        PartitionOwnership claimed = claim("one", null).orElseThrow();

        assertThat(claim("two", null)).isEmpty();
        assertThat(ownership().getOwnerId()).isEqualTo("one");
        assertThat(ownership().getETag()).isEqualTo(claimed.getETag());
        assertThat(ownership().getLastModifiedTime())
                .isCloseTo(
                        System.currentTimeMillis(), within(Duration.ofMinutes(1).toMillis()));
    }

    @Test
    void claimNeedsTheTagOfTheLastOne() {
        String first = claim("one", null).orElseThrow().getETag();
        String second = claim("two", first).orElseThrow().getETag();

        assertThat(claim("three", first)).isEmpty();
        assertThat(second).isNotEqualTo(first);
        assertThat(ownership().getOwnerId()).isEqualTo("two");
    }

    @Test
    void gracefulStopLeavesThePartitionToNobody() {
        String tag = claim("one", null).orElseThrow().getETag();

        claim("", tag);

        assertThat(ownership().getOwnerId()).isEmpty();
    }

    @Test
    void onlyOneOfManyClaimsAtOnceSucceeds() throws Exception {
        String tag = claim("one", null).orElseThrow().getETag();

        List<Optional<PartitionOwnership>> claims = atOnce(IntStream.range(0, 16)
                .<Callable<Optional<PartitionOwnership>>>mapToObj(i -> () -> claim("owner-" + i, tag))
                .toList());

        assertThat(claims.stream().filter(Optional::isPresent)).hasSize(1);
    }

    private void update(long sequence, String offset) {
        store().updateCheckpoint(new Checkpoint()
                        .setFullyQualifiedNamespace(NAMESPACE)
                        .setEventHubName(HUB)
                        .setConsumerGroup(GROUP)
                        .setPartitionId("3")
                        .setSequenceNumber(sequence)
                        .setOffsetString(offset))
                .block();
    }

    private Optional<Checkpoint> checkpoint() {
        return store().listCheckpoints(NAMESPACE, HUB, GROUP).collectList().block().stream()
                .findFirst();
    }

    private Optional<PartitionOwnership> claim(String owner, String tag) {
        PartitionOwnership request = new PartitionOwnership()
                .setFullyQualifiedNamespace(NAMESPACE)
                .setEventHubName(HUB)
                .setConsumerGroup(GROUP)
                .setPartitionId("3")
                .setOwnerId(owner)
                .setETag(tag);
        return store().claimOwnership(List.of(request)).collectList().block().stream()
                .findFirst();
    }

    private PartitionOwnership ownership() {
        return store().listOwnership(NAMESPACE, HUB, GROUP).single().block();
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
