package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionWindowTest {

    private static final int PARALLEL = 3;

    private final PartitionWindow<String> window = new PartitionWindow<>(8, 12, PARALLEL);
    private final Map<String, Delivery<String>> deliveries = new LinkedHashMap<>();

    @Test
    void deliveriesThatShareAKeyStartOneAfterTheOther() {
        deliver("a1:a", "a2:a", "b1:b");

        assertThat(startAll()).containsExactly("a1", "b1");

        finish("a1");
        assertThat(startAll()).containsExactly("a2");
    }

    @Test
    void deliveryWithSeveralKeysWaitsForAllOfThem() {
        deliver("a:a", "b:b", "batch:a+b", "b2:b");
        startAll();

        finish("a");
        assertThat(startAll()).isEmpty();
        finish("b");
        assertThat(startAll()).containsExactly("batch");
        finish("batch");
        assertThat(startAll()).containsExactly("b2");
    }

    @Test
    void deliveryWithoutKeysIsOrderedWithNobody() {
        deliver("a1:a", "free:", "free2:");

        assertThat(startAll()).containsExactly("a1", "free", "free2");
    }

    @Test
    void noMoreThanTheParallelOnesRunAndTheEarliestComeFirst() {
        deliver("a:a", "b:b", "c:c", "d:d", "e:e");

        assertThat(startAll()).containsExactly("a", "b", "c");
        finish("c");
        assertThat(startAll()).containsExactly("d");
    }

    @Test
    void restingDeliveryHoldsItsKeysButNoPlace() {
        deliver("a1:a", "a2:a", "b:b", "c:c", "d:d");
        startAll();

        window.rest(deliveries.get("a1"));
        assertThat(startAll()).containsExactly("d");
        finish("d");
        assertThat(startAll()).as("a2 waits for a1").isEmpty();
        window.wake(deliveries.get("a1"));
        assertThat(startAll()).containsExactly("a1");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # finished, in this order | covered
            -                         , -
            a                         , 10
            b                         , -
            b+c+d                     , -
            c+b+a                     , 12
            a+b+d                     , 11
            d+c+b+a                   , 17
            """)
    void checkpointIsTheLastDeliveredBeforeWhichEverythingIsFinished(String finished, Long covered) {
        // Given gaps in the sequence numbers, which are normal
        PartitionWindow<String> wide = new PartitionWindow<>(8, 8, 8);
        Map<String, Delivery<String>> byName = new LinkedHashMap<>();
        List.of("a@10", "b@11", "c@12", "d@17").forEach(text -> {
            String[] parts = text.split("@");
            byName.put(parts[0], wide.deliver(Long.parseLong(parts[1]), "o" + parts[1], Set.of(), parts[0]));
        });
        IntStream.range(0, 4).forEach(i -> wide.start());

        // When
        Optional.ofNullable(finished)
                .ifPresent(names -> List.of(names.split("\\+")).forEach(name -> wide.finish(byName.get(name))));

        // Then
        assertThat(wide.covered().map(Position::sequence)).isEqualTo(Optional.ofNullable(covered));
    }

    @Test
    void windowIsFullOfUnfinishedDeliveries() {
        IntStream.range(0, 8).forEach(i -> deliver("n" + i + ":"));

        assertThat(window.full()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> deliver("more:")).withMessageContaining("8 unfinished of 8");

        startAll();
        finish("n1");
        assertThat(window.full()).isFalse();
    }

    @Test
    void oneStuckDeliveryLetsOthersPassOnlyUntilTheSpanIsFull() {
        deliver("stuck:s");
        startAll();
        IntStream.range(0, 11).forEach(i -> {
            deliver("n" + i + ":");
            startAll();
            finish("n" + i);
        });

        assertThat(window.unfinished()).isEqualTo(1);
        assertThat(window.full()).isTrue();
        finish("stuck");
        assertThat(window.full()).isFalse();
    }

    @Test
    void finishedDeliveryLetsGoOfItsEvent() {
        deliver("a:a", "b:b");
        startAll();
        finish("b");

        assertThat(deliveries.get("b").event()).isNull();
        assertThat(deliveries.get("a").event()).isEqualTo("a");
    }

    @Test
    void deliveryCannotFinishTwice() {
        deliver("a:a");
        startAll();
        finish("a");

        assertThatIllegalStateException().isThrownBy(() -> finish("a")).withMessageContaining("FINISHED, not RUNNING");
    }

    /** Every seed plays a random life of a window beside a model that is too simple to be wrong. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void windowAgreesWithItsModel(long seed) {
        Random random = new Random(seed);
        WindowModel model = new WindowModel(8, 12, PARALLEL);
        List<Delivery<String>> all = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            String what = "seed " + seed + ", step " + step;
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    assertThat(window.full()).as(what).isEqualTo(model.full());
                    if (!model.full()) {
                        Set<String> keys = WindowModel.randomKeys(random);
                        long sequence = model.deliver(keys, random);
                        all.add(window.deliver(sequence, "o" + sequence, keys, "event"));
                    }
                }
                case 2 -> {
                    Optional<Integer> started = window.start().map(all::indexOf);
                    assertThat(started).as(what).isEqualTo(model.start());
                }
                case 3 ->
                    model.pick(random, WindowModel.RUNNING).ifPresent(index -> {
                        window.finish(all.get(index));
                        model.put(index, WindowModel.FINISHED);
                    });
                default -> {
                    String from = random.nextBoolean() ? WindowModel.RUNNING : WindowModel.RESTING;
                    model.pick(random, from).ifPresent(index -> {
                        if (from.equals(WindowModel.RUNNING)) {
                            window.rest(all.get(index));
                            model.put(index, WindowModel.RESTING);
                        } else {
                            window.wake(all.get(index));
                            model.put(index, WindowModel.QUEUED);
                        }
                    });
                }
            }
            assertThat(window.covered().map(Position::sequence)).as(what).isEqualTo(model.covered());
            assertThat(window.unfinished()).as(what).isEqualTo(model.unfinished());
        }
        assertThat(model.covered()).as("the walk got somewhere").isPresent();
    }

    private void deliver(String... specs) {
        for (String spec : specs) {
            String name = spec.substring(0, spec.indexOf(':'));
            String keys = spec.substring(spec.indexOf(':') + 1);
            Set<String> set = keys.isEmpty() ? Set.of() : Set.of(keys.split("\\+"));
            deliveries.put(name, window.deliver(deliveries.size(), "o", set, name));
        }
    }

    private List<String> startAll() {
        List<String> started = new ArrayList<>();
        for (Optional<Delivery<String>> next = window.start(); next.isPresent(); next = window.start()) {
            started.add(next.get().event());
        }
        return started;
    }

    private void finish(String name) {
        window.finish(deliveries.get(name));
    }

    @Test
    void whoHasMoreThanHalfOfASharedWindowIsCrowdedUntilItHasLess() {
        List<Delivery<String>> away = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            away.add(window.deliver(i, "" + i, Set.of("away" + i), Optional.of("away"), "event"));
        }
        Delivery<String> sound = window.deliver(5, "5", Set.of("sound"), Optional.of("sound"), "event");
        assertThat(window.crowded(away.get(0))).as("5 of 8").isTrue();
        assertThat(window.crowded(sound)).isFalse();

        Delivery<String> first = window.start().orElseThrow();
        window.finish(first);

        assertThat(window.crowded(away.get(1))).as("4 of 8").isFalse();
    }

    @Test
    void oneOfSeveralRunsInHalfOfThePlacesAndTheOthersPassIt() {
        PartitionWindow<String> wide = new PartitionWindow<>(8, 8, 4);
        for (int i = 0; i < 4; i++) {
            wide.deliver(i, "" + i, Set.of("slow" + i), Optional.of("slow"), "slow");
        }
        wide.deliver(4, "4", Set.of("quick"), Optional.of("quick"), "quick");

        assertThat(wide.start()).map(Delivery::event).hasValue("slow");
        assertThat(wide.start()).map(Delivery::event).hasValue("slow");
        assertThat(wide.start()).map(Delivery::event).hasValue("quick");
        assertThat(wide.start()).isEmpty();
    }
}
