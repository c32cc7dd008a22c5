package io.roombridge.route;

import io.roombridge.correlation.PollCursors.Place;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One look at a ServiceNow instance on its way through the route {@code servicenow-changes}.
 *
 * @param cursor which cursor the look moves
 * @param incidents that changed, oldest change first
 * @param journals their comments and work notes by the incident's sys_id, oldest first
 * @param files their files, by the incident's sys_id
 * @param gone sys_ids that were asked for and are not there any more
 * @param next where the next look begins, from the incidents that have to be shown again; empty to leave the cursor alone
 * @param deferred incidents whose ticket was busy
 */
public record Round(
        Desk desk,
        String cursor,
        List<IncidentRecord> incidents,
        Map<String, List<JournalEntry>> journals,
        Map<String, List<FileRecord>> files,
        Set<String> gone,
        Function<Set<String>, Optional<Place>> next,
        Set<String> deferred) {

    /** Nothing was read; what was decided before still has to be told. */
    static Round onlyToTell(Desk desk) {
        return new Round(desk, "", List.of(), Map.of(), Map.of(), Set.of(), deferred -> Optional.empty(), Set.of());
    }

    Round deferring(Set<String> busy) {
        return new Round(desk, cursor, incidents, journals, files, gone, next, Set.copyOf(busy));
    }
}
