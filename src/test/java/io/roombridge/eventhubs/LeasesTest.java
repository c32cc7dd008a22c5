package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class LeasesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong now = new AtomicLong();
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();
    private final List<String> taken = new ArrayList<>();
    private final Leases leases = new Leases(store, Duration.ofSeconds(10), now::get, taken::add);

    @Test
    void partitionIsHeldFromItsClaimUntilItCouldBeTaken() {
        assertThat(leases.held("0")).isFalse();

        claim("me", null);
        now.addAndGet(10 * SECOND - 1);
        assertThat(leases.held("0")).isTrue();

        now.addAndGet(1);
        assertThat(leases.held("0")).isFalse();
        assertThat(taken).as("nobody has taken it").isEmpty();
    }

    @Test
    void renewalProlongsTheLease() {
        String tag = claim("me", null);
        now.addAndGet(9 * SECOND);

        claim("me", tag);

        now.addAndGet(9 * SECOND);
        assertThat(leases.held("0")).isTrue();
    }

    @Test
    void refusedClaimProlongsNothing() {
        claim("me", null);
        store.steal("other");
        now.addAndGet(9 * SECOND);

        claim("me", "an old tag");

        now.addAndGet(2 * SECOND);
        assertThat(leases.held("0")).isFalse();
    }

    @Test
    void partitionOfAnotherOwnerIsLostAtTheNextLook() {
        claim("me", null);
        store.steal("other");
        now.incrementAndGet();

        leases.listOwnership("ns", "hub", "group").blockLast();

        assertThat(leases.held("0")).isFalse();
        assertThat(taken).containsExactly("0");
    }

    @Test
    void listThatWasAskedForBeforeTheClaimProvesNothing() {
        store.claimOwnership(List.of(request("other", null))).blockLast();
        now.incrementAndGet();

        leases.listOwnership("ns", "hub", "group").subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                claim("me", "v1");
                requestUnbounded();
            }
        });

        assertThat(leases.held("0")).isTrue();
        assertThat(taken).isEmpty();
    }

    @Test
    void partitionGivenUpAtTheStopIsNotHeld() {
        String tag = claim("me", null);

        claim("", tag);

        assertThat(leases.held("0")).isFalse();
    }

    private String claim(String owner, String tag) {
        return leases.claimOwnership(List.of(request(owner, tag)))
                .map(PartitionOwnership::getETag)
                .blockLast();
    }

    private static PartitionOwnership request(String owner, String tag) {
        return new PartitionOwnership()
                .setFullyQualifiedNamespace("ns")
                .setEventHubName("hub")
                .setConsumerGroup("group")
                .setPartitionId("0")
                .setOwnerId(owner)
                .setETag(tag);
    }
}
