package io.roombridge.servicenow;

import io.roombridge.files.FileType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.servicenow.ServiceNowConstants;

/** The calls of the Attachment API, as the headers that steer the Camel component (facts/servicenow.md, section 9.2). */
final class FileRequests {

    private FileRequests() {}

    /** Files of these incidents. Thumbnails stand under another table name and do not match. */
    static Request list(List<String> incidents, Query query, int limit, int offset) {
        Map<String, Object> headers = headers(ServiceNowConstants.ACTION_RETRIEVE);
        headers.put(ServiceNowConstants.SYSPARM_QUERY, query.encoded());
        headers.put(ServiceNowConstants.SYSPARM_LIMIT, limit);
        headers.put(ServiceNowConstants.SYSPARM_OFFSET, offset);
        return reading(incidents.get(0), headers, Optional.empty());
    }

    static Request describe(String sysId) {
        return reading(sysId, withSysId(ServiceNowConstants.ACTION_RETRIEVE, sysId), Optional.empty());
    }

    static Request download(String sysId, Path into, long maxBytes) {
        return reading(
                sysId,
                withSysId(ServiceNowConstants.ACTION_CONTENT, sysId),
                Optional.of(new Request.Transfer(into, maxBytes)));
    }

    /**
     * @param name the component passes a percent sign through as if it began an escape, so it is escaped here (section 9.5)
     * @param type anything that is no media type is sent as bytes of no known type
     */
    static Request upload(String incident, String name, String type, Path file) {
        Map<String, Object> headers = headers(ServiceNowConstants.ACTION_UPLOAD);
        headers.put(ServiceNowConstants.PARAM_TABLE_NAME, FileRecord.INCIDENT_TABLE);
        headers.put(ServiceNowConstants.PARAM_TABLE_SYS_ID, SysId.required(incident));
        headers.put(ServiceNowConstants.PARAM_FILE_NAME, name.replace("%", "%25"));
        headers.put(ServiceNowConstants.CONTENT_TYPE, FileType.safe(type));
        return new Request(
                RateGovernor.Purpose.WRITE,
                incident,
                headers,
                Optional.empty(),
                Optional.of(new Request.Transfer(file, Long.MAX_VALUE)),
                true);
    }

    static Request delete(String sysId) {
        return new Request(
                RateGovernor.Purpose.WRITE,
                sysId,
                withSysId(ServiceNowConstants.ACTION_DELETE, sysId),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static Request reading(String target, Map<String, Object> headers, Optional<Request.Transfer> transfer) {
        return new Request(RateGovernor.Purpose.READ, target, headers, Optional.empty(), transfer, false);
    }

    private static Map<String, Object> withSysId(String action, String sysId) {
        Map<String, Object> headers = headers(action);
        headers.put(ServiceNowConstants.PARAM_SYS_ID, SysId.required(sysId));
        return headers;
    }

    private static Map<String, Object> headers(String action) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(ServiceNowConstants.RESOURCE, ServiceNowConstants.RESOURCE_ATTACHMENT);
        headers.put(ServiceNowConstants.ACTION, action);
        return headers;
    }
}
