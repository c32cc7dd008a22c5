package io.roombridge.servicenow;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.servicenow.ServiceNowConstants;

/**
 * One call of the Table, Aggregate or Attachment API, as the headers that steer the Camel component (facts/camel.md, section 1.1).
 *
 * @param target what the call is about, so that a fault of one record can be told from one of the instance
 * @param transfer the content that a call carries, over the endpoint for files
 * @param write whether the call could change a record
 */
record Request(
        RateGovernor.Purpose purpose,
        String target,
        Map<String, Object> headers,
        Optional<Map<String, String>> body,
        Optional<Transfer> transfer,
        boolean write) {

    /**
     * A content that goes between disk and wire.
     *
     * @param file read by an upload, written by a download
     * @param maxBytes more is not taken from the wire
     */
    record Transfer(Path file, long maxBytes) {}

    static Request create(String table, String target, Map<String, String> fields, Collection<String> answer) {
        return write(RateGovernor.Purpose.CREATE, ServiceNowConstants.ACTION_CREATE, table, target, fields, answer);
    }

    static Request update(String table, String sysId, Map<String, String> fields, Collection<String> answer) {
        Request request =
                write(RateGovernor.Purpose.WRITE, ServiceNowConstants.ACTION_UPDATE, table, sysId, fields, answer);
        request.headers.put(ServiceNowConstants.PARAM_SYS_ID, SysId.required(sysId));
        return request;
    }

    static Request read(String table, String sysId, Collection<String> answer) {
        Map<String, Object> headers =
                headers(ServiceNowConstants.RESOURCE_TABLE, ServiceNowConstants.ACTION_RETRIEVE, table, answer);
        headers.put(ServiceNowConstants.PARAM_SYS_ID, SysId.required(sysId));
        return new Request(RateGovernor.Purpose.READ, sysId, headers, Optional.empty(), Optional.empty(), false);
    }

    static Request find(RateGovernor.Purpose purpose, String table, Query query, int limit, Collection<String> answer) {
        Map<String, Object> headers =
                headers(ServiceNowConstants.RESOURCE_TABLE, ServiceNowConstants.ACTION_RETRIEVE, table, answer);
        headers.put(ServiceNowConstants.SYSPARM_QUERY, query.encoded());
        headers.put(ServiceNowConstants.SYSPARM_LIMIT, limit);
        return new Request(purpose, table, headers, Optional.empty(), Optional.empty(), false);
    }

    /** As {@link #find}, every field with its value and with what a person reads. */
    static Request findShown(
            RateGovernor.Purpose purpose, String table, Query query, int limit, Collection<String> answer) {
        Request request = find(purpose, table, query, limit, answer);
        request.headers.put(ServiceNowConstants.SYSPARM_DISPLAY_VALUE, "all");
        return request;
    }

    static Request delete(String table, String sysId) {
        Map<String, Object> headers =
                headers(ServiceNowConstants.RESOURCE_TABLE, ServiceNowConstants.ACTION_DELETE, table, List.of());
        headers.put(ServiceNowConstants.PARAM_SYS_ID, SysId.required(sysId));
        return new Request(RateGovernor.Purpose.WRITE, sysId, headers, Optional.empty(), Optional.empty(), true);
    }

    static Request count(String table, Query query) {
        Map<String, Object> headers =
                headers(ServiceNowConstants.RESOURCE_AGGREGATE, ServiceNowConstants.ACTION_RETRIEVE, table, List.of());
        headers.put(ServiceNowConstants.SYSPARM_QUERY, query.encoded());
        headers.put(ServiceNowConstants.SYSPARM_COUNT, true);
        return new Request(RateGovernor.Purpose.READ, table, headers, Optional.empty(), Optional.empty(), false);
    }

    private static Request write(
            RateGovernor.Purpose purpose,
            String action,
            String table,
            String target,
            Map<String, String> fields,
            Collection<String> answer) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a write to " + table + " without a field; name at least one");
        }
        fields.keySet().forEach(Query::requireName);
        return new Request(
                purpose,
                target,
                headers(ServiceNowConstants.RESOURCE_TABLE, action, table, answer),
                Optional.of(Map.copyOf(fields)),
                Optional.empty(),
                true);
    }

    private static Map<String, Object> headers(
            String resource, String action, String table, Collection<String> answer) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(ServiceNowConstants.RESOURCE, resource);
        headers.put(ServiceNowConstants.ACTION, action);
        headers.put(ServiceNowConstants.PARAM_TABLE_NAME, Query.requireName(table));
        if (!answer.isEmpty()) {
            headers.put(ServiceNowConstants.SYSPARM_FIELDS, String.join(",", answer));
        }
        return headers;
    }
}
