package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who gets the ticket ({@code routing.yaml}): for each reference field of the incident an ordered list of rules, of which
 * the first match wins, and a default.
 */
final class Routing {

    static final String FILE = "routing.yaml";

    private final Map<String, Field> fields;

    /** The record chosen for a field, and why. */
    record Choice(Reference reference, String reason) {}

    private record Rule(Condition when, String use) {}

    private record Field(String table, String by, List<Rule> rules, Optional<String> otherwise) {

        Optional<Choice> choose(Traits traits) {
            for (int i = 0; i < rules.size(); i++) {
                Optional<String> why = rules.get(i).when().matches(traits);
                if (why.isPresent()) {
                    return Optional.of(choice(rules.get(i).use(), "rule " + (i + 1) + ": " + why.get()));
                }
            }
            return otherwise.map(value -> choice(value, "default: no rule matches"));
        }

        private Choice choice(String value, String reason) {
            return new Choice(new Reference(table, by, value), reason);
        }
    }

    private Routing(Map<String, Field> fields) {
        this.fields = fields;
    }

    static Routing read(YamlNode file) {
        Map<String, Field> fields = new LinkedHashMap<>();
        file.entries().forEach((name, node) -> {
            if (FieldRules.forbidden(name)) {
                node.fault(
                        "'" + name + "' belongs to the bridge or to ServiceNow", "a reference field of the incident");
            }
            field(node).ifPresent(field -> fields.put(name, field));
        });
        return new Routing(fields);
    }

    private static Optional<Field> field(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(List.of("table", "by", "rules", "default"));
        Optional<String> table = Optional.ofNullable(entries.get("table")).map(YamlNode::text);
        Optional<String> by = Optional.ofNullable(entries.get("by")).map(YamlNode::text);
        if (table.isEmpty() || by.isEmpty()) {
            node.fault(
                    "it is not said where the value is looked up",
                    "'table:' and 'by:', such as sys_user_group and name");
            return Optional.empty();
        }
        List<Rule> rules = new ArrayList<>();
        Optional.ofNullable(entries.get("rules"))
                .ifPresent(list -> list.items().forEach(item -> rule(item).ifPresent(rules::add)));
        Optional<String> otherwise = Optional.ofNullable(entries.get("default")).map(YamlNode::text);
        return Optional.of(new Field(table.get(), by.get(), List.copyOf(rules), otherwise));
    }

    private static Optional<Rule> rule(YamlNode item) {
        Map<String, YamlNode> entries = item.entries(List.of("when", "use"));
        if (!entries.containsKey("when") || !entries.containsKey("use")) {
            item.fault("half a rule", "'when:' and 'use:'; what holds without a condition is the 'default:'");
            return Optional.empty();
        }
        return Optional.of(
                new Rule(Condition.read(entries.get("when")), entries.get("use").text()));
    }

    /** The record for each field that a rule or a default names. */
    Map<String, Choice> decide(Traits traits) {
        Map<String, Choice> choices = new LinkedHashMap<>();
        fields.forEach((name, field) -> field.choose(traits).ifPresent(choice -> choices.put(name, choice)));
        return choices;
    }
}
