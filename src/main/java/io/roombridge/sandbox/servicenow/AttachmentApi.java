package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Attachment API: {@code /api/now/attachment} (facts/servicenow.md §3). The answers to files that are too large or
 * infected are not known from an instance; the sandbox says 400 and 403.
 */
final class AttachmentApi {

    private static final int DEFAULT_LIMIT = 1000;

    private final Tables tables;
    private final Attachments attachments;
    private final Search search;
    private final Acl acl;
    private final Switches switches;
    private final DiskFiles files;

    AttachmentApi(Platform platform) {
        this.tables = platform.tables;
        this.attachments = platform.attachments;
        this.search = platform.search;
        this.acl = platform.acl;
        this.switches = platform.switches;
        this.files = platform.files;
    }

    Reply answer(Request request, Target target, Session session, String host) {
        List<String> rest = target.rest();
        String url = target.root(host) + "/attachment";
        if (request.method().equals("POST")) {
            return switch (String.join("/", rest)) {
                case "file" -> upload(Upload.raw(request), session, url);
                case "upload" -> upload(Upload.multipart(request, files), session, url);
                default -> throw ApiError.noResource();
            };
        }
        if (rest.isEmpty()) {
            return list(request, session, url, host);
        }
        Row row = acl.readable(session, definition(), tables.find(Attachments.TABLE, rest.get(0)));
        if (rest.size() == 2 && rest.get(1).equals("file")) {
            return download(row, url);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> Reply.result(200, metadata(row, url));
            case "PATCH" -> rename(request, session, row);
            case "DELETE" -> delete(session, row);
            default -> throw ApiError.method(request.method());
        };
    }

    private Reply list(Request request, Session session, String url, String host) {
        QueryString query = request.query();
        List<Row> all = search.find(definition(), query, session);
        Page page = Page.of(query, all.size(), DEFAULT_LIMIT);
        ArrayNode result = Json.array();
        acl.readable(session, definition(), all.subList(page.from(), page.to()))
                .forEach(row -> result.add(metadata(row, url)));
        return page.describe(Reply.result(200, result), host + request.path(), query);
    }

    private Reply upload(Upload upload, Session session, String url) {
        try {
            TableDefinition table = tables.definition(upload.table());
            acl.readable(session, table, tables.find(table.name(), upload.sysId()));
            acl.writing(session, table, "Insert");
            switches.attachmentRules().check(upload.fileName(), upload.contentType(), upload.content());
            Row row = attachments.add(
                    session, table.name(), upload.sysId(), upload.fileName(), upload.contentType(), upload.content());
            return Reply.result(201, metadata(row, url)).with("Location", url + "/" + row.sysId() + "/file");
        } catch (ApiError refused) {
            DiskFiles.discard(upload.content());
            throw refused;
        }
    }

    private Reply download(Row row, String url) {
        boolean unscanned = row.get("state").equals("pending")
                && !switches.attachmentRules().unscannedDownloads();
        if (unscanned || row.get("state").equals("not_available")) {
            throw ApiError.failed("File is infected or was not scanned");
        }
        String type = row.get("content_type").isEmpty() ? "application/octet-stream" : row.get("content_type");
        String metadata = ascii(metadata(row, url).toString());
        return new Reply(
                200, Map.of("Content-Type", type, "X-Attachment-Metadata", metadata), attachments.content(row));
    }

    private Reply rename(Request request, Session session, Row row) {
        writing(session, row);
        Optional.ofNullable(Json.record(request.text()).get("file_name"))
                .ifPresent(name -> attachments.rename(session, row, name));
        return Reply.empty(204);
    }

    private Reply delete(Session session, Row row) {
        writing(session, row);
        attachments.delete(session, row);
        return Reply.empty(204);
    }

    private void writing(Session session, Row row) {
        acl.writing(session, tables.definition(row.get("table_name")), "Update");
    }

    private ObjectNode metadata(Row row, String url) {
        ObjectNode json = Json.object();
        row.fields().forEach(json::put);
        json.put("download_link", url + "/" + row.sysId() + "/file");
        return json;
    }

    private TableDefinition definition() {
        return tables.definition(Attachments.TABLE);
    }

    /** JSON in a header: what is not ASCII is escaped. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder();
        for (char c : json.toCharArray()) {
            text.append(c < 128 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return text.toString();
    }
}
