package io.roombridge.servicenow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The incidents of an instance as the write path knows them: those that are there, or those that shadow mode imagines. */
interface IncidentTable {

    /** @return the new incident as it stands */
    IncidentRecord create(Map<String, String> fields);

    /** Writes these fields and no others; {@code comments} and {@code work_notes} add an entry. */
    IncidentRecord update(String sysId, Map<String, String> fields);

    Optional<IncidentRecord> read(String sysId);

    /** Every incident with this {@code correlation_id}, oldest first. */
    List<IncidentRecord> correlatedTo(String id);

    /** The newest entries of these elements of a journal, newest first. */
    List<JournalEntry> journal(String sysId, Collection<String> elements, int limit);
}
