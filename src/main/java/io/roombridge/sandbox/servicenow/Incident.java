package io.roombridge.sandbox.servicenow;

import java.util.Map;

/**
 * An incident as it stands at one moment.
 *
 * @param state the stored value: 1 New, 2 In Progress, 3 On Hold, 6 Resolved, 7 Closed, 8 Canceled
 * @param fields all fields with their stored values, empty is {@code ""}
 */
public record Incident(String sysId, String number, String state, Map<String, String> fields) {

    static Incident of(Row row) {
        return new Incident(row.sysId(), row.get("number"), row.get("state"), row.fields());
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The priority as the instance worked it out: 1 (critical) to 5 (planning). */
    public String priority() {
        return field("priority");
    }

    public String correlationId() {
        return field("correlation_id");
    }

    /** Neither closed nor canceled; a resolved incident is active. */
    public boolean isActive() {
        return field("active").equals("true");
    }
}
