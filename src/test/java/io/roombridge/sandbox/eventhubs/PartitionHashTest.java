package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The endpoint and the SDK's own resolver, which its buffered producer uses, agree on every key. */
class PartitionHashTest {

    private static final long SEED = 20260601;

    @Test
    void aKeyHasTheSamePartitionAsInTheSdk() throws ReflectiveOperationException {
        // Given
        Class<?> type = Class.forName("com.azure.messaging.eventhubs.PartitionResolver");
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object resolver = constructor.newInstance();
        Method assign = type.getDeclaredMethod("assignForPartitionKey", String.class, String[].class);
        assign.setAccessible(true);
        Random random = new Random(SEED);

        for (int i = 0; i < 2000; i++) {
            String key = random.ints(i % 40, ' ', 127)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            int count = 1 + random.nextInt(32);
            String[] partitions =
                    IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);

            // When
            Object expected = assign.invoke(resolver, key, partitions);

            // Then
            assertThat(Integer.toString(PartitionHash.partition(key, count)))
                    .as("key '%s' over %d partitions (seed %d, round %d)", key, count, SEED, i)
                    .isEqualTo(expected);
        }
    }
}
