package io.roombridge.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of one write, in the order of the mapping file. An empty value clears the field.
 *
 * @param values fields with their final text
 * @param references fields whose sys_id is still to be looked up
 */
public record IncidentFields(Map<String, String> values, Map<String, Reference> references) {

    public IncidentFields {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    }

    /** For people: a reference counts by its value, the name that the administrator wrote. */
    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>(values);
        references.forEach((field, reference) -> shown.put(field, reference.value()));
        return shown;
    }
}
