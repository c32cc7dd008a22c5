package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to do about each signal ({@code knowledge.yaml}), shown after the portal's own text. Field notes that no Microsoft
 * document confirms are marked as such in the ticket.
 */
final class Knowledge {

    static final String FILE = "knowledge.yaml";

    private static final String UNVERIFIED = "Unverified field note: ";

    private final Map<String, List<String>> actions;

    private Knowledge(Map<String, List<String>> actions) {
        this.actions = actions;
    }

    static Knowledge read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of("version", "topics"));
        Map<String, List<String>> actions = new LinkedHashMap<>();
        Optional.ofNullable(top.get("topics"))
                .ifPresentOrElse(
                        list -> list.items().forEach(topic -> topic(topic, actions)),
                        () -> file.fault("no topics", "an entry 'topics:'"));
        return new Knowledge(actions);
    }

    private static void topic(YamlNode node, Map<String, List<String>> actions) {
        Map<String, YamlNode> entries = node.entries(List.of("signals", "actions", "field-notes"));
        if (!entries.containsKey("signals")) {
            node.fault("a topic for no signal", "'signals:' with the names of signals");
            return;
        }
        List<String> lines = new ArrayList<>();
        Optional.ofNullable(entries.get("actions")).ifPresent(list -> lines.addAll(list.words()));
        Optional.ofNullable(entries.get("field-notes"))
                .ifPresent(list -> list.words().forEach(line -> lines.add(UNVERIFIED + line)));
        entries.get("signals")
                .words()
                .forEach(name -> actions.computeIfAbsent(Signals.normal(name), any -> new ArrayList<>())
                        .addAll(lines));
    }

    /** The recommended actions for a signal, verified ones of each topic first. */
    List<String> of(String signalKey) {
        return actions.getOrDefault(signalKey, List.of());
    }

    Set<String> signals() {
        return actions.keySet();
    }
}
