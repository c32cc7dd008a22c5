package io.roombridge.portal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.path.NodePath;
import io.roombridge.portal.Posting.Envelope;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.ChangeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the messages of the hub {@code portal-events} (docs/events.md). A message holds one CloudEvent or a batch of them,
 * in structured or in binary mode; whatever it holds, each event ends as a {@link Decoded} and never as an exception.
 *
 * <p>Safe for use by many threads.
 */
public final class PortalEvents {

    /** Every type of this contract begins so. */
    static final String TYPE_PREFIX = "io.roombridge.portal.";

    static final String VERSION = ".v1";
    static final String DATA = "data";
    static final String DATA_BASE64 = "data_base64";
    static final String PARTITION_KEY = "partitionkey";

    /** How a problem begins that no rule of the contract foresaw, and that is therefore a fault of the bridge. */
    static final String UNFORESEEN = "made the bridge fail: ";

    /** In UTF-16 units; the widest column that takes such a key. The schemas' bounds stay below it. */
    private static final int LONGEST_KEY = 1000;

    private static final Map<String, Kind> KINDS = Arrays.stream(Kind.values())
            .collect(Collectors.toUnmodifiableMap(kind -> TYPE_PREFIX + kind.label() + VERSION, Function.identity()));

    private final StrictJson json = new StrictJson();
    private final EventSchemas schemas = new EventSchemas();
    private final ChangeReader changes = new ChangeReader(json.mapper());

    /** Compiles the schemas, which takes a moment: one instance serves the whole process. */
    public PortalEvents() {
        schemas.compile(EventSchemas.CLOUD_EVENT);
        KINDS.values().forEach(kind -> schemas.compile(schema(kind)));
    }

    /**
     * @param contentType the message's content type, as the AMQP property says it
     * @param properties the message's application properties
     * @return one result for each event of the message in its order; none only for an empty batch
     */
    public List<Decoded> decode(byte[] body, Optional<String> contentType, Map<String, Object> properties) {
        try {
            return switch (ContentMode.of(body, contentType, properties)) {
                case STRUCTURED -> List.of(decode(json.read(body, ContractViolation.EVENT)));
                case BATCH -> batch(json.read(body, ContractViolation.EVENT));
                case BINARY -> List.of(binary(body, contentType, properties));
            };
        } catch (RuntimeException e) {
            ContractViolation why = violation(e);
            String payload = StrictJson.legible(body);
            return List.of(
                    new Decoded.Rejected(Optional.empty(), why.path(), why.problem(), payload, Optional.empty()));
        }
    }

    /**
     * What an HTTP request brings, judged as far as its sender has to hear of it: one event that is no CloudEvent refuses
     * the whole message. Parameters as for {@link #decode}.
     */
    public Posting posting(byte[] body, Optional<String> contentType, Map<String, Object> properties) {
        try {
            List<Envelope> events =
                    switch (ContentMode.of(body, contentType, properties)) {
                        case STRUCTURED -> List.of(envelope(json.read(body, ContractViolation.EVENT)));
                        case BATCH -> envelopes(json.read(body, ContractViolation.EVENT));
                        case BINARY -> List.of(envelope(binaryEvent(body, contentType, properties)));
                    };
            return new Posting.Readable(events);
        } catch (ContractViolation e) {
            return new Posting.Unreadable(e.path(), e.problem());
        }
    }

    private List<Envelope> envelopes(JsonNode body) {
        if (!body.isArray()) {
            throw new ContractViolation(ContractViolation.EVENT, "is no JSON array; expected a batch of events");
        }
        List<Envelope> envelopes = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            try {
                envelopes.add(envelope(body.get(i)));
            } catch (ContractViolation e) {
                throw new ContractViolation(
                        ContractViolation.EVENT.append(i), "holds an event in which " + e.path() + " " + e.problem());
            }
        }
        return envelopes;
    }

    private Envelope envelope(JsonNode event) {
        schemas.check(EventSchemas.CLOUD_EVENT, event);
        return new Envelope(find(event, "tenantid"), find(event, PARTITION_KEY), event.toString());
    }

    private ObjectNode binaryEvent(byte[] body, Optional<String> contentType, Map<String, Object> properties) {
        ObjectNode event = BinaryMode.attributes(contentType, properties);
        StrictJson.refuseUnstorable(event, ContractViolation.EVENT);
        if (body.length > 0) {
            event.set(DATA, json.read(body, ContractViolation.EVENT.append(DATA)));
        }
        return event;
    }

    /**
     * The partition keys of the message's events, read without looking at anything else: what may not overtake it.
     *
     * @return several for a batch; none if the message cannot be read
     */
    public Set<String> orderKeys(byte[] body, Optional<String> contentType, Map<String, Object> properties) {
        try {
            return ContentMode.of(body, contentType, properties) == ContentMode.BINARY
                    ? BinaryMode.partitionKey(properties).map(Set::of).orElse(Set.of())
                    : texts(body, PARTITION_KEY);
        } catch (IOException | RuntimeException e) {
            return Set.of();
        }
    }

    /** An attribute of the message's event, of a batch its first one that has it, read without looking at anything else. */
    public Optional<String> attribute(byte[] body, String contentType, Map<String, Object> properties, String name) {
        try {
            return ContentMode.of(body, Optional.ofNullable(contentType), properties) == ContentMode.BINARY
                    ? find(BinaryMode.attributes(Optional.ofNullable(contentType), properties), name)
                    : texts(body, name).stream().findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private List<Decoded> batch(JsonNode body) {
        if (!body.isArray()) {
            throw new ContractViolation(ContractViolation.EVENT, "is no JSON array; expected a batch of events");
        }
        return IntStream.range(0, body.size())
                .mapToObj(body::get)
                .map(this::decode)
                .toList();
    }

    private Decoded binary(byte[] body, Optional<String> contentType, Map<String, Object> properties) {
        ObjectNode event = BinaryMode.attributes(contentType, properties);
        try {
            StrictJson.refuseUnstorable(event, ContractViolation.EVENT);
            if (!event.path("datacontenttype").asText("json").contains("json")) {
                event.put(DATA, StrictJson.legible(body));
            } else if (body.length > 0) {
                event.set(DATA, json.read(body, ContractViolation.EVENT.append(DATA)));
            }
        } catch (ContractViolation e) {
            return rejected(event.put(DATA, StrictJson.legible(body)), e);
        }
        return decode(event);
    }

    private Decoded decode(JsonNode event) {
        try {
            schemas.check(EventSchemas.CLOUD_EVENT, event);
            String type = event.get("type").textValue();
            Kind kind = KINDS.get(type);
            return kind == null
                    ? new Decoded.Unknown(id(event).orElseThrow(), type, event.toString())
                    : accepted(kind, (ObjectNode) event);
        } catch (RuntimeException e) {
            return rejected(event, violation(e));
        }
    }

    private Decoded accepted(Kind kind, ObjectNode event) {
        ObjectNode plain = event.has(DATA_BASE64) ? withoutBase64(event) : event;
        schemas.check(schema(kind), plain);
        return new Decoded.Accepted(changes.read(kind, plain));
    }

    /** Some producers hand JSON data over as bytes, which the structured mode writes in base 64. */
    private ObjectNode withoutBase64(ObjectNode event) {
        NodePath at = ContractViolation.EVENT.append(DATA_BASE64);
        if (event.has(DATA)) {
            throw new ContractViolation(at, "stands beside data; expected one of them");
        }
        try {
            ObjectNode plain = event.deepCopy();
            plain.remove(DATA_BASE64);
            return plain.set(DATA, json.read(event.get(DATA_BASE64).binaryValue(), at));
        } catch (IOException e) {
            throw new ContractViolation(at, "is not base 64: " + e.getMessage());
        }
    }

    private Set<String> texts(byte[] body, String name) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        try (JsonParser parser = json.mapper().createParser(StrictJson.text(body, ContractViolation.EVENT))) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    addText(parser, name, keys);
                }
            } else {
                addText(parser, name, keys);
            }
        }
        return keys;
    }

    /** From the value the parser stands at, up to its end; only an event has attributes. */
    private static void addText(JsonParser parser, String name, Set<String> keys) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            parser.skipChildren();
            return;
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (field.equals(name) && value == JsonToken.VALUE_STRING) {
                keys.add(parser.getText());
            }
            parser.skipChildren();
        }
    }

    private static Decoded rejected(JsonNode event, ContractViolation why) {
        return new Decoded.Rejected(
                id(event), why.path(), why.problem(), StrictJson.legible(event.toString()), find(event, PARTITION_KEY));
    }

    private static Optional<ChangeId> id(JsonNode event) {
        return find(event, "source")
                .flatMap(source -> find(event, "id").map(id -> ChangeId.ofEvent(source, id)))
                .filter(id -> id.value().length() <= LONGEST_KEY);
    }

    /** The rejected event may hold anything here, and what is found becomes a key of the store. */
    private static Optional<String> find(JsonNode event, String attribute) {
        return Optional.ofNullable(event.path(attribute).textValue())
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_KEY && StrictJson.storable(text));
    }

    private static ContractViolation violation(RuntimeException e) {
        return e instanceof ContractViolation violation
                ? violation
                : new ContractViolation(ContractViolation.EVENT, UNFORESEEN + e);
    }

    private static String schema(Kind kind) {
        return kind.label() + VERSION;
    }
}
