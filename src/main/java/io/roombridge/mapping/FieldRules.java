package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

    /** Written when the incident is made and then left to people, like every field that points to a record. */
    private static final Set<String> SET_ONCE =
            Set.of("category", "subcategory", "description", "contact_type", "correlation_display", "sys_domain");

    /** Written when the incident is made, and while nobody has changed them, which only an update makes sure of. */
    private static final Set<String> GUARDED = Set.of("impact", "urgency", "short_description");

    /** Each write adds an entry. */
    private static final String JOURNAL = "work_notes";

    /** The fields of an incident that point to a record, and the table it is in. */
    private static final Map<String, String> POINTS_TO = Map.of(
            "assignment_group", "sys_user_group",
            "assigned_to", "sys_user",
            "caller_id", "sys_user",
            "cmdb_ci", "cmdb_ci",
            "location", "cmn_location",
            "business_service", "cmdb_ci_service",
            "service_offering", "service_offering",
            "company", "core_company");

    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");

    /** Whose incident it is where domains are separated; the one field of the platform that a client may set. */
    private static final String DOMAIN = "sys_domain";

    private static final Pattern FIELD_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private FieldRules() {}

    /**
     * Takes the output of a mapping apart into values and references.
     *
     * @param once which other fields a new incident gets, and people have afterwards
     * @throws MappingFailed when it writes a field it must not, or something that is no field value
     */
    static void sort(
            IncidentWrite write,
            String file,
            JsonNode output,
            Predicate<String> once,
            Map<String, String> values,
            Map<String, Reference> references) {
        if (!output.isObject() || output.isEmpty()) {
            throw new MappingFailed(file, 0, "it has to give an object with the fields of the incident", null);
        }
        output.properties().forEach(entry -> {
            String field = entry.getKey();
            JsonNode value = entry.getValue();
            check(write, file, field, once);
            if (!value.has(MappingFunctions.REFERENCE) && !value.isValueNode()) {
                throw new MappingFailed(
                        file, 0, "field '" + field + "' is no text: " + value + "; lines([…]) makes one text", null);
            }
            if (!take(field, value, values, references)) {
                throw new MappingFailed(
                        file,
                        0,
                        "'" + field + "' points to a record, and a name alone may mean any or none; write reference(\""
                                + POINTS_TO.get(field) + "\", field, value), a sys_id, or a rule in routing.yaml",
                        null);
            }
        });
    }

    /** Whether the value can stand in the field: a field that points to a record takes no plain text but a sys_id. */
    static boolean take(String field, JsonNode value, Map<String, String> values, Map<String, Reference> references) {
        String text = value.asText().strip();
        Optional<String> table = pointsTo(field).filter(any -> !text.isEmpty());
        if (value.has(MappingFunctions.REFERENCE)) {
            references.put(field, reference(value));
        } else if (table.isPresent() && SYS_ID.matcher(text).matches()) {
            references.put(field, new Reference(table.get(), "sys_id", text));
        } else if (table.isPresent()) {
            return false;
        } else {
            values.put(field, text);
        }
        return true;
    }

    /** The table that a field of an incident points to, if it does. */
    static Optional<String> pointsTo(String field) {
        return Optional.ofNullable(POINTS_TO.get(field));
    }

    /** Whether no mapping and no rule may write the field. */
    static boolean forbidden(String field) {
        return NOT_FOR_MAPPINGS.contains(field) || field.startsWith("sys_") && !field.equals(DOMAIN);
    }

    private static void check(IncidentWrite write, String file, String field, Predicate<String> once) {
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
        if (!write.creates() && !field.equals(JOURNAL)) {
            checkLater(write, file, field, once);
        }
    }

    /** A value that was written before may be a person's by now. */
    private static void checkLater(IncidentWrite write, String file, String field, Predicate<String> once) {
        if (GUARDED.contains(field)) {
            if (write != IncidentWrite.UPDATE) {
                throw new MappingFailed(
                        file,
                        0,
                        "'" + field + "' is changed by incident-update.jslt alone, while nobody has changed it",
                        null);
            }
        } else if (SET_ONCE.contains(field) || POINTS_TO.containsKey(field) || once.test(field)) {
            throw new MappingFailed(
                    file, 0, "'" + field + "' is set once, when the incident is made, and then left to people", null);
        }
    }

    static Reference reference(JsonNode marked) {
        JsonNode node = marked.path(MappingFunctions.REFERENCE);
        return new Reference(
                node.path("table").asText(),
                node.path("field").asText(),
                node.path("value").asText(),
                Optional.of(node.path("otherwise")).filter(JsonNode::isObject).map(FieldRules::reference));
    }
}
