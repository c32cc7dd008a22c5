package io.roombridge.sandbox.servicenow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A file on its way in, either as the whole body or as the last part of a multipart form. */
record Upload(String table, String sysId, String fileName, String contentType, Content content) {

    static Upload raw(Request request) {
        if (request.mediaType().isEmpty()) {
            throw new ApiError(415, "Unsupported media type", "Content-Type of the file is missing");
        }
        QueryString query = request.query();
        return new Upload(
                required(query.first("table_name"), "table_name"),
                required(query.first("table_sys_id"), "table_sys_id"),
                required(query.first("file_name"), "file_name"),
                request.header("Content-Type").orElse(""),
                request.body());
    }

    /** The parts before the file name its record; whatever comes after it is not looked at. */
    static Upload multipart(Request request, DiskFiles files) {
        MultipartForm form = MultipartForm.read(request.header("Content-Type").orElse(""), request.body(), files);
        Map<String, String> fields = new HashMap<>(form.fields());
        MultipartForm.FilePart file = form.file().orElseThrow(() -> missing("file"));
        return new Upload(
                required(Optional.ofNullable(fields.get("table_name")), "table_name"),
                required(Optional.ofNullable(fields.get("table_sys_id")), "table_sys_id"),
                file.fileName(),
                file.contentType(),
                file.content());
    }

    static String required(Optional<String> value, String name) {
        return value.filter(text -> !text.isEmpty()).orElseThrow(() -> missing(name));
    }

    static ApiError missing(String name) {
        return new ApiError(400, "Missing parameter", "Required parameter is missing: " + name);
    }
}
