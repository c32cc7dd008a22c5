package io.roombridge.rebuild;

import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import java.util.List;

/**
 * An incident with a correlation id of the bridge, and what hangs on it.
 *
 * @param journal comments and work notes, oldest first
 */
public record Found(IncidentRecord incident, List<JournalEntry> journal, List<FileRecord> files) {}
