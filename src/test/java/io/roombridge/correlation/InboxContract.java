package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.DevicePlaces.Place;
import io.roombridge.correlation.Inbox.Posted;
import io.roombridge.correlation.Inbox.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rows of the hooks promise, on each database. */
abstract class InboxContract {

    private static final Instant NOW = Instant.parse("2026-06-01T07:00:00Z");
    private static final int SENDERS = 4;
    private static final int EACH = 25;

    private Jdbi jdbi;

    abstract Jdbi jdbi();

    @BeforeEach
    void empty() {
        jdbi = jdbi();
        jdbi.useHandle(handle -> {
            handle.execute("delete from inbox");
            handle.execute("update inbox_end set position = 0");
            handle.execute("delete from device_place");
        });
    }

    @Test
    void whoeverReadsUpwardsMissesNoneWhoeverStoresBeside() {
        Inbox inbox = new Inbox(jdbi, 1000);
        List<CompletableFuture<Void>> senders = IntStream.range(0, SENDERS)
                .mapToObj(sender -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < EACH; i++) {
                        inbox.put("relay-" + sender, List.of(event("one"), event("two")), NOW);
                    }
                }))
                .toList();
        List<Long> read = new ArrayList<>();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    inbox.after(read.isEmpty() ? 0 : read.get(read.size() - 1), 7).stream()
                            .map(Row::position)
                            .forEach(read::add);
                    return read.size() == SENDERS * EACH * 2;
                });

        senders.forEach(CompletableFuture::join);
        assertThat(read)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, SENDERS * EACH * 2).boxed().toList());
        assertThat(inbox.end()).isEqualTo(SENDERS * EACH * 2);
    }

    @Test
    void whatDoesNotFitIsNotStoredInParts() {
        Inbox inbox = new Inbox(jdbi, 3);
        assertThat(inbox.put("relay", List.of(event("a"), event("b")), NOW)).isTrue();

        assertThat(inbox.put("relay", List.of(event("c"), event("d")), NOW)).isFalse();

        assertThat(inbox.after(0, 10)).hasSize(2);
        assertThat(new Backlog(jdbi).posted()).isEqualTo(new Backlog.Waiting(2, Optional.of(NOW)));
        inbox.finished(2);
        assertThat(inbox.put("relay", List.of(event("c"), event("d")), NOW)).isTrue();
        assertThat(inbox.after(0, 10)).extracting(Row::position).containsExactly(3L, 4L);
    }

    @Test
    void aDeviceStandsWhereTheLatestEventSays() {
        DevicePlaces places = new DevicePlaces(jdbi);
        record("d-1", "room@contoso.example", "{\"room\":1}", NOW);
        record("d-1", "room@contoso.example", "{\"room\":2}", NOW.plusSeconds(1));
        record("d-1", "room@contoso.example", "{\"room\":0}", NOW.minusSeconds(1));
        record("d-2", "other@contoso.example", "{\"room\":3}", NOW);

        assertThat(places.blocks("contoso", "d-1", Optional.empty())).contains("{\"room\":2}");
        assertThat(places.blocks("contoso", "guid", Optional.of("Other@Contoso.example")))
                .contains("{\"room\":3}");
        assertThat(places.blocks("contoso", "guid", Optional.empty())).isEmpty();
        assertThat(places.blocks("fabrikam", "d-1", Optional.empty())).isEmpty();
    }

    private void record(String device, String account, String blocks, Instant at) {
        jdbi.useTransaction(handle ->
                DevicePlaces.record(handle, new Place("contoso", device, Optional.of(account), "room-1", blocks, at)));
    }

    private static Posted event(String payload) {
        return new Posted(Optional.of("key"), payload);
    }
}
