package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row as the Table API answers it: only strings, empty is {@code ""}, references as objects, display values on
 * request (facts/servicenow.md §1.3).
 *
 * @param mode of {@code sysparm_display_value}: {@code false}, {@code true} or {@code all}
 * @param links false: references without the URL of what they point to
 * @param root what URLs begin with: host and the API version of the request
 * @param wanted the fields to answer by the names under which they were asked for
 */
record RecordJson(
        Tables tables,
        DisplayValues display,
        Session session,
        TableDefinition table,
        String mode,
        boolean links,
        String root,
        Map<String, FieldPath> wanted) {

    static RecordJson of(
            Tables tables,
            DisplayValues display,
            Session session,
            QueryString query,
            TableDefinition table,
            String root) {
        return new RecordJson(
                tables,
                display,
                session,
                table,
                query.first("sysparm_display_value").orElse("false"),
                !query.isTrue("sysparm_exclude_reference_link"),
                root,
                wanted(tables, table, query.first("sysparm_fields").orElse("")));
    }

    ObjectNode of(Row row) {
        ObjectNode json = Json.object();
        wanted.forEach((name, path) -> json.set(name, value(path.from(tables, table, row))));
        return json;
    }

    /** Names that are no fields are left out without a word; a dot-walk keeps its path as its name. */
    private static Map<String, FieldPath> wanted(Tables tables, TableDefinition table, String fields) {
        Map<String, FieldPath> paths = new LinkedHashMap<>();
        Iterable<String> names = fields.isBlank()
                ? table.fields().keySet()
                : List.of(fields.strip().split("\\s*,\\s*"));
        for (String name : names) {
            FieldPath.of(tables.dictionary(), table, name).ifPresent(path -> paths.put(name, path));
        }
        return paths;
    }

    private JsonNode value(FieldPath.Place place) {
        // A journal field is never read raw.
        String stored = place.field().isJournal() ? "" : place.value();
        Optional<String> link = link(place.field(), stored);
        ObjectNode object = Json.object();
        switch (mode) {
            case "all" -> {
                object.put("display_value", display.of(place, session));
                object.put("value", stored);
                link.ifPresent(url -> object.put("link", url));
                return object;
            }
            case "true" -> {
                object.put("display_value", display.of(place, session));
                link.ifPresent(url -> object.put("link", url));
                return link.isPresent() ? object : object.get("display_value");
            }
            default -> {
                link.ifPresent(url -> object.put("link", url));
                object.put("value", stored);
                return link.isPresent() ? object : object.get("value");
            }
        }
    }

    private Optional<String> link(Field field, String sysId) {
        return links && field.isReference() && !sysId.isEmpty()
                ? Optional.of(root + "/table/" + field.reference() + "/" + sysId)
                : Optional.empty();
    }
}
