package io.roombridge.servicenow;

import io.roombridge.servicenow.ClosingView.FileEntry;
import io.roombridge.ticket.IncidentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads everything about an incident that may speak against closing it. What this user may not see counts as an
 * obstacle: a closing is never decided on half a view.
 *
 * <p>All methods throw {@link ServiceNowFailure}.
 */
public final class ClosingReader {

    private static final String INCIDENT = "incident";
    private static final int NEWEST = 200;

    private final Calls calls;
    private final ServiceNowGateway gateway;
    private final Optional<String> keepOpenField;

    ClosingReader(Calls calls, ServiceNowGateway gateway, Optional<String> keepOpenField) {
        this.calls = calls;
        this.gateway = gateway;
        this.keepOpenField = keepOpenField.map(Query::requireName);
    }

    /** Everything; empty when the incident is gone. Seven calls at most. */
    public Optional<ClosingView> full(String sysId) {
        return incident(sysId).map(read -> {
            List<String> ties = new ArrayList<>(read.ties());
            children(sysId, "parent_incident", ties);
            children(sysId, "parent", ties);
            tasks(sysId, ties);
            return withEntries(read, ties);
        });
    }

    /** The record, its journal and its files; empty when the incident is gone. Three calls. */
    public Optional<ClosingView> again(String sysId) {
        return incident(sysId).map(read -> withEntries(read, read.ties()));
    }

    private ClosingView withEntries(ClosingView read, List<String> ties) {
        String sysId = read.incident().sysId();
        return new ClosingView(read.incident(), ties, gateway.journal(sysId, NEWEST), files(sysId), read.serverTime());
    }

    private Optional<ClosingView> incident(String sysId) {
        List<String> fields = new ArrayList<>(IncidentRecord.FIELDS);
        fields.addAll(List.of("problem_id", "rfc", "caused_by", "major_incident_state"));
        keepOpenField.ifPresent(fields::add);
        Calls.Listing listing = calls.list(Request.find(
                RateGovernor.Purpose.READ, INCIDENT, Query.where("sys_id", SysId.required(sysId)), 2, fields));
        if (listing.records().isEmpty()) {
            return Optional.empty();
        }
        Map<?, ?> row = listing.records().get(0);
        IncidentRecord incident = IncidentRecord.of(row);
        if (listing.records().size() > 1 || !incident.sysId().equals(sysId)) {
            throw ServiceNowFailure.notAskedFor("incidents", "sys_id");
        }
        return Optional.of(new ClosingView(
                incident, ties(row), List.of(), List.of(), listing.facts().serverTime()));
    }

    private List<String> ties(Map<?, ?> row) {
        List<String> ties = new ArrayList<>();
        tie(row, "problem_id", "a problem is linked", ties);
        tie(row, "rfc", "a change is linked", ties);
        tie(row, "caused_by", "a change that caused it is linked", ties);
        String major = Row.text(row, "major_incident_state");
        if (!major.isEmpty() && !major.equals("rejected") && !major.equals("canceled")) {
            ties.add("it is a major incident or proposed as one");
        }
        keepOpenField
                .map(field -> Row.text(row, field))
                .filter(mark -> !mark.isEmpty() && !mark.equals("false"))
                .ifPresent(mark -> ties.add("it is marked to be kept open"));
        return ties;
    }

    private static void tie(Map<?, ?> row, String field, String what, List<String> ties) {
        if (!Row.text(row, field).isEmpty()) {
            ties.add(what);
        }
    }

    private void children(String sysId, String field, List<String> ties) {
        open(INCIDENT, field, sysId).ifPresent(row -> ties.add(row.number() + " is an open child"));
    }

    private void tasks(String sysId, List<String> ties) {
        open("incident_task", "incident", sysId).ifPresent(row -> ties.add(row.number() + " is an open task of it"));
    }

    private record Open(String number, String state) {}

    private static boolean stillOpen(Open child) {
        return IncidentState.of(child.state()).map(IncidentState::active).orElse(true);
    }

    /** The first open record that refers to the incident. */
    private Optional<Open> open(String table, String field, String sysId) {
        Query query = Query.where(field, sysId).and("active", "true");
        List<Map<?, ?>> rows = calls.records(
                Request.find(RateGovernor.Purpose.READ, table, query, 50, List.of("number", "state", field)));
        if (rows.stream().anyMatch(row -> !Row.text(row, field).equals(sysId))) {
            throw ServiceNowFailure.notAskedFor(table, field);
        }
        return rows.stream()
                .map(row -> new Open(Row.text(row, "number"), Row.text(row, "state")))
                .filter(child -> !table.equals(INCIDENT) || stillOpen(child))
                .findFirst();
    }

    private List<FileEntry> files(String sysId) {
        Query query = Query.where("table_sys_id", sysId)
                .and("table_name", INCIDENT)
                .newestFirst("sys_created_on")
                .newestFirst("sys_id");
        return calls
                .records(Request.find(
                        RateGovernor.Purpose.READ,
                        "sys_attachment",
                        query,
                        NEWEST,
                        List.of("sys_id", "table_sys_id", "sys_created_by", "sys_created_on")))
                .stream()
                .filter(row -> Row.text(row, "table_sys_id").equals(sysId))
                .map(row -> new FileEntry(
                        Row.text(row, "sys_id"), Row.text(row, "sys_created_by"), Row.time(row, "sys_created_on")))
                .toList();
    }
}
