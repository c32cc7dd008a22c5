package io.roombridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.TicketKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns an event that its schema has accepted into a change. */
final class ChangeReader {

    private static final Set<String> CLOUD_EVENTS_OWN = Stream.concat(
                    SpecVersion.V1.getAllAttributes().stream(), Stream.of(PortalEvents.DATA))
            .collect(Collectors.toUnmodifiableSet());

    private final ObjectMapper mapper;

    /** @param mapper knows how to read CloudEvents */
    ChangeReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws ContractViolation where an event keeps its schema but still makes no sense */
    Change read(Kind kind, ObjectNode node) {
        return read(kind, node, kind.label().startsWith("ticket."));
    }

    /** @param ofTicket whether its ticket block counts */
    Change read(Kind kind, ObjectNode node, boolean ofTicket) {
        Block attributes = new Block(node, ContractViolation.EVENT);
        Block data = attributes.block(PortalEvents.DATA);
        Instant at = attributes.time("time");
        CloudEvent event = cloudEvent(node);
        String tenant = TicketKey.part("tenant", attributes.text("tenantid"));
        return new Change(
                ChangeId.ofEvent(event.getSource().toString(), event.getId()),
                kind,
                tenant,
                at,
                attributes.text(PortalEvents.PARTITION_KEY),
                sequence(node),
                ofTicket ? Optional.of(Blocks.ticket(tenant, data.block("ticket"))) : Optional.empty(),
                data.blocks("rooms").stream().map(Blocks::room).toList(),
                data.findBlock("device").map(Blocks::device),
                Blocks.findActor(data),
                Details.of(kind, tenant, at, data),
                attributes.find("correlationid"),
                node.toString());
    }

    /** Without extensions: CloudEvents knows no number beyond 32 bits, and others' attributes are not ours to judge. */
    private CloudEvent cloudEvent(ObjectNode node) {
        ObjectNode known = node.objectNode();
        CLOUD_EVENTS_OWN.stream().filter(node::has).forEach(name -> known.set(name, node.get(name)));
        try {
            return mapper.treeToValue(known, CloudEvent.class);
        } catch (JsonProcessingException e) {
            throw new ContractViolation(ContractViolation.EVENT, "is no CloudEvent: " + e.getOriginalMessage());
        }
    }

    /** Padding with zeros is the sender's choice, so only the value counts. */
    private static OptionalLong sequence(JsonNode event) {
        JsonNode sequence = event.path("sequence");
        if (sequence.isMissingNode()) {
            return OptionalLong.empty();
        }
        BigInteger value = sequence.isTextual() ? new BigInteger(sequence.textValue()) : sequence.bigIntegerValue();
        if (value.bitLength() >= Long.SIZE) {
            throw new ContractViolation(
                    ContractViolation.EVENT.append("sequence"), "is too large; expected at most " + Long.MAX_VALUE);
        }
        return OptionalLong.of(value.longValue());
    }
}
