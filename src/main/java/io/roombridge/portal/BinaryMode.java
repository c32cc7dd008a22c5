package io.roombridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * CloudEvents binary mode: the attributes stand in the message's properties under one of the usual prefixes, the body is
 * the data. Other properties belong to others and are left alone.
 */
final class BinaryMode {

    /** Of the AMQP binding, of the same where a colon is not allowed, and of Kafka producers. */
    private static final List<String> PREFIXES = List.of("cloudEvents:", "cloudEvents_", "ce_");

    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]{1,64}");

    private BinaryMode() {}

    static boolean isAttribute(String property) {
        return attribute(property).isPresent();
    }

    /**
     * The attributes as the members of a structured-mode event without its data.
     *
     * @throws ContractViolation if an attribute stands there twice with different values, or is no simple value
     */
    static ObjectNode attributes(Optional<String> contentType, Map<String, Object> properties) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        contentType
                .filter(type -> !type.isBlank())
                .ifPresent(type -> event.put("datacontenttype", type.toLowerCase(Locale.ROOT)));
        new TreeMap<>(properties)
                .forEach((property, value) -> attribute(property).ifPresent(name -> {
                    JsonNode node = node(name, value);
                    JsonNode other = event.get(name);
                    if (other != null && !other.equals(node)) {
                        throw new ContractViolation(
                                ContractViolation.EVENT.append(name),
                                "stands twice with different values; expected one");
                    }
                    event.set(name, node);
                }));
        return event;
    }

    /** The partition key, or empty if it is missing, unreadable, or given twice. */
    static Optional<String> partitionKey(Map<String, Object> properties) {
        List<String> keys = properties.entrySet().stream()
                .filter(entry -> attribute(entry.getKey())
                        .filter(PortalEvents.PARTITION_KEY::equals)
                        .isPresent())
                .map(entry -> node(PortalEvents.PARTITION_KEY, entry.getValue()))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .distinct()
                .toList();
        return keys.size() == 1 ? Optional.of(keys.get(0)) : Optional.empty();
    }

    /** The data is the body and nothing else: a property named so is no attribute. */
    private static Optional<String> attribute(String property) {
        return PREFIXES.stream()
                .filter(property::startsWith)
                .map(prefix -> property.substring(prefix.length()))
                .filter(name -> ATTRIBUTE.matcher(name).matches() && !name.equals(PortalEvents.DATA))
                .findFirst();
    }

    /** AMQP knows more types than JSON; a time is written as in structured mode, what has no other form as its text. */
    private static JsonNode node(String name, Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == null) {
            return nodes.nullNode();
        } else if (value instanceof Boolean bool) {
            return nodes.booleanNode(bool);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return nodes.numberNode(((Number) value).longValue());
        } else if (value instanceof Date date) {
            return nodes.textNode(date.toInstant().toString());
        } else if (value instanceof Map
                || value instanceof Iterable
                || value.getClass().isArray()) {
            throw new ContractViolation(ContractViolation.EVENT.append(name), "is no simple value; expected text");
        }
        return nodes.textNode(value.toString());
    }
}
