package io.roombridge.mapping;

import io.roombridge.mapping.Rules.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a ticket goes and whom it concerns ({@code routing.yaml}): for each field of a new incident an ordered list of
 * rules, of which the first match wins, and a default. Most of these fields point to a record of another table; the others
 * have a value of their own ({@code as: value}).
 */
final class Routing {

    static final String FILE = "routing.yaml";

    private final Map<String, Field> fields;

    /** What was chosen for a field, a record or a plain value, and why. */
    record Choice(Optional<Reference> reference, String value, String reason) {}

    /** @param target where the records are; empty for a plain value */
    private record Field(Optional<Target> target, Rules rules) {

        Optional<Choice> choose(Traits traits) {
            List<Rule> matching = rules.matching(traits).toList();
            if (matching.isEmpty()) {
                return rules.otherwise()
                        .map(value -> new Choice(
                                target.map(table -> table.record(value)), value, "default: no rule matches"));
            }
            Rule first = matching.get(0);
            String reason = first.matches(traits).orElseThrow();
            return Optional.of(new Choice(target.map(table -> chain(table, matching)), first.use(), reason));
        }

        /** A record that cannot be told gives way to the default; a reporter who is unknown, to the rules below. */
        private Reference chain(Target table, List<Rule> matching) {
            Rule first = matching.get(0);
            List<Rule> below = matching.subList(1, matching.size());
            Optional<Reference> otherwise = first.use().equals(Reference.REPORTER) && !below.isEmpty()
                    ? Optional.of(chain(table, below))
                    : rules.otherwise()
                            .filter(value -> !value.equals(first.use()))
                            .map(table::record);
            return new Reference(table.name(), first.by().orElse(table.by()), first.use(), otherwise);
        }
    }

    private record Target(String name, String by) {

        Reference record(String value) {
            return new Reference(name, by, value);
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
            field(name, node).ifPresent(field -> fields.put(name, field));
        });
        return new Routing(fields);
    }

    private static Optional<Field> field(String name, YamlNode node) {
        Map<String, YamlNode> entries = node.entries(List.of("table", "by", "as", "rules", "default"));
        if (entries.containsKey("as")) {
            return plain(name, node, entries);
        }
        if (!entries.containsKey("table") || !entries.containsKey("by")) {
            node.fault(
                    "it is not said where the value is looked up",
                    "'table:' and 'by:', such as sys_user_group and name; or 'as: value' for a field that points to no"
                            + " record");
            return Optional.empty();
        }
        Optional<String> table = Rules.column(entries.get("table"));
        Optional<String> by = Rules.column(entries.get("by"));
        Rules rules = Rules.read(entries);
        return table.flatMap(known -> by.map(column -> new Field(Optional.of(new Target(known, column)), rules)));
    }

    private static Optional<Field> plain(String name, YamlNode node, Map<String, YamlNode> entries) {
        if (!entries.get("as").text().equals("value") || entries.containsKey("table") || entries.containsKey("by")) {
            entries.get("as").fault("'as:' takes the place of 'table:' and 'by:'", "'as: value'");
        }
        FieldRules.pointsTo(name)
                .ifPresent(table -> node.fault(
                        "'" + name + "' points to a record of " + table,
                        "'table:' and 'by:', so that it can be found"));
        return Optional.of(new Field(Optional.empty(), Rules.read(entries)));
    }

    /** What each field gets for which a rule matches or a default is there. */
    Map<String, Choice> decide(Traits traits) {
        Map<String, Choice> choices = new LinkedHashMap<>();
        fields.forEach((name, field) -> field.choose(traits).ifPresent(choice -> choices.put(name, choice)));
        return choices;
    }

    /** Whether a rule decides this field. Then it is written once, when the incident is made. */
    boolean decides(String field) {
        return fields.containsKey(field);
    }
}
