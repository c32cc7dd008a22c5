package io.roombridge.portal;

import static io.roombridge.portal.Messages.BATCH;
import static io.roombridge.portal.Messages.EVENTS;
import static io.roombridge.portal.Messages.JSON;
import static io.roombridge.portal.Messages.MAPPER;
import static io.roombridge.portal.Messages.STRUCTURED;
import static io.roombridge.portal.Messages.accepted;
import static io.roombridge.portal.Messages.any;
import static io.roombridge.portal.Messages.bytes;
import static io.roombridge.portal.Messages.edited;
import static io.roombridge.portal.Messages.properties;
import static io.roombridge.portal.Messages.rejected;
import static io.roombridge.portal.Messages.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Decoded.Accepted;
import io.roombridge.portal.Decoded.Rejected;
import io.roombridge.portal.Decoded.Unknown;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.ChangeId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However an event travels, it means the same. */
class ContentModesTest {

    @ParameterizedTest
    @ValueSource(strings = {"cloudEvents:", "cloudEvents_", "ce_"})
    void binaryModeMeansTheSameAsStructuredMode(String prefix) {
        for (EventExamples.Example example : EventExamples.events()) {
            // Given
            ObjectNode event = tree(example.json());
            // When
            Change structured = accepted(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
            Change binary = accepted(EVENTS.decode(bytes(event.get("data")), JSON, properties(prefix, event)));
            // Then
            assertThat(binary)
                    .usingRecursiveComparison()
                    .ignoringFields("payload")
                    .isEqualTo(structured);
            assertThat(tree(binary.payload())).isEqualTo(tree(structured.payload()));
        }
    }

    @Test
    void binaryAttributesMayHaveTheTypesOfAmqp() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        Map<String, Object> properties = properties("cloudEvents:", event);
        properties.put("cloudEvents:time", Date.from(Instant.parse("2026-06-01T08:15:00Z")));
        properties.put("cloudEvents:sequence", 41L);
        properties.put("cloudEvents:source", URI.create("/mtrp/tenants/contoso"));
        properties.put("Diagnostic-Id", "somebody else's");
        // When
        Change change = accepted(EVENTS.decode(bytes(event.get("data")), JSON, properties));
        // Then
        assertThat(change.at()).isEqualTo("2026-06-01T08:15:00Z");
        assertThat(change.sequence()).hasValue(41);
    }

    @Test
    void anAttributeWithTwoValuesIsRejected() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        Map<String, Object> properties = properties("cloudEvents:", event);
        properties.put("ce_tenantid", "fabrikam");
        // When
        Rejected rejected = rejected(EVENTS.decode(bytes(event.get("data")), JSON, properties));
        // Then
        assertThat(rejected.path()).isEqualTo("$.tenantid");
    }

    @Test
    void aBatchYieldsOneResultForEachEventInItsOrder() {
        // Given
        ArrayNode batch = MAPPER.createArrayNode();
        batch.add(tree(EventExamples.event("ticket.opened")));
        batch.add(edited("ticket.updated", event -> event.put("type", "io.roombridge.portal.ticket.split.v1")));
        batch.add(edited("ticket.resolved", event -> event.remove("time")));
        batch.add(42);
        batch.add(tree(EventExamples.event("ticket.closed")));
        // When
        List<Decoded> decoded = EVENTS.decode(bytes(batch), BATCH, Map.of());
        // Then
        assertThat(decoded)
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(Accepted.class, Unknown.class, Rejected.class, Rejected.class, Accepted.class);
        assertThat(((Rejected) decoded.get(2)).path()).isEqualTo("$.time");
        assertThat(((Rejected) decoded.get(2)).id())
                .contains(new ChangeId(
                        "/mtrp/tenants/contoso#" + batch.get(2).get("id").textValue()));
        assertThat(((Rejected) decoded.get(3)).payload()).isEqualTo("42");
    }

    @Test
    void withoutAContentTypeTheBodyTellsTheMode() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        // Then
        assertThat(EVENTS.decode(bytes(event), Optional.empty(), Map.of()))
                .singleElement()
                .isInstanceOf(Accepted.class);
        assertThat(EVENTS.decode(bytes(MAPPER.createArrayNode().add(event).add(event)), Optional.empty(), Map.of()))
                .hasSize(2)
                .allMatch(Accepted.class::isInstance);
    }

    @Test
    void anEmptyBatchHasNothingToSay() {
        assertThat(EVENTS.decode("[]".getBytes(StandardCharsets.UTF_8), BATCH, Map.of()))
                .isEmpty();
    }

    @Test
    void dataInBase64IsReadAsData() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        ObjectNode encoded = event.deepCopy();
        encoded.remove("data");
        encoded.put("data_base64", Base64.getEncoder().encodeToString(bytes(event.get("data"))));
        // When
        Change change = accepted(EVENTS.decode(bytes(encoded), STRUCTURED, Map.of()));
        // Then
        assertThat(tree(change.payload())).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({"'7', string expected", "'\"%%%\"', base 64", "'\"e30=\"', missing", "'\"eyI=\"', JSON"})
    void dataInBase64MustHoldTheData(String value, String problem) {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        event.remove("data");
        event.set("data_base64", any(value));
        // When
        Rejected rejected = rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
        // Then
        assertThat(rejected.path()).startsWith("$.data");
        assertThat(rejected.problem()).contains(problem).doesNotStartWith(PortalEvents.UNFORESEEN);
    }

    @Test
    void anUnknownBinaryTypeMayHaveDataOfAnyKind() {
        // Given
        Map<String, Object> properties =
                Map.of("ce_specversion", "1.0", "ce_id", "7", "ce_source", "/other", "ce_type", "com.example.x");
        // When
        List<Decoded> decoded = EVENTS.decode(new byte[] {1, 2, (byte) 0xFF}, Optional.of("image/png"), properties);
        // Then
        assertThat(decoded).singleElement().isInstanceOf(Unknown.class);
    }

    @Test
    void aByteOrderMarkIsNoFault() {
        // Given
        String body = "\uFEFF" + EventExamples.event("ticket.opened");
        // Then
        assertThat(EVENTS.decode(body.getBytes(StandardCharsets.UTF_8), Optional.empty(), Map.of()))
                .singleElement()
                .isInstanceOf(Accepted.class);
    }

    @Test
    void orderKeysAreThePartitionKeysOfTheMessage() {
        // Given
        ObjectNode first = tree(EventExamples.event("ticket.opened"));
        ObjectNode second = edited("ticket.updated", node -> node.put("partitionkey", "contoso|room-13"));
        byte[] batch = bytes(MAPPER.createArrayNode().add(first).add(second).add(first));
        // Then
        assertThat(EVENTS.orderKeys(bytes(first), STRUCTURED, Map.of())).containsExactly("contoso|room-12");
        assertThat(EVENTS.orderKeys(batch, BATCH, Map.of()))
                .containsExactlyInAnyOrder("contoso|room-12", "contoso|room-13");
        assertThat(EVENTS.orderKeys(new byte[0], JSON, properties("ce_", second)))
                .containsExactly("contoso|room-13");
        assertThat(EVENTS.orderKeys("{\"a\":".getBytes(StandardCharsets.UTF_8), STRUCTURED, Map.of()))
                .isEmpty();
        assertThat(EVENTS.orderKeys(new byte[0], Optional.empty(), Map.of())).isEmpty();
    }
}
