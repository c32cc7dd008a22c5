package io.roombridge.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Decoded.Accepted;
import io.roombridge.portal.Decoded.Rejected;
import io.roombridge.portal.Decoded.Unknown;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing that arrives may stop the consumer. Each mutation has a seed of its own, counted up from {@code -Dseed}; a failure
 * names it, and with {@code -Dseed=THAT -Dmutations=1} it is the only one.
 */
class PortalEventsMutationTest {

    private static final long SEED = Long.getLong("seed", 7);
    private static final int COUNT = Integer.getInteger("mutations", 10_000);

    private final PortalEvents events = new PortalEvents();
    private final Map<String, Integer> tally = new TreeMap<>();

    @Test
    void everyMutationEndsAsAcceptedUnknownOrRejectedWithItsPath() {
        System.out.printf("%d mutations from -Dseed=%d%n", COUNT, SEED);
        // When
        mutations().forEach(this::endsWell);
        // Then
        System.out.printf("outcomes %s%n", tally);
        if (COUNT >= 10_000) {
            assertThat(tally.get("Accepted")).as("outcomes %s", tally).isGreaterThan(COUNT / 10);
            assertThat(tally.get("Rejected")).as("outcomes %s", tally).isGreaterThan(COUNT / 4);
            assertThat(tally.get("Unknown")).as("outcomes %s", tally).isGreaterThan(COUNT / 500);
        }
    }

    @Test
    void withoutTheSchemasTheSameMutationsBreakTheReader() {
        // Given
        StrictJson json = new StrictJson();
        ChangeReader unguarded = new ChangeReader(json.mapper());
        // When
        long failures = mutations().filter(seed -> fails(json, unguarded, seed)).count();
        // Then
        assertThat(failures).isGreaterThan(COUNT / 50);
    }

    private void endsWell(long seed) {
        Mutations.Message message = Mutations.message(seed);
        String replay = "replay with -Dseed=" + seed + " -Dmutations=1";
        assertThatCode(() -> {
                    List<Decoded> decoded = events.decode(message.body(), message.contentType(), message.properties());
                    Set<String> keys = events.orderKeys(message.body(), message.contentType(), message.properties());
                    decoded.forEach(result -> check(result, keys));
                })
                .as(replay)
                .doesNotThrowAnyException();
    }

    private void check(Decoded result, Set<String> orderKeys) {
        tally.merge(result.getClass().getSimpleName(), 1, Integer::sum);
        if (result instanceof Accepted accepted) {
            Change change = accepted.change();
            assertThat(orderKeys).contains(change.partitionKey());
            assertThat(change.id().value()).hasSizeLessThanOrEqualTo(1000);
            assertThat(change.ticket().isPresent())
                    .isEqualTo(change.kind().label().startsWith("ticket."));
            assertThat(again(change.payload())).isEqualTo(new Accepted(change));
        } else if (result instanceof Rejected rejected) {
            assertThat(rejected.path()).startsWith("$");
            assertThat(rejected.problem()).isNotBlank().doesNotStartWith(PortalEvents.UNFORESEEN);
            assertThat(StrictJson.storable(rejected.payload())).isTrue();
        } else {
            assertThat(again(((Unknown) result).payload())).isEqualTo(result);
        }
    }

    /** A kept payload means the same when it is replayed. */
    private Decoded again(String payload) {
        return events.decode(
                        payload.getBytes(StandardCharsets.UTF_8), Optional.of("application/cloudevents+json"), Map.of())
                .get(0);
    }

    private static boolean fails(StrictJson json, ChangeReader unguarded, long seed) {
        ObjectNode event;
        try {
            event = (ObjectNode) json.read(Mutations.message(seed).body(), ContractViolation.EVENT);
        } catch (ContractViolation | ClassCastException unreadable) {
            return false;
        }
        try {
            unguarded.read(Kind.TICKET_OPENED, event);
            return false;
        } catch (ContractViolation foreseen) {
            return false;
        } catch (RuntimeException unforeseen) {
            return true;
        }
    }

    private static Stream<Long> mutations() {
        return LongStream.range(SEED, SEED + COUNT).boxed();
    }
}
