package io.roombridge.sandbox.servicenow;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Which part of a list was asked for.
 *
 * @param total rows that match, before the ACLs take any away
 */
record Page(int offset, int limit, int total) {

    static Page of(QueryString query, int total, int defaultLimit) {
        int limit = query.number("sysparm_limit", defaultLimit);
        return new Page(query.number("sysparm_offset", 0), limit, total);
    }

    int from() {
        return Math.min(offset, total);
    }

    int to() {
        return (int) Math.min((long) from() + limit, total);
    }

    /** Adds the headers {@code X-Total-Count} and {@code Link}, unless the request forbade them. */
    Reply describe(Reply reply, String url, QueryString query) {
        Reply counted = query.isTrue("sysparm_no_count") ? reply : reply.with("X-Total-Count", String.valueOf(total));
        boolean linked = !query.isTrue("sysparm_suppress_pagination_header") && limit > 0 && limit < total;
        return linked ? counted.with("Link", links(url, query)) : counted;
    }

    /** As recorded on an instance: no spaces, and the first page has a "prev" with a negative offset. */
    private String links(String url, QueryString query) {
        int last = (total - 1) / limit * limit;
        Map<String, Integer> offsets = new LinkedHashMap<>();
        offsets.put("first", 0);
        offsets.put("prev", offset - limit);
        if (offset + limit < total) {
            offsets.put("next", offset + limit);
        }
        offsets.put("last", last);
        StringJoiner links = new StringJoiner(",");
        offsets.forEach((rel, at) -> links.add("<" + url + "?" + parameters(query, at) + ">;rel=\"" + rel + "\""));
        return links.toString();
    }

    private static String parameters(QueryString query, int offset) {
        StringJoiner joined = new StringJoiner("&");
        query.asMap().forEach((name, values) -> {
            if (!name.equals("sysparm_offset")) {
                values.forEach(value -> joined.add(encode(name) + "=" + encode(value)));
            }
        });
        return joined.add("sysparm_offset=" + offset).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
