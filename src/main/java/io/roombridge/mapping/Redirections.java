package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a fault is the work of the Service Operation Center, and who does the rest ({@code redirection.yaml}), from the
 * service's table of inclusions and exclusions (seed 004, facts/portal.md, section 6.1). It is told in the ticket, and rules
 * may ask for it; nothing is put on hold because of it.
 */
final class Redirections {

    static final String FILE = "redirection.yaml";

    private final List<Area> areas;

    /**
     * Who does what the SOC does not.
     *
     * @param key the word for rules, such as {@code oem}
     * @param name for people
     * @param holdReason the value of hold_reason while they have the work
     * @param hold how the desk reads that reason
     */
    record Party(String key, String name, Optional<String> holdReason, Optional<String> hold) {}

    /**
     * One row of the table.
     *
     * @param ours what the SOC does
     * @param theirs what it does not
     */
    record Area(String name, Condition when, String ours, String theirs, Party party) {}

    private Redirections(List<Area> areas) {
        this.areas = areas;
    }

    static Redirections read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of("version", "parties", "areas"));
        Map<String, Party> parties = new LinkedHashMap<>();
        Optional.ofNullable(top.get("parties"))
                .ifPresent(node -> node.entries().forEach((key, party) -> parties.put(key, party(key, party))));
        List<Area> areas = new ArrayList<>();
        Optional.ofNullable(top.get("areas"))
                .ifPresentOrElse(
                        list -> list.items().forEach(item -> area(item, parties).ifPresent(areas::add)),
                        () -> file.fault("no areas", "an entry 'areas:'; 'areas: []' redirects nothing"));
        return new Redirections(List.copyOf(areas));
    }

    private static Party party(String key, YamlNode node) {
        Map<String, YamlNode> entries = node.entries(List.of("name", "hold-reason", "hold"));
        if (!entries.containsKey("name")) {
            node.fault("a party without a name", "'name:', as people read it");
        }
        return new Party(key, text(entries, "name").orElse(key), text(entries, "hold-reason"), text(entries, "hold"));
    }

    private static Optional<Area> area(YamlNode item, Map<String, Party> parties) {
        List<String> needed = List.of("area", "when", "ours", "theirs", "to");
        Map<String, YamlNode> entries = item.entries(needed);
        List<String> missing =
                needed.stream().filter(name -> !entries.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            item.fault("an area without " + String.join(", ", missing), "all of " + String.join(", ", needed));
            return Optional.empty();
        }
        Optional<Party> party =
                Optional.ofNullable(parties.get(entries.get("to").text()));
        if (party.isEmpty()) {
            entries.get("to")
                    .fault(
                            "'" + entries.get("to").text() + "' is no party",
                            "one of " + String.join(", ", parties.keySet()));
        }
        Condition when = Condition.read(entries.get("when"), Traits.OF_EVENT);
        return party.map(known -> new Area(
                entries.get("area").text(),
                when,
                entries.get("ours").text(),
                entries.get("theirs").text(),
                known));
    }

    private static Optional<String> text(Map<String, YamlNode> entries, String name) {
        return Optional.ofNullable(entries.get(name)).map(YamlNode::text);
    }

    /** The first area that matches. */
    Optional<Area> of(Traits traits) {
        return areas.stream()
                .filter(area -> area.when().matches(traits).isPresent())
                .findFirst();
    }

    List<Area> areas() {
        return areas;
    }
}
