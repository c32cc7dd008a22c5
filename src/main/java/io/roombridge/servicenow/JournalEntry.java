package io.roombridge.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One comment or work note, as {@code sys_journal_field} holds it. Entries never change.
 *
 * @param element {@code comments} or {@code work_notes}
 * @param createdBy the user name, not the display name
 * @param createdOn to the second; several entries may share it
 */
public record JournalEntry(
        String sysId, String incident, String element, String value, String createdBy, Optional<Instant> createdOn) {

    static final List<String> FIELDS =
            List.of("sys_id", "element_id", "element", "value", "sys_created_by", "sys_created_on");

    static JournalEntry of(Map<?, ?> row) {
        return new JournalEntry(
                Row.text(row, "sys_id"),
                Row.text(row, "element_id"),
                Row.text(row, "element"),
                Row.text(row, "value"),
                Row.text(row, "sys_created_by"),
                Row.time(row, "sys_created_on"));
    }
}
