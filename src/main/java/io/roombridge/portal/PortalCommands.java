package io.roombridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.ticket.TicketKey;
import io.roombridge.trace.TraceParent;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;

/** Writes commands as structured-mode CloudEvents for the hub {@code portal-commands}; the same command, the same bytes. */
public final class PortalCommands {

    /** Of every message that {@link #encode} makes. */
    public static final String CONTENT_TYPE = JsonFormat.CONTENT_TYPE;

    private static final URI SOURCE = URI.create("/roombridge");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonFormat format = new JsonFormat();

    /** The body of the message; its partition key is {@link #partitionKey}. */
    public byte[] encode(PortalCommand command) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        command.ticketId().ifPresent(id -> data.put("ticketId", id));
        String name = describe(command.request(), data);
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(command.id())
                .withSource(SOURCE)
                .withType(PortalEvents.TYPE_PREFIX + "command." + name + PortalEvents.VERSION)
                .withTime(command.at().atOffset(ZoneOffset.UTC))
                .withExtension("tenantid", command.tenant())
                .withExtension(PortalEvents.PARTITION_KEY, partitionKey(command))
                .withData("application/json", JsonCloudEventData.wrap(data));
        command.ticketId().ifPresent(id -> event.withExtension("ticketid", id));
        command.traceparent().ifPresent(parent -> event.withExtension(TraceParent.NAME, parent));
        return format.serialize(event.build());
    }

    /** The trace that a command, or any other event in structured mode, belongs to; empty when it says none. */
    public static Optional<String> traceOf(String event) {
        if (!event.contains(TraceParent.NAME)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                            MAPPER.readTree(event).path(TraceParent.NAME).textValue())
                    .filter(TraceParent::isOne);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The command's name, for example {@code message-add}. */
    public String name(Request request) {
        return describe(request, JsonNodeFactory.instance.objectNode());
    }

    /** Commands about one ticket keep their order. */
    public String partitionKey(PortalCommand command) {
        String subject =
                command.ticketId().map(id -> TicketKey.part("ticket id", id)).orElse("stream");
        return TicketKey.part("tenant", command.tenant()) + "|" + subject;
    }

    /** Fills the data and returns the command's name. */
    private static String describe(Request request, ObjectNode data) {
        if (request instanceof Request.MessageAdd message) {
            data.put("text", message.text()).put("format", "text");
            data.put("visibility", message.customerVisible() ? "customer" : "internal");
            put(data, "author", message.author());
            return "message-add";
        } else if (request instanceof Request.AttachmentAdd file) {
            data.put("fileName", file.fileName()).put("contentType", file.contentType());
            data.put("size", file.sizeBytes()).put("sha256", file.sha256()).put("contentUrl", file.contentUrl());
            return "attachment-add";
        } else if (request instanceof Request.LinkSnow link) {
            data.put("number", link.number()).put("url", link.url());
            return "link-snow";
        } else if (request instanceof Request.Close close) {
            data.put("closureReason", close.closureReason());
            put(data, "text", close.text());
            return "close";
        }
        return describeSmall(request, data);
    }

    private static String describeSmall(Request request, ObjectNode data) {
        if (request instanceof Request.Ack ack) {
            put(data, "by", ack.by());
            put(data, "number", ack.number());
            return "ack";
        } else if (request instanceof Request.Suppress suppress) {
            put(data, "reason", suppress.reason());
            put(data, "until", suppress.until());
            return "suppress";
        } else if (request instanceof Request.Unsuppress unsuppress) {
            put(data, "reason", unsuppress.reason());
            return "unsuppress";
        } else if (request instanceof Request.AttachmentUrl file) {
            data.put("attachmentId", file.attachmentId());
            return "attachment-url";
        } else if (request instanceof Request.SnapshotRequest) {
            return "snapshot-request";
        }
        throw new IllegalStateException("no encoding for " + request);
    }

    private static void put(ObjectNode data, String name, Optional<?> value) {
        value.ifPresent(present -> data.put(name, present.toString()));
    }
}
