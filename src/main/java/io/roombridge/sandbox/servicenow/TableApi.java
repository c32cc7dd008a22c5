package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Table API: {@code /api/now/table/TABLE[/SYS_ID]} (facts/servicenow.md §1). */
final class TableApi {

    private static final int DEFAULT_LIMIT = 10_000;
    private static final int MAX_JSON_BYTES = 10_485_760;

    private final Tables tables;
    private final Records records;
    private final Search search;
    private final DisplayValues display;
    private final Acl acl;

    TableApi(Platform platform) {
        this.tables = platform.tables;
        this.records = platform.records;
        this.search = platform.search;
        this.display = platform.display;
        this.acl = platform.acl;
    }

    Reply answer(Request request, Target target, Session session, String host) {
        if (target.rest().isEmpty() || target.rest().size() > 2) {
            throw ApiError.noResource();
        }
        TableDefinition table = tables.definition(target.rest().get(0));
        RecordJson json = RecordJson.of(tables, display, session, request.query(), table, target.root(host));
        if (target.rest().size() == 1) {
            return switch (request.method()) {
                case "GET", "HEAD" -> list(request, target, session, table, json, host);
                case "POST" -> insert(request, session, table, json);
                default -> throw ApiError.method(request.method());
            };
        }
        Optional<Row> found = tables.find(table.name(), target.rest().get(1));
        Row row = acl.readable(session, table, found);
        return switch (request.method()) {
            case "GET", "HEAD" -> Reply.result(200, json.of(row));
            case "PATCH", "PUT" -> update(request, session, table, row, json);
            case "DELETE" -> delete(session, table, row);
            default -> throw ApiError.method(request.method());
        };
    }

    private Reply list(
            Request request, Target target, Session session, TableDefinition table, RecordJson json, String host) {
        QueryString query = request.query();
        List<Row> all = search.find(table, query, session);
        Page page = Page.of(query, all.size(), DEFAULT_LIMIT);
        // The page is cut before the ACLs are asked, so it may be shorter than the limit with more to come.
        List<Row> rows = acl.readable(session, table, all.subList(page.from(), page.to()));
        if (rows.isEmpty() && target.version().equals("v1")) {
            throw ApiError.noRecord();
        }
        ArrayNode result = Json.array();
        rows.forEach(row -> result.add(json.of(row)));
        return page.describe(Reply.result(200, result), host + request.path(), query);
    }

    private Reply insert(Request request, Session session, TableDefinition table, RecordJson json) {
        acl.writing(session, table, "Insert");
        Row row = records.insert(session, table, values(request), isDisplayInput(request));
        Reply reply = written(request, Reply.result(201, json.of(row)));
        return reply.with("Location", json.root() + "/table/" + table.name() + "/" + row.sysId());
    }

    private Reply update(Request request, Session session, TableDefinition table, Row row, RecordJson json) {
        acl.writing(session, table, "Update");
        Row after = records.update(session, table, row, values(request), isDisplayInput(request));
        return written(request, Reply.result(200, json.of(after)));
    }

    private Reply delete(Session session, TableDefinition table, Row row) {
        acl.writing(session, table, "Delete");
        records.delete(session, table, row);
        return Reply.empty(204);
    }

    private static Reply written(Request request, Reply reply) {
        return request.hasTrue("X-no-response-body") ? Reply.empty(reply.status()) : reply;
    }

    private static boolean isDisplayInput(Request request) {
        return request.query().isTrue("sysparm_input_display_value");
    }

    private static Map<String, String> values(Request request) {
        if (request.body().size() > MAX_JSON_BYTES) {
            throw ApiError.unreadable(
                    "Rejected large REST payload with content-length = %d bytes. Max allowed: %d bytes."
                            .formatted(request.body().size(), MAX_JSON_BYTES));
        }
        if (request.body().size() > 0 && request.mediaType().isEmpty()) {
            throw ApiError.unreadable("Content-Type is missing");
        }
        if (request.body().size() > 0 && !request.mediaType().equals("application/json")) {
            throw new ApiError(415, "Unsupported media type", "the embedded ServiceNow reads application/json only");
        }
        return Json.record(request.text());
    }
}
