package io.roombridge.sandbox.servicenow;

import java.time.Instant;

/**
 * One entry of a journal.
 *
 * @param element {@code comments} (the customer reads it) or {@code work_notes}
 * @param createdBy a user name
 * @param createdOn whole seconds
 */
public record JournalEntry(String sysId, String element, String value, String createdBy, Instant createdOn) {

    static JournalEntry of(Row row) {
        return new JournalEntry(
                row.sysId(),
                row.get("element"),
                row.get("value"),
                row.get("sys_created_by"),
                SysTime.stored(row.get("sys_created_on")));
    }
}
