package io.roombridge.servicenow;

import io.roombridge.ticket.IncidentState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An incident as the instance holds it. Text is as the Table API gives it: an empty field, and one that the integration
 * user may not read, is the empty text.
 *
 * @param stateValue the value of {@code state}; {@link #state()} is its meaning
 * @param assignedTo sys_id of a user
 * @param assignmentGroup sys_id of a group
 * @param parent sys_id of a task
 * @param callerId sys_id of a user
 * @param over since when it has been resolved, or closed or canceled without that; empty while nobody may see it
 * @param updatedBy user name of whoever made the last change; other changes since the last look are not told by it
 * @param modCount how often the record was changed; not a proof of any one write (facts/servicenow.md, section 1.7)
 * @param createdOn to the second; empty when unreadable
 * @param updatedOn to the second; empty when unreadable
 */
public record IncidentRecord(
        String sysId,
        String number,
        String stateValue,
        String impact,
        String urgency,
        String priority,
        String assignedTo,
        String assignmentGroup,
        String holdReason,
        String closeCode,
        String parent,
        String correlationId,
        boolean active,
        String shortDescription,
        int modCount,
        Optional<Instant> createdOn,
        Optional<Instant> updatedOn,
        String callerId,
        String updatedBy,
        String closeNotes,
        Optional<Instant> over) {

    /** An incident that is not over, or of which that cannot be read. */
    public IncidentRecord(
            String sysId,
            String number,
            String stateValue,
            String impact,
            String urgency,
            String priority,
            String assignedTo,
            String assignmentGroup,
            String holdReason,
            String closeCode,
            String parent,
            String correlationId,
            boolean active,
            String shortDescription,
            int modCount,
            Optional<Instant> createdOn,
            Optional<Instant> updatedOn,
            String callerId,
            String updatedBy,
            String closeNotes) {
        this(
                sysId,
                number,
                stateValue,
                impact,
                urgency,
                priority,
                assignedTo,
                assignmentGroup,
                holdReason,
                closeCode,
                parent,
                correlationId,
                active,
                shortDescription,
                modCount,
                createdOn,
                updatedOn,
                callerId,
                updatedBy,
                closeNotes,
                Optional.empty());
    }

    /** The fields every call asks for, so that the answer to a write is its read-back. */
    static final List<String> FIELDS = List.of(
            "sys_id",
            "number",
            "state",
            "impact",
            "urgency",
            "priority",
            "assigned_to",
            "assignment_group",
            "hold_reason",
            "close_code",
            "parent",
            "correlation_id",
            "active",
            "short_description",
            "sys_mod_count",
            "sys_created_on",
            "sys_updated_on",
            "caller_id",
            "sys_updated_by",
            "close_notes",
            "resolved_at",
            "closed_at");

    static IncidentRecord of(Map<?, ?> row) {
        return new IncidentRecord(
                Row.text(row, "sys_id"),
                Row.text(row, "number"),
                Row.text(row, "state"),
                Row.text(row, "impact"),
                Row.text(row, "urgency"),
                Row.text(row, "priority"),
                Row.text(row, "assigned_to"),
                Row.text(row, "assignment_group"),
                Row.text(row, "hold_reason"),
                Row.text(row, "close_code"),
                Row.text(row, "parent"),
                Row.text(row, "correlation_id"),
                Boolean.parseBoolean(Row.text(row, "active")),
                Row.text(row, "short_description"),
                Row.number(row, "sys_mod_count"),
                Row.time(row, "sys_created_on"),
                Row.time(row, "sys_updated_on"),
                Row.text(row, "caller_id"),
                Row.text(row, "sys_updated_by"),
                Row.text(row, "close_notes"),
                Row.time(row, "resolved_at").or(() -> Row.time(row, "closed_at")));
    }

    /** Empty for a state that the customer added to the standard ones. */
    public Optional<IncidentState> state() {
        return IncidentState.of(stateValue);
    }
}
