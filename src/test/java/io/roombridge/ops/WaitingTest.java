package io.roombridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a connection may take for its request, and how many may. */
class WaitingTest {

    private final Waiting waiting = new Waiting();
    private final EmbeddedChannel client = new EmbeddedChannel();

    @Test
    void aClientHasFifteenSecondsForItsRequest() {
        waiting.begin(client);

        pass(client, 14);
        assertThat(client.isOpen()).isTrue();
        pass(client, 1);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void whoHasSaidAllMayWaitForTheAnswer() {
        waiting.begin(client);
        waiting.end(client);

        pass(client, 60);

        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void whereTooManyWaitTheOldestHasToGo() {
        waiting.begin(client);
        List<EmbeddedChannel> others = new ArrayList<>();
        for (int i = 0; i < Waiting.MOST; i++) {
            EmbeddedChannel other = new EmbeddedChannel();
            others.add(other);
            waiting.begin(other);
        }

        assertThat(client.isOpen()).isFalse();
        assertThat(others).allMatch(EmbeddedChannel::isOpen);
    }

    private static void pass(EmbeddedChannel of, long seconds) {
        of.advanceTimeBy(seconds, TimeUnit.SECONDS);
        of.runScheduledPendingTasks();
    }
}
