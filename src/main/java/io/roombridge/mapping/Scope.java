package io.roombridge.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tickets get an incident at all ({@code scope.yaml}; design, section 3.7). Pure. */
final class Scope {

    static final String FILE = "scope.yaml";

    private static final String INCLUDE = "include";
    private static final String EXCLUDE = "exclude";

    private final List<Condition> included;
    private final List<Condition> excluded;

    private Scope(List<Condition> included, List<Condition> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    static Scope read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of(INCLUDE, EXCLUDE));
        return new Scope(conditions(top, INCLUDE), conditions(top, EXCLUDE));
    }

    private static List<Condition> conditions(Map<String, YamlNode> top, String name) {
        return top.containsKey(name)
                ? top.get(name).items().stream()
                        .map(when -> Condition.read(when, Traits.OF_EVENT))
                        .toList()
                : List.of();
    }

    /** Whether there is no rule, so that no ticket has to be looked at. */
    boolean holdsAll() {
        return included.isEmpty() && excluded.isEmpty();
    }

    /** Why a ticket is outside; empty when it is in scope. A trait that an event does not tell matches no rule. */
    Optional<String> outside(Traits traits) {
        Optional<String> shut = excluded.stream()
                .flatMap(condition -> condition.matches(traits).stream())
                .findFirst()
                .map(why -> "excluded: " + why);
        boolean let = included.isEmpty()
                || included.stream()
                        .anyMatch(condition -> condition.matches(traits).isPresent());
        return shut.or(() -> let ? Optional.empty() : Optional.of("no rule includes it"));
    }
}
