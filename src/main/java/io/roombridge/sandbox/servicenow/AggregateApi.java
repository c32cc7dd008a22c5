package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Aggregate API: {@code /api/now/stats/TABLE}, with counts and groups. */
final class AggregateApi {

    private final Tables tables;
    private final Search search;
    private final Acl acl;

    AggregateApi(Platform platform) {
        this.tables = platform.tables;
        this.search = platform.search;
        this.acl = platform.acl;
    }

    Reply answer(Request request, Target target, Session session) {
        if (!request.method().equals("GET") || target.rest().size() != 1) {
            throw ApiError.noResource();
        }
        TableDefinition table = tables.definition(target.rest().get(0));
        QueryString query = request.query();
        List<Row> rows = acl.readable(
                session, table, search.find(table, query.first("sysparm_query").orElse(""), session));
        List<String> groupBy = query.first("sysparm_group_by").stream()
                .flatMap(fields -> List.of(fields.split(",")).stream())
                .filter(name -> table.field(name).isPresent())
                .toList();
        if (groupBy.isEmpty()) {
            return Reply.result(200, stats(query, rows.size()));
        }
        Map<List<String>, Integer> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.merge(groupBy.stream().map(row::get).toList(), 1, Integer::sum));
        ArrayNode result = Json.array();
        groups.forEach((values, count) -> result.add(group(stats(query, count), groupBy, values)));
        return Reply.result(200, result);
    }

    private static ObjectNode stats(QueryString query, int count) {
        ObjectNode group = Json.object();
        ObjectNode stats = group.putObject("stats");
        if (query.isTrue("sysparm_count")) {
            stats.put("count", String.valueOf(count));
        }
        return group;
    }

    private static ObjectNode group(ObjectNode group, List<String> fields, List<String> values) {
        ArrayNode names = group.putArray("groupby_fields");
        for (int i = 0; i < fields.size(); i++) {
            names.addObject().put("field", fields.get(i)).put("value", values.get(i));
        }
        return group;
    }
}
