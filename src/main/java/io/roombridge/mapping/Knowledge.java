package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to do about each signal, in one language ({@code knowledge.yaml}, {@code knowledge.de.yaml}), shown after the portal's
 * own text. Field notes that no Microsoft document confirms are marked as such in the ticket.
 *
 * @param heading what stands above it in a ticket
 * @param actions by signal, what Microsoft documents
 * @param notes by signal, what an engineer found; each line begins with the mark
 */
record Knowledge(String heading, Map<String, List<String>> actions, Map<String, List<String>> notes) {

    /** English; every other language falls back to it. */
    static final String FILE = "knowledge.yaml";

    private static final String HEADING = "What usually helps";
    private static final String UNVERIFIED = "Unverified field note";

    static Knowledge read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of("version", "heading", "unverified", "topics"));
        String mark = word(top, "unverified", UNVERIFIED);
        Map<String, List<String>> actions = new LinkedHashMap<>();
        Map<String, List<String>> notes = new LinkedHashMap<>();
        Optional.ofNullable(top.get("topics"))
                .ifPresentOrElse(
                        list -> list.items().forEach(topic -> topic(topic, mark, actions, notes)),
                        () -> file.fault("no topics", "an entry 'topics:'"));
        return new Knowledge(word(top, "heading", HEADING), actions, notes);
    }

    /** A mark that is empty would show what is not verified as if it were. */
    private static String word(Map<String, YamlNode> top, String name, String otherwise) {
        Optional<YamlNode> node = Optional.ofNullable(top.get(name));
        node.filter(written -> written.text().isBlank())
                .ifPresent(empty -> empty.fault("'" + name + ":' is empty", "some words"));
        return node.map(YamlNode::text).orElse(otherwise);
    }

    private static void topic(
            YamlNode node, String mark, Map<String, List<String>> actions, Map<String, List<String>> notes) {
        Map<String, YamlNode> entries = node.entries(List.of("signals", "actions", "field-notes"));
        if (!entries.containsKey("signals")) {
            node.fault("a topic for no signal", "'signals:' with the names of signals");
            return;
        }
        List<String> signals =
                entries.get("signals").words().stream().map(Signals::normal).toList();
        Optional.ofNullable(entries.get("actions")).ifPresent(list -> add(signals, list.words(), actions));
        Optional.ofNullable(entries.get("field-notes"))
                .ifPresent(list -> add(
                        signals,
                        list.words().stream().map(line -> mark + ": " + line).toList(),
                        notes));
    }

    private static void add(List<String> signals, List<String> lines, Map<String, List<String>> to) {
        signals.forEach(
                signal -> to.computeIfAbsent(signal, any -> new ArrayList<>()).addAll(lines));
    }

    /** This language, and what it does not say in the other one: the actions and the notes of each signal by themselves. */
    Knowledge over(Knowledge other) {
        return new Knowledge(heading, both(other.actions, actions), both(other.notes, notes));
    }

    private static Map<String, List<String>> both(Map<String, List<String>> below, Map<String, List<String>> above) {
        Map<String, List<String>> all = new LinkedHashMap<>(below);
        all.putAll(above);
        return all;
    }

    /** The recommended actions for a signal, verified ones first. */
    List<String> of(String signalKey) {
        return Stream.of(actions, notes)
                .flatMap(lines -> lines.getOrDefault(signalKey, List.of()).stream())
                .toList();
    }

    Set<String> signals() {
        Set<String> signals = new LinkedHashSet<>(actions.keySet());
        signals.addAll(notes.keySet());
        return signals;
    }
}
