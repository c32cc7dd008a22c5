package io.roombridge.mapping;

import io.roombridge.config.Spelling;
import io.roombridge.ticket.Reach;
import io.roombridge.ticket.TicketKey;
import io.roombridge.ticket.TicketKey.RoomSignal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the bridge knows about each signal ({@code signals.yaml}). A signal that is not in the file is no error: it gets
 * the file's defaults, because the portal's list grows (facts/portal.md, section 2.1).
 */
public final class Signals {

    static final String FILE = "signals.yaml";

    /** The key of tickets that a person recorded. */
    static final String RECORDED_ISSUE = "recorded issue";

    private static final List<String> DETAILS =
            List.of("name", "category", "detection-minutes", "hold-down-minutes", "says");
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private final Map<String, Signal> known;
    private final Signal fallback;
    private final Map<String, String> incidentCategories;

    /**
     * A signal.
     *
     * @param key the name in ticket keys: canonical, lower case
     * @param name the name for people
     * @param category Hardware, Software, Network or Account
     * @param incidentCategory the value for the incident's field {@code category}
     * @param detection the longest time from a fault to the signal becoming unhealthy
     * @param holdDown how long it must stay healthy before the recovery counts
     * @param says what its being unhealthy says of the device as a whole
     */
    public record Signal(
            String key,
            String name,
            String category,
            String incidentCategory,
            Duration detection,
            Duration holdDown,
            Optional<Reach> says) {}

    private Signals(Map<String, Signal> known, Signal fallback, Map<String, String> incidentCategories) {
        this.known = known;
        this.fallback = fallback;
        this.incidentCategories = incidentCategories;
    }

    static Signals read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of("categories", "defaults", "signals"));
        Map<String, String> categories = new LinkedHashMap<>();
        section(file, top, "categories")
                .ifPresent(node -> node.entries().forEach((name, value) -> categories.put(name, value.text())));
        Signals empty = new Signals(Map.of(), unknown(), categories);
        Signal fallback = section(file, top, "defaults")
                .map(node -> empty.signal("", node))
                .orElseGet(Signals::unknown);
        Signals withDefaults = new Signals(Map.of(), fallback, categories);
        Map<String, Signal> known = new LinkedHashMap<>();
        section(file, top, "signals")
                .ifPresent(node -> node.entries().forEach((name, details) -> {
                    if (name.isBlank()) {
                        details.fault("a signal without a name", "its name");
                        return;
                    }
                    String key = normal(name);
                    if (known.put(key, withDefaults.signal(key, details)) != null) {
                        details.fault("signal '" + name + "' is the same as '" + key + "' above", "each signal once");
                    }
                }));
        return new Signals(known, fallback, categories);
    }

    private static Optional<YamlNode> section(YamlNode file, Map<String, YamlNode> top, String name) {
        if (!top.containsKey(name)) {
            file.fault("no '" + name + "'", "an entry '" + name + ":'");
        }
        return Optional.ofNullable(top.get(name));
    }

    private Signal signal(String key, YamlNode node) {
        Map<String, YamlNode> details = node.entries(DETAILS);
        String category =
                Optional.ofNullable(details.get("category")).map(this::category).orElse(fallback.category());
        return new Signal(
                key,
                Optional.ofNullable(details.get("name")).map(YamlNode::text).orElse(key),
                category,
                incidentCategories.getOrDefault(category, ""),
                minutes(details, "detection-minutes").orElse(fallback.detection()),
                minutes(details, "hold-down-minutes").orElse(fallback.holdDown()),
                Optional.ofNullable(details.get("says")).flatMap(Signals::reach));
    }

    private static Optional<Reach> reach(YamlNode node) {
        Optional<Reach> reach = Arrays.stream(Reach.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(node.text()))
                .findFirst();
        if (reach.isEmpty()) {
            node.fault("'" + node.text() + "' says nothing of a device", "offline or unmonitored");
        }
        return reach;
    }

    private String category(YamlNode node) {
        String category = node.text();
        if (!incidentCategories.containsKey(category)) {
            node.fault(
                    "'" + category + "' is no category",
                    "one of " + String.join(", ", incidentCategories.keySet()),
                    Spelling.nearest(category, incidentCategories.keySet()));
        }
        return category;
    }

    private static Optional<Duration> minutes(Map<String, YamlNode> details, String name) {
        OptionalInt minutes =
                details.containsKey(name) ? details.get(name).whole(0, MOST_MINUTES) : OptionalInt.empty();
        return minutes.isPresent() ? Optional.of(Duration.ofMinutes(minutes.getAsInt())) : Optional.empty();
    }

    private static Signal unknown() {
        return new Signal("", "", "Software", "", Duration.ofHours(1), Duration.ofMinutes(15), Optional.empty());
    }

    /** The signal of a ticket; unknown signals and their names as the key spells them. */
    public Signal of(TicketKey key) {
        String name = key instanceof RoomSignal signal ? signal.signal() : RECORDED_ISSUE;
        return Optional.ofNullable(known.get(name))
                .orElseGet(() -> new Signal(
                        name,
                        name,
                        fallback.category(),
                        fallback.incidentCategory(),
                        fallback.detection(),
                        fallback.holdDown(),
                        Optional.empty()));
    }

    /** How long the signal must stay healthy before its recovery counts; {@code signal} as ticket keys spell it. */
    public Duration holdDown(String signal) {
        return known.getOrDefault(signal, fallback).holdDown();
    }

    /** The keys of the signals in the file. */
    Set<String> keys() {
        return known.keySet();
    }

    /** The canonical key for any name the portal has used, as ticket keys spell it. */
    static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).equals(RECORDED_ISSUE)
                ? RECORDED_ISSUE
                : new RoomSignal("any", "any", "", name, "").signal();
    }
}
