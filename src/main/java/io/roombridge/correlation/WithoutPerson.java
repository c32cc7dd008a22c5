package io.roombridge.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the store without a person: the name is gone wherever it stands, and so is what the person said, where an event,
 * a command or an entry tells who said it. Everything else stays as it is. Pure.
 */
final class WithoutPerson {

    static final String ERASED = "(erased)";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "From the Teams Rooms portal: ";
    private static final List<String> SAID = List.of("text", "description");

    /** What tickets are known by, also where a room is called after a person. */
    private static final Set<String> IDENTITIES = Set.of("key", "id", "roomId", "ticketId", "correlation_id");

    private final Pattern name;
    private final Pattern header;

    /** @param person the name as it is shown, in any case; at least three characters, or too much would be erased */
    WithoutPerson(String person) {
        String quoted = Pattern.quote(person.strip());
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        name = Pattern.compile("(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])", flags);
        header = Pattern.compile("^" + Pattern.quote(HEADER) + quoted + "\\b", flags);
    }

    String of(String text) {
        if (text.startsWith("{")) {
            try {
                JsonNode node = JSON.readTree(text);
                JsonNode erased = node(node);
                return erased.equals(node) ? text : erased.toString();
            } catch (JsonProcessingException e) {
                return plain(text);
            }
        }
        return plain(text);
    }

    private String plain(String text) {
        return header.matcher(text).find() ? ERASED : name.matcher(text).replaceAll(Matcher.quoteReplacement(ERASED));
    }

    private JsonNode node(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(of(node.textValue()));
        } else if (node instanceof ArrayNode list) {
            ArrayNode erased = JSON.createArrayNode();
            list.forEach(item -> erased.add(node(item)));
            return erased;
        }
        return node instanceof ObjectNode object ? object(object) : node;
    }

    private ObjectNode object(ObjectNode object) {
        boolean theirs = is(object.path("actor").path("displayName")) || is(object.path("author"));
        ObjectNode erased = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (IDENTITIES.contains(entry.getKey())) {
                erased.set(entry.getKey(), entry.getValue());
                continue;
            }
            boolean said =
                    theirs && SAID.contains(entry.getKey()) && entry.getValue().isTextual();
            erased.set(entry.getKey(), said ? TextNode.valueOf(ERASED) : node(entry.getValue()));
        }
        return erased;
    }

    private boolean is(JsonNode shown) {
        return shown.isTextual() && name.matcher(shown.textValue().strip()).matches();
    }
}
