package io.roombridge.correlation;

import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Optional;

/**
 * A command for the portal on its way to the hub.
 *
 * @param id the idempotency id; of several commands with the same id the first is sent and the others are none
 * @param name the command's name, for example {@code message-add}
 * @param body the CloudEvent in structured JSON, as it is sent
 * @param decidedAt by the bridge's clock
 */
public record OutgoingCommand(
        String tenant,
        String instance,
        Optional<TicketId> ticket,
        String id,
        String name,
        String partitionKey,
        String body,
        Instant decidedAt) {}
