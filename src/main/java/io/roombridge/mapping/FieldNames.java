package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.config.Spelling;
import io.roombridge.privacy.Privacy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds misspelt fields in mapping files. To JSLT a field that is not there is null, so {@code .room.bilding} would leave
 * every ticket without its building, and no example could tell. A name that resembles none that is known is taken for
 * something an installation's own events carry.
 */
final class FieldNames {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD = Pattern.compile(
            "\\.(ticket|room|device|actor|event|data|signal|priority|redirection|bridge)\\.([A-Za-z]\\w*+)(?:\\.([A-Za-z]\\w*+))?");

    private static final Set<String> OF_EVENT = Set.of("ticket", "room", "device", "actor", "event", "data");

    /** By the path they hang from. */
    private static final Map<String, Set<String>> KNOWN = known();

    private FieldNames() {}

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new HashMap<>();
        List.of("ticket", "room", "device", "actor").forEach(block -> known.put(block, properties(schema(block))));
        known.put("ticket.key", properties(schema("ticket-key")));
        known.put("room.location", properties(schema("room").at("/properties/location")));
        known.put("device.peripheral", properties(schema("device").at("/properties/peripheral")));
        Set<String> envelope = properties(schema("envelope"));
        envelope.addAll(properties(schema("cloudevent")));
        known.put("event", envelope);
        known.put("signal", Set.of("name", "instance", "category", "incidentCategory"));
        known.put("priority", Set.of("impact", "urgency", "reason"));
        known.put("redirection", Set.of("area", "ours", "theirs", "party", "name", "holdReason", "hold"));
        known.put("bridge", Mappings.BRIDGE_FIELDS);
        return known;
    }

    private static JsonNode schema(String name) {
        try (InputStream file = FieldNames.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the event schema " + name + " cannot be read", e);
        }
    }

    private static Set<String> properties(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * @param file as faults name it
     * @param privacy which fields mappings see at all, if that is known
     */
    static List<MappingFault> faults(String file, String text, Optional<Privacy> privacy) {
        List<MappingFault> faults = new ArrayList<>();
        String code = withoutTextAndComments(text);
        for (Matcher found = FIELD.matcher(code); found.find(); ) {
            Optional<MappingFault> misspelt = misspelt(file, code, found, found.group(1), 2)
                    .or(() -> found.group(3) == null
                            ? Optional.empty()
                            : misspelt(file, code, found, found.group(1) + "." + found.group(2), 3));
            misspelt.or(() -> privacy.flatMap(rules -> unseen(file, code, found, rules)))
                    .ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<MappingFault> unseen(String file, String code, Matcher found, Privacy privacy) {
        String path = found.group().substring(1);
        boolean ofEvent = OF_EVENT.contains(found.group(1));
        boolean block = found.group(1).equals("data") && OF_EVENT.contains(found.group(2));
        if (!ofEvent || block || found.group(2).equals("rooms") || privacy.showsAnything(path)) {
            return Optional.empty();
        }
        return Optional.of(fault(
                file,
                code,
                found.start(2),
                "mappings do not see the field ." + path,
                "a field that " + PrivacyRules.FILE + " lists",
                Optional.empty()));
    }

    private static Optional<MappingFault> misspelt(String file, String code, Matcher found, String path, int group) {
        Set<String> known = KNOWN.getOrDefault(path, Set.of());
        String name = found.group(group);
        if (known.isEmpty() || known.contains(name)) {
            return Optional.empty();
        }
        return Spelling.nearest(name, known)
                .map(meant -> fault(
                        file,
                        code,
                        found.start(group),
                        "there is no field ." + path + "." + name,
                        "a field of docs/mapping.md",
                        Optional.of(meant)));
    }

    private static MappingFault fault(
            String file, String code, int at, String problem, String expected, Optional<String> meant) {
        int line = (int) code.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        return new MappingFault(file, line, at - code.lastIndexOf('\n', at), problem, expected, meant);
    }

    /** The same text, with blanks where it is a string or a comment, so that every place stays where it is. */
    private static String withoutTextAndComments(String text) {
        StringBuilder code = new StringBuilder(text);
        boolean string = false;
        boolean comment = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\n') {
                comment = false;
            } else if (comment) {
                code.setCharAt(i, ' ');
            } else if (string) {
                string = c != '"';
                code.setCharAt(i, ' ');
                if (c == '\\' && i + 1 < code.length()) {
                    i++;
                    code.setCharAt(i, ' ');
                }
            } else if (c == '"') {
                string = true;
            } else if (c == '/' && i + 1 < code.length() && code.charAt(i + 1) == '/') {
                comment = true;
            }
        }
        return code.toString();
    }
}
