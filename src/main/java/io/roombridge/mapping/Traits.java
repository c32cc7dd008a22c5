package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ticket.TicketKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What rules can ask about a ticket. Each trait has no, one or several values: a room has many tags, a recorded issue many
 * rooms.
 */
record Traits(Map<String, List<String>> values) {

    /** The traits of a room, as pointers into its block of the event. */
    private static final Map<String, String> OF_ROOM = ordered(
            "room", "/name",
            "group", "/group",
            "ring", "/ring",
            "tag", "/tags",
            "region", "/location/region",
            "building", "/location/building",
            "floor", "/location/floor",
            "supportTier", "/supportTier");

    private static final Map<String, String> OF_TICKET =
            ordered("severity", "/severity", "origin", "/origin", "highImpact", "/highImpact");

    private static final Map<String, String> OF_DEVICE =
            ordered("platform", "/platform", "role", "/role", "make", "/make", "model", "/model");

    /** Who has to do what the SOC does not: a party of {@link Redirections}, which the other traits decide. */
    private static final String REDIRECTION = "redirection";

    /** The traits that an event itself has, by name. */
    static final List<String> OF_EVENT = names();

    /** Every trait by name, in the order in which documents and faults list them. */
    static final List<String> NAMES =
            Stream.concat(OF_EVENT.stream(), Stream.of(REDIRECTION)).toList();

    Traits {
        values = Map.copyOf(values);
    }

    /** @param view the input of mappings, see {@link EventView} */
    static Traits of(JsonNode view, TicketKey key, Signals.Signal signal) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("tenant", List.of(key.tenant()));
        values.put("signal", List.of(signal.key()));
        values.put("category", List.of(signal.category()));
        view.path("rooms").forEach(room -> collect(OF_ROOM, room, values));
        collect(OF_TICKET, view.path("ticket"), values);
        collect(OF_DEVICE, view.path("device"), values);
        return new Traits(values);
    }

    /** The same, and to whom what is not the SOC's work goes. */
    Traits redirectedTo(String party) {
        Map<String, List<String>> all = new LinkedHashMap<>(values);
        all.put(REDIRECTION, List.of(party));
        return new Traits(all);
    }

    List<String> of(String name) {
        return values.getOrDefault(name, List.of());
    }

    private static void collect(Map<String, String> pointers, JsonNode block, Map<String, List<String>> values) {
        pointers.forEach((name, pointer) -> {
            List<String> found = values.computeIfAbsent(name, any -> new ArrayList<>());
            JsonNode value = block.at(pointer);
            if (value.isArray()) {
                value.forEach(item -> found.add(item.asText()));
            } else if (value.isValueNode() && !value.isNull()) {
                found.add(value.asText());
            }
        });
    }

    private static Map<String, String> ordered(String... namesAndPointers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndPointers.length; i += 2) {
            map.put(namesAndPointers[i], namesAndPointers[i + 1]);
        }
        return map;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("tenant", "signal", "category"));
        names.addAll(OF_ROOM.keySet());
        names.addAll(OF_TICKET.keySet());
        names.addAll(OF_DEVICE.keySet());
        return List.copyOf(names);
    }
}
