package io.roombridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file on its way in, either as the whole body or as the last part of a multipart form. */
record Upload(String table, String sysId, String fileName, String contentType, byte[] bytes) {

    private static final Pattern PARAMETER = Pattern.compile("\\b(name|filename|boundary)=\"?([^\";]*)\"?");

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

    /** Works on ISO-8859-1 text, in which every byte is one character and none is lost. */
    static Upload multipart(Request request) {
        String boundary = parameters(request.header("Content-Type").orElse("")).get("boundary");
        Map<String, String> form = new HashMap<>();
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        for (String part : body.split(Pattern.quote("--" + required(Optional.ofNullable(boundary), "boundary")))) {
            int end = part.indexOf("\r\n\r\n");
            if (end < 0) {
                continue;
            }
            Map<String, String> parameters = parameters(part.substring(0, end));
            String content = part.substring(end + 4, Math.max(end + 4, part.length() - 2));
            if (parameters.containsKey("filename")) {
                return file(form, parameters.get("filename"), part.substring(0, end), content);
            }
            form.put(parameters.getOrDefault("name", ""), utf8(content));
        }
        throw missing("file");
    }

    private static Upload file(Map<String, String> form, String fileName, String headers, String content) {
        String type = Arrays.stream(headers.split("\r\n"))
                .filter(line -> line.regionMatches(true, 0, "Content-Type:", 0, 13))
                .map(line -> line.substring(13).strip())
                .findFirst()
                .orElse("application/octet-stream");
        return new Upload(
                required(Optional.ofNullable(form.get("table_name")), "table_name"),
                required(Optional.ofNullable(form.get("table_sys_id")), "table_sys_id"),
                utf8(fileName),
                type,
                content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        return parameters;
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String required(Optional<String> value, String name) {
        return value.filter(text -> !text.isEmpty()).orElseThrow(() -> missing(name));
    }

    private static ApiError missing(String name) {
        return new ApiError(400, "Missing parameter", "Required parameter is missing: " + name);
    }
}
