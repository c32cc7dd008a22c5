package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** Writes events: the one place that draws the ids of events, messages and portal tickets, all from the seed. */
final class EventPen {

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private final Random random;

    EventPen(Random random) {
        this.random = random;
    }

    /** An event of a room, a device or a whole tenant. */
    PortalEvent write(String name, Instant time, String tenant, String partitionKey, String subject, ObjectNode data) {
        return new PortalEvent(
                freshId(),
                name,
                time,
                tenant,
                partitionKey,
                subject,
                Optional.empty(),
                OptionalLong.empty(),
                PortalEvent.Form.VALID,
                data);
    }

    String freshId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** In the form of the one published example, {@code 7B7365-EPDOLF} (facts/portal.md, section 1). */
    String portalTicketId() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return "%06X-%s".formatted(random.nextInt(0x1000000), letters);
    }
}
