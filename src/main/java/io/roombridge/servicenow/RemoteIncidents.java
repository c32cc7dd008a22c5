package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The incidents that are there, by calls of the Table API. */
final class RemoteIncidents implements IncidentTable {

    private static final String INCIDENT = "incident";
    private static final int LONGEST_CHAIN = 500;

    private final Calls calls;

    RemoteIncidents(Calls calls) {
        this.calls = calls;
    }

    @Override
    public IncidentRecord create(Map<String, String> fields) {
        String target = fields.getOrDefault("correlation_id", "a new incident");
        return written(calls.record(Request.create(INCIDENT, target, fields, IncidentRecord.FIELDS)), Optional.empty());
    }

    @Override
    public IncidentRecord update(String sysId, Map<String, String> fields) {
        return written(
                calls.record(Request.update(INCIDENT, sysId, fields, IncidentRecord.FIELDS)), Optional.of(sysId));
    }

    @Override
    public Optional<IncidentRecord> read(String sysId) {
        try {
            IncidentRecord incident =
                    IncidentRecord.of(calls.record(Request.read(INCIDENT, sysId, IncidentRecord.FIELDS)));
            if (!incident.sysId().equals(sysId)) {
                throw ServiceNowFailure.unexpected(false, "the answer is not the incident that was asked for");
            }
            return Optional.of(incident);
        } catch (ServiceNowFailure failure) {
            if (failure.reason() == Reason.RECORD_GONE) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public List<IncidentRecord> correlatedTo(String id) {
        Query query =
                Query.where("correlation_id", id).orderBy("sys_created_on").orderBy("sys_id");
        List<IncidentRecord> found = calls
                .records(Request.find(
                        RateGovernor.Purpose.CREATE, INCIDENT, query, LONGEST_CHAIN, IncidentRecord.FIELDS))
                .stream()
                .map(IncidentRecord::of)
                .toList();
        if (found.stream().anyMatch(incident -> !incident.correlationId().equalsIgnoreCase(id))) {
            throw ServiceNowFailure.notAskedFor("incidents", "correlation_id");
        }
        return found.stream()
                .filter(incident -> incident.correlationId().equals(id))
                .toList();
    }

    @Override
    public List<JournalEntry> journal(String sysId, Collection<String> elements, int limit) {
        Query query = Query.where("element_id", SysId.required(sysId))
                .andIn("element", elements)
                .newestFirst("sys_created_on")
                .newestFirst("sys_id");
        return calls
                .records(
                        Request.find(RateGovernor.Purpose.READ, "sys_journal_field", query, limit, JournalEntry.FIELDS))
                .stream()
                .map(JournalEntry::of)
                .filter(entry -> entry.incident().equals(sysId) && elements.contains(entry.element()))
                .toList();
    }

    /** The read-back of a write; without it nobody knows what was written. */
    private static IncidentRecord written(Map<?, ?> answer, Optional<String> sysId) {
        IncidentRecord incident = IncidentRecord.of(answer);
        if (!SysId.isSysId(incident.sysId())
                || sysId.filter(id -> !id.equals(incident.sysId())).isPresent()) {
            throw ServiceNowFailure.unexpected(true, "the answer to the write is not the record that was written");
        }
        return incident;
    }
}
