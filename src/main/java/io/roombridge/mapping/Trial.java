package io.roombridge.mapping;

import io.roombridge.mapping.MappingTests.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks against changed mapping files, found out before they make a single ticket.
 *
 * @param version what was compiled; empty if there are faults
 * @param faults what cannot be used at all
 * @param regressions what can be used, but looks wrong: a test that fails, an event of late of which nothing can be made any
 *     more. A person may take the responsibility
 */
public record Trial(Optional<MappingVersion> version, List<String> faults, List<String> regressions) {

    /** @param recent events whose tickets the version in force can make */
    public static Trial of(MappingDirectory files, MappingVersion inForce, Collection<Input> recent) {
        try {
            MappingVersion version = inForce.with(files);
            Set<String> regressions = new LinkedHashSet<>(gone(files, inForce));
            regressions.addAll(failing(version.tests()));
            recent.forEach(input -> regressions.addAll(lost(inForce, version, input)));
            return new Trial(Optional.of(version), List.of(), List.copyOf(regressions));
        } catch (BadMappings bad) {
            return new Trial(
                    Optional.empty(),
                    bad.faults().stream().map(MappingFault::toString).toList(),
                    List.of());
        }
    }

    /** A share that is not mounted must not bring the shipped files back into force. */
    private static List<String> gone(MappingDirectory files, MappingVersion inForce) {
        return inForce.directory().there() && !files.there() ? List.of("the mapping folder is gone") : List.of();
    }

    /** The tests that fail, each in one line; {@code mapping test} shows what came out. */
    public static List<String> failing(List<Result> results) {
        return results.stream()
                .filter(result -> !result.passed())
                .map(result -> result.file() + ":" + result.line() + ": the test fails: " + result.name())
                .toList();
    }

    private static List<String> lost(MappingVersion inForce, MappingVersion version, Input input) {
        String tenant = input.key().tenant();
        Map<String, String> before =
                Portrait.of(inForce.of(tenant), input, FieldLengths.defaults()).refused();
        Map<String, String> after =
                Portrait.of(version.of(tenant), input, FieldLengths.defaults()).refused();
        List<String> lost = new ArrayList<>();
        after.forEach((file, why) -> {
            if (!before.containsKey(file)) {
                lost.add(why + " (an event of ticket " + input.key().id() + ")");
            }
        });
        return lost;
    }

    /** Whether it may take effect; {@code released} if a person took the responsibility for its regressions. */
    public boolean passes(boolean released) {
        return faults.isEmpty() && (released || regressions.isEmpty());
    }

    /** Why it does not take effect, for people. */
    public List<String> objections() {
        return faults.isEmpty() ? regressions : faults;
    }
}
