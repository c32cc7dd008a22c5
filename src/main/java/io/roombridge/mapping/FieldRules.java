package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fields a mapping file may write, and in which form; the rules of the design, sections 3.3 and 3.7. */
final class FieldRules {

    /** What the bridge itself writes, or ServiceNow computes. */
    private static final Set<String> NOT_FOR_MAPPINGS = Set.of(
            "correlation_id",
            "state",
            "incident_state",
            "parent",
            "parent_incident",
            "active",
            "number",
            "priority",
            "opened_by",
            "resolved_by",
            "resolved_at",
            "closed_by",
            "closed_at",
            "hold_reason",
            // A comment that the bridge did not sign would be taken for a person's, and told to the portal.
            "comments",
            "comments_and_work_notes");

    /** Written when the incident is made and then left to people. */
    private static final Set<String> SET_ONCE = Set.of(
            "assignment_group",
            "assigned_to",
            "category",
            "subcategory",
            "cmdb_ci",
            "description",
            "caller_id",
            "contact_type",
            "correlation_display",
            "company",
            "sys_domain");

    /** Whose incident it is where domains are separated; the one field of the platform that a client may set. */
    private static final String DOMAIN = "sys_domain";

    private static final Pattern FIELD_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private FieldRules() {}

    /**
     * Takes the output of a mapping apart into values and references.
     *
     * @throws MappingFailed when it writes a field it must not, or something that is no field value
     */
    static void sort(
            IncidentWrite write,
            String file,
            JsonNode output,
            Map<String, String> values,
            Map<String, Reference> references) {
        if (!output.isObject() || output.isEmpty()) {
            throw new MappingFailed(file, 0, "it has to give an object with the fields of the incident", null);
        }
        output.properties().forEach(entry -> {
            String field = entry.getKey();
            JsonNode value = entry.getValue();
            check(write, file, field);
            if (value.has(MappingFunctions.REFERENCE)) {
                references.put(field, reference(value));
            } else if (value.isValueNode()) {
                values.put(field, value.asText().strip());
            } else {
                throw new MappingFailed(
                        file, 0, "field '" + field + "' is no text: " + value + "; lines([…]) makes one text", null);
            }
        });
    }

    /** Whether no mapping and no rule may write the field. */
    static boolean forbidden(String field) {
        return NOT_FOR_MAPPINGS.contains(field) || field.startsWith("sys_") && !field.equals(DOMAIN);
    }

    private static void check(IncidentWrite write, String file, String field) {
        if (!FIELD_NAME.matcher(field).matches()) {
            throw new MappingFailed(
                    file,
                    0,
                    "'" + field + "' is no field name; expected the column name, such as short_description",
                    null);
        }
        if (forbidden(field)) {
            throw new MappingFailed(file, 0, "'" + field + "' belongs to the bridge or to ServiceNow; remove it", null);
        }
        if (!write.creates() && SET_ONCE.contains(field)) {
            throw new MappingFailed(
                    file, 0, "'" + field + "' is set once, when the incident is made, and then left to people", null);
        }
    }

    static Reference reference(JsonNode marked) {
        JsonNode node = marked.path(MappingFunctions.REFERENCE);
        return new Reference(
                node.path("table").asText(),
                node.path("field").asText(),
                node.path("value").asText());
    }
}
