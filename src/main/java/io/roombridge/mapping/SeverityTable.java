package io.roombridge.mapping;

import io.roombridge.ticket.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the portal's severity becomes impact and urgency ({@code severity.yaml}). The event's word counts, never the
 * signal's name: the same signal has another severity on another device (facts/portal.md, section 2.2).
 *
 * <p>ServiceNow computes the priority itself from impact and urgency; the ceiling is kept by lowering these two.
 */
final class SeverityTable {

    static final String FILE = "severity.yaml";

    private static final int LOWEST = 3;
    private static final Level LOW = new Level(LOWEST, LOWEST);

    private final Map<Severity, Level> levels;
    private final List<Uplift> uplifts;
    private final int ceiling;

    /** What the incident gets, and why. */
    record Priority(int impact, int urgency, String reason) {

        /** ServiceNow's own table (facts/servicenow.md, section 2.6): 1 and 1 make 1, 3 and 3 make 5. */
        int value() {
            return impact + urgency - 1;
        }
    }

    private record Level(int impact, int urgency) {}

    private record Uplift(Condition when, int impact, int line) {}

    private SeverityTable(Map<Severity, Level> levels, List<Uplift> uplifts, int ceiling) {
        this.levels = levels;
        this.uplifts = uplifts;
        this.ceiling = ceiling;
    }

    static SeverityTable read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of("severities", "uplifts", "priority-ceiling"));
        Map<Severity, Level> levels = new EnumMap<>(Severity.class);
        List<String> names =
                List.of(Severity.values()).stream().map(Severity::label).toList();
        Optional.ofNullable(top.get("severities"))
                .ifPresentOrElse(
                        list -> list.entries(names)
                                .forEach((name, level) ->
                                        Severity.of(name).ifPresent(severity -> levels.put(severity, level(level)))),
                        () -> file.fault("no severities", "an entry 'severities:'"));
        names.stream()
                .filter(name -> !levels.containsKey(Severity.of(name).orElseThrow()))
                .forEach(name -> file.fault("severity '" + name + "' is missing", "an entry for every severity"));
        List<Uplift> uplifts = new ArrayList<>();
        Optional.ofNullable(top.get("uplifts"))
                .ifPresent(list -> list.items().forEach(item -> uplift(item).ifPresent(uplifts::add)));
        int ceiling = Optional.ofNullable(top.get("priority-ceiling"))
                .map(node -> node.whole(1, 5).orElse(2))
                .orElse(2);
        return new SeverityTable(levels, List.copyOf(uplifts), ceiling);
    }

    private static Level level(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(List.of("impact", "urgency"));
        return new Level(oneToThree(node, entries, "impact"), oneToThree(node, entries, "urgency"));
    }

    private static int oneToThree(YamlNode parent, Map<String, YamlNode> entries, String name) {
        if (!entries.containsKey(name)) {
            parent.fault("no " + name, "'" + name + ": ' and a whole number from 1 to 3");
            return LOWEST;
        }
        return entries.get(name).whole(1, LOWEST).orElse(LOWEST);
    }

    private static Optional<Uplift> uplift(YamlNode item) {
        Map<String, YamlNode> entries = item.entries(List.of("when", "impact"));
        if (!entries.containsKey("when")) {
            item.fault("an uplift without a condition", "'when:' and 'impact:'");
            return Optional.empty();
        }
        return Optional.of(
                new Uplift(Condition.read(entries.get("when")), oneToThree(item, entries, "impact"), item.line()));
    }

    /** An uplift only ever makes the impact greater (a smaller number); the ceiling has the last word. */
    Priority of(Severity severity, Traits traits) {
        Level level = levels.getOrDefault(severity, LOW);
        Priority priority = new Priority(level.impact(), level.urgency(), severity.label());
        for (Uplift uplift : uplifts) {
            Optional<String> why = uplift.when().matches(traits);
            if (why.isPresent() && uplift.impact() < priority.impact()) {
                priority = new Priority(uplift.impact(), priority.urgency(), priority.reason() + ", " + why.get());
            }
        }
        return belowCeiling(priority);
    }

    private Priority belowCeiling(Priority priority) {
        Priority lowered = priority;
        while (lowered.value() < ceiling) {
            boolean impactFirst = lowered.impact() <= lowered.urgency();
            lowered = new Priority(
                    lowered.impact() + (impactFirst ? 1 : 0),
                    lowered.urgency() + (impactFirst ? 0 : 1),
                    priority.reason() + ", never above priority " + ceiling);
        }
        return lowered;
    }
}
