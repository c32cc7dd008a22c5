package io.roombridge.sandbox.servicenow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One row of a table as it stands at one moment. A field that was never set reads as the empty string. */
final class Row {

    private final Map<String, String> fields;

    Row(Map<String, String> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    String sysId() {
        return get("sys_id");
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    Map<String, String> fields() {
        return fields;
    }

    /** A copy to change; the row itself never changes, so history and running answers may keep it. */
    Map<String, String> draft() {
        return new LinkedHashMap<>(fields);
    }

    Row with(String field, String value) {
        Map<String, String> draft = draft();
        draft.put(field, value);
        return new Row(draft);
    }
}
