package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ordered rules: the first whose condition matches wins, else the default. A rule of rows ({@code per}) is a short form of
 * one rule for each row.
 *
 * @param otherwise the default, if there is one
 */
record Rules(List<Rule> rules, Optional<String> otherwise) {

    private static final Pattern COLUMN = Pattern.compile("\\A[a-z0-9_]++(?:\\.[a-z0-9_]++)*+\\z");

    /**
     * One rule.
     *
     * @param number its place in the file, from 1; the rows of one rule share it
     * @param by another field than that of the whole list, by which the record is found
     */
    record Rule(int number, Condition when, String use, Optional<String> by) {

        Optional<String> matches(Traits traits) {
            return when.matches(traits).map(why -> "rule " + number + ": " + why);
        }
    }

    /** Reads {@code rules} and {@code default}, whatever else the block has. */
    static Rules read(Map<String, YamlNode> block) {
        List<Rule> rules = new ArrayList<>();
        List<YamlNode> items =
                Optional.ofNullable(block.get("rules")).map(YamlNode::items).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            rules.addAll(rule(i + 1, items.get(i)));
        }
        return new Rules(
                List.copyOf(rules), Optional.ofNullable(block.get("default")).map(YamlNode::text));
    }

    private static List<Rule> rule(int number, YamlNode item) {
        Map<String, YamlNode> entries = item.entries(List.of("when", "use", "by", "per", "rows"));
        if (entries.containsKey("per") || entries.containsKey("rows")) {
            return rows(number, item, entries);
        }
        if (!entries.containsKey("when") || !entries.containsKey("use")) {
            item.fault("half a rule", "'when:' and 'use:'; what holds without a condition is the 'default:'");
            return List.of();
        }
        Optional<String> by = Optional.ofNullable(entries.get("by")).flatMap(Rules::column);
        return List.of(new Rule(number, Condition.read(entries.get("when")), value(entries.get("use")), by));
    }

    private static List<Rule> rows(int number, YamlNode item, Map<String, YamlNode> entries) {
        if (!entries.keySet().equals(Set.of("per", "rows"))) {
            item.fault("half a rule of rows", "'per:' with one trait and 'rows:' with 'value: record', nothing else");
            return List.of();
        }
        String trait = entries.get("per").text();
        if (!Traits.NAMES.contains(trait)) {
            entries.get("per").fault("'" + trait + "' is no trait", "one of " + String.join(", ", Traits.NAMES));
            return List.of();
        }
        return entries.get("rows").entries().entrySet().stream()
                .map(row -> new Rule(
                        number,
                        new Condition(Map.of(trait, List.of(row.getKey()))),
                        value(row.getValue()),
                        Optional.empty()))
                .toList();
    }

    private static String value(YamlNode node) {
        String value = node.text();
        if (value.isBlank()) {
            node.fault("nothing to use", "a value; where nothing is wanted, leave the rule out");
        }
        return value;
    }

    /** The name of a table or column; anything else would be refused when the first ticket needs it. */
    static Optional<String> column(YamlNode node) {
        String name = node.text();
        if (COLUMN.matcher(name).matches()) {
            return Optional.of(name);
        }
        node.fault("'" + name + "' is no name of a table or column", "lower-case letters, digits and _");
        return Optional.empty();
    }

    /** Everything that a rule or the default names. */
    Stream<String> named() {
        return Stream.concat(rules.stream().map(Rule::use), otherwise.stream());
    }

    /** The rules that match, the first one first. */
    Stream<Rule> matching(Traits traits) {
        return rules.stream().filter(rule -> rule.when().matches(traits).isPresent());
    }

    /** What the first rule that matches says, or the default. */
    Optional<String> first(Traits traits) {
        return matching(traits).findFirst().map(Rule::use).or(() -> otherwise);
    }
}
