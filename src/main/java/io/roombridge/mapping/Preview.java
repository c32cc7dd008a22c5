package io.roombridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a ticket would look like by other mapping files, beside what it looks like now. Nothing is written.
 *
 * @param differences the fields that change
 * @param lost why nothing comes out any more where something came out before
 * @param remarks what ServiceNow would refuse, cut or ignore of the new fields
 */
public record Preview(List<Difference> differences, List<String> lost, List<String> remarks) {

    /**
     * A field that changes; a note is the field {@code note}.
     *
     * @param before empty when nothing was written, {@code after} when nothing is
     */
    public record Difference(String file, String field, Optional<String> before, Optional<String> after) {}

    /** @param now what makes tickets today; empty shows every field of a new incident */
    public static Preview of(Optional<Mappings> now, Mappings next, Input input, Acceptance instance) {
        Portrait after = Portrait.of(next, input, FieldLengths.defaults());
        Portrait before = now.map(mappings -> Portrait.of(mappings, input, FieldLengths.defaults()))
                .orElseGet(() -> Portrait.blank(after));
        return new Preview(
                differences(before, after), lost(before, after, now.isEmpty()), remarks(next, input, instance));
    }

    private static List<Difference> differences(Portrait before, Portrait after) {
        List<Difference> differences = new ArrayList<>();
        after.given().forEach((file, fields) -> {
            Map<String, String> old = before.given().getOrDefault(file, Map.of());
            Set<String> names = new LinkedHashSet<>(fields.keySet());
            names.addAll(old.keySet());
            names.stream()
                    .map(name -> new Difference(
                            file, name, Optional.ofNullable(old.get(name)), Optional.ofNullable(fields.get(name))))
                    .filter(difference -> !difference.before().equals(difference.after()))
                    .forEach(differences::add);
        });
        return differences;
    }

    /** Without anything to compare with, only the new incident counts: most notes need an event of their own kind. */
    private static List<String> lost(Portrait before, Portrait after, boolean alone) {
        Map<String, String> lost = new LinkedHashMap<>(after.refused());
        lost.keySet().removeAll(before.refused().keySet());
        lost.keySet().removeIf(file -> alone && !file.equals(IncidentWrite.CREATE.file()));
        return List.copyOf(lost.values());
    }

    private static List<String> remarks(Mappings next, Input input, Acceptance instance) {
        IncidentFields whole;
        try {
            whole = next.fields(IncidentWrite.CREATE, input, FieldLengths.NONE);
        } catch (MappingFailed e) {
            return List.of();
        }
        FieldLengths lengths = FieldLengths.of(instance.lengths(whole.values().keySet()));
        List<String> remarks = new ArrayList<>();
        whole.values().forEach((field, value) -> {
            instance.remark(field, value).ifPresent(remarks::add);
            lengths.tooLong(field, value).ifPresent(remarks::add);
        });
        Accounts accounts = Accounts.of(input.event());
        whole.references()
                .forEach((field, reference) ->
                        instance.remark(field, reference, accounts).ifPresent(remarks::add));
        return remarks;
    }
}
