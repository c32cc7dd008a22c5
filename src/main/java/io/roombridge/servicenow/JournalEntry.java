package io.roombridge.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One comment or work note, as {@code sys_journal_field} holds it. Entries never change.
 *
 * @param element {@code comments} or {@code work_notes}
 * @param createdBy the user name; the display name when the entry is from the display value
 * @param createdOn to the second; several entries may share it
 * @param fromDisplay the entry was parsed from what a person reads ({@link JournalDisplay}): the {@code sysId} is made
 *     up, though stable, the author is a display name that anybody may bear, and a text may have been cut in the wrong
 *     place. It decides nothing and commands nothing.
 */
public record JournalEntry(
        String sysId,
        String incident,
        String element,
        String value,
        String createdBy,
        Optional<Instant> createdOn,
        boolean fromDisplay) {

    static final List<String> FIELDS =
            List.of("sys_id", "element_id", "element", "value", "sys_created_by", "sys_created_on");

    /** An entry of the journal table. */
    public JournalEntry(
            String sysId,
            String incident,
            String element,
            String value,
            String createdBy,
            Optional<Instant> createdOn) {
        this(sysId, incident, element, value, createdBy, createdOn, false);
    }

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
