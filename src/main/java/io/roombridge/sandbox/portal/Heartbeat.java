package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A sign of life on every partition of the hub, also when nothing happens. Everything of the tenant up to the watermark was
 * sent before it; events that the relay still holds back keep the watermark back too (facts/portal.md, section 9.3).
 */
record Heartbeat(String tenant, Instant at, Instant watermark) {

    /** The event for one partition; its id depends on nothing else, so a partition more changes no other event. */
    PortalEvent on(String partition) {
        ObjectNode data = Blocks.object();
        data.put("partitionWatermark", watermark.toString());
        data.put("partition", partition);
        String what = String.join("/", "heartbeat", tenant, partition, at.toString());
        return new PortalEvent(
                UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString(),
                "stream.heartbeat",
                at,
                tenant,
                tenant + "|stream",
                "partitions/" + partition,
                Optional.empty(),
                OptionalLong.empty(),
                PortalEvent.Form.VALID,
                data);
    }
}
