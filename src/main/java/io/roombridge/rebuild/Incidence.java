package io.roombridge.rebuild;

import io.roombridge.route.Desk;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentChanges.Cursor;
import io.roombridge.servicenow.IncidentChanges.Page;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every incident of an instance that bears an id of the bridge, and what hangs on it: pages, at the price of a look. */
public final class Incidence {

    private static final int PAGE = 200;

    private final Desk desk;
    private final Patient patient;
    private Optional<Instant> serverTime = Optional.empty();

    public Incidence(Desk desk, Patient patient) {
        this.desk = desk;
        this.patient = patient;
    }

    /** By their correlation ids. */
    public Map<String, List<IncidentRecord>> byCorrelation() {
        Map<String, List<IncidentRecord>> found = new TreeMap<>();
        Cursor cursor = Cursor.from(Instant.EPOCH);
        Page page;
        do {
            Cursor from = cursor;
            page = patient.read(() -> desk.gateway().changes().since(from, PAGE));
            Optional<Instant> told = page.serverTime();
            serverTime = serverTime.or(() -> told);
            page.incidents()
                    .forEach(incident -> found.computeIfAbsent(incident.correlationId(), id -> new ArrayList<>())
                            .add(incident));
            cursor = new Cursor(cursor.from(), page.last(), cursor.restart());
        } while (page.more());
        return found;
    }

    /** The instance's own time when the incidents were read; empty when it did not tell. */
    public Optional<Instant> serverTime() {
        return serverTime;
    }

    /** With journals and files. */
    public List<Found> found(List<IncidentRecord> incidents) {
        List<String> sysIds = incidents.stream().map(IncidentRecord::sysId).toList();
        Map<String, List<JournalEntry>> journals = journals(sysIds);
        Map<String, List<FileRecord>> files = files(sysIds);
        return incidents.stream()
                .map(incident -> new Found(
                        incident,
                        journals.getOrDefault(incident.sysId(), List.of()),
                        files.getOrDefault(incident.sysId(), List.of())))
                .toList();
    }

    /** Comments and work notes by the incident's sys_id, oldest first. */
    public Map<String, List<JournalEntry>> journals(List<String> sysIds) {
        return patient.read(() -> desk.gateway().changes().journals(sysIds, Optional.empty())).stream()
                .collect(Collectors.groupingBy(JournalEntry::incident));
    }

    /** Files by the incident's sys_id. */
    public Map<String, List<FileRecord>> files(List<String> sysIds) {
        return patient.read(() -> desk.gateway().files().list(sysIds, Instant.EPOCH)).stream()
                .collect(Collectors.groupingBy(FileRecord::incident));
    }
}
