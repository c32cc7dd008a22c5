package io.roombridge.doctor;

import io.roombridge.servicenow.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what was written still stands there some calls later. Business rules put values back, and what a user may not write
 * is dropped, all of it with a status of success.
 */
final class Staying implements Probe {

    /** Without these the bridge does not find its tickets again, or fights whoever puts them back. */
    private static final Set<String> NEEDED =
            Set.of("correlation_id", "short_description", "impact", "urgency", "state");

    private final Scratch scratch;

    Staying(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        Map<String, String> written = scratch.written();
        List<Map<String, String>> rows = scratch.instance()
                .inspection()
                .rows("incident", Query.where("sys_id", scratch.sysId()), 1, List.copyOf(written.keySet()));
        return rows.isEmpty()
                ? List.of(Finding.red(
                        "the new incident cannot be read",
                        "the integration user reads what it created",
                        "let it read incident (System Security › Access Control, table incident, operation read)"))
                : verdict(written, rows.get(0));
    }

    static List<Finding> verdict(Map<String, String> written, Map<String, String> read) {
        Map<String, String> differing = new LinkedHashMap<>();
        written.forEach((field, value) -> {
            String now = read.getOrDefault(field, "");
            if (!value.strip().equals(now.strip())) {
                differing.put(field, now);
            }
        });
        List<Finding> findings = new ArrayList<>();
        differing.forEach((field, now) -> findings.add(finding(field, written.get(field), now)));
        return findings.isEmpty() ? List.of(Finding.green("what was written stays")) : findings;
    }

    private static Finding finding(String field, String value, String now) {
        String seen = field + " was written as '" + cut(value) + "' and reads '" + cut(now) + "'";
        return NEEDED.contains(field)
                ? Finding.red(
                        seen,
                        "what the bridge writes stays",
                        "let the business rule that puts it back leave the integration user alone (System Definition ›"
                                + " Business Rules, table incident), or let the user write and read the field (System"
                                + " Security › Access Control)")
                : Finding.amber(
                        seen,
                        "what the mapping writes is taken",
                        "add the value to the field's choices (System Definition › Choice Lists), or write another one in"
                                + " mappings/incident-create.jslt");
    }

    private static String cut(String text) {
        String line = text.strip().replace("\n", " ");
        return line.length() <= 40 ? line : line.substring(0, 39) + "…";
    }
}
