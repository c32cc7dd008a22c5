package io.roombridge.portal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.path.NodePath;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads JSON from outside: UTF-8, no key twice, bounded in every dimension, and only text that every store can keep. What
 * one reader takes and another refuses (a second {@code "state"}, a NUL) must not get past this class.
 */
final class StrictJson {

    /** The largest body of a message that is read at all, in bytes. */
    static final int LARGEST_BODY = 1 << 20;

    /** PostgreSQL stores no NUL, UTF-8 knows no half of a surrogate pair. */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(64)
                            .maxNameLength(256)
                            .maxStringLength(LARGEST_BODY)
                            .maxTokenCount(200_000)
                            .build())
                    .build())
            .addModule(JsonFormat.getCloudEventJacksonModule())
            .build();

    /** Knows CloudEvents besides plain JSON. */
    ObjectMapper mapper() {
        return mapper;
    }

    /**
     * @param at where in the event this text stands
     * @throws ContractViolation naming the place of the first fault
     */
    JsonNode read(byte[] bytes, NodePath at) {
        String text = text(bytes, at);
        try (JsonParser parser = mapper.createParser(text)) {
            return read(parser, at);
        } catch (IOException e) {
            throw new ContractViolation(at, "could not be read: " + e.getMessage());
        }
    }

    private JsonNode read(JsonParser parser, NodePath at) throws IOException {
        try {
            JsonNode node = mapper.readTree(parser);
            if (node == null || node.isMissingNode()) {
                throw new ContractViolation(at, "is empty; expected JSON");
            }
            if (parser.nextToken() != null) {
                throw new ContractViolation(at, "goes on after the end of its JSON value");
            }
            refuseUnstorable(node, at);
            return node;
        } catch (JsonProcessingException e) {
            throw new ContractViolation(
                    path(parser.getParsingContext(), at),
                    "is not the JSON of this contract: " + e.getOriginalMessage() + " (character "
                            + parser.currentLocation().getCharOffset() + ")");
        }
    }

    /** Strict UTF-8: a decoder that replaces bad bytes would make different keys equal. */
    static String text(byte[] bytes, NodePath at) {
        if (bytes.length > LARGEST_BODY) {
            throw new ContractViolation(
                    at, "is " + bytes.length + " bytes long; expected at most " + LARGEST_BODY + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ContractViolation(at, "is not UTF-8: " + e.getMessage());
        }
    }

    /** As much of the text as can be kept, whatever the bytes are. */
    static String legible(byte[] bytes) {
        return legible(new String(bytes, 0, Math.min(bytes.length, LARGEST_BODY), StandardCharsets.UTF_8));
    }

    static String legible(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    static boolean storable(String text) {
        return !UNSTORABLE.matcher(text).find();
    }

    /** Also what a binary-mode property brought, which no JSON parser has seen. */
    static void refuseUnstorable(JsonNode node, NodePath at) {
        if (node.isTextual()) {
            refuseUnstorable(node.textValue(), at);
        } else if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw new ContractViolation(at, "is a number too large; expected one that a double can hold");
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseUnstorable(node.get(i), at.append(i));
            }
        } else {
            node.properties().forEach(field -> {
                refuseUnstorable(field.getKey(), at);
                refuseUnstorable(field.getValue(), at.append(field.getKey()));
            });
        }
    }

    private static void refuseUnstorable(String text, NodePath at) {
        if (!storable(text)) {
            throw new ContractViolation(at, "holds U+0000 or half of a surrogate pair; expected text");
        }
    }

    private static NodePath path(JsonStreamContext context, NodePath at) {
        if (context == null || context.inRoot()) {
            return at;
        }
        NodePath parent = path(context.getParent(), at);
        if (context.inArray()) {
            return parent.append(Math.max(0, context.getCurrentIndex()));
        }
        return context.getCurrentName() == null ? parent : parent.append(context.getCurrentName());
    }
}
