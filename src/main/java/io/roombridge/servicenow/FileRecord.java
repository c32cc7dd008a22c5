package io.roombridge.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One file of an incident, as {@code sys_attachment} describes it (facts/servicenow.md, section 3).
 *
 * @param incident the sys_id of the incident it belongs to
 * @param name as it was uploaded; may be anything a person typed
 * @param size in bytes
 * @param hash SHA-256 of the content in lower-case hex; empty for encrypted files
 * @param createdBy the user name, not the display name
 * @param createdOn to the second, UTC
 */
public record FileRecord(
        String sysId,
        String incident,
        String name,
        String type,
        long size,
        String hash,
        State state,
        String createdBy,
        Optional<Instant> createdOn) {

    static final String INCIDENT_TABLE = "incident";

    /** What the virus scan says. */
    public enum State {
        AVAILABLE,
        /** Not scanned yet; normally for about a second. */
        PENDING,
        /** Infected, or never scanned. */
        NOT_AVAILABLE,
        /** The instance says nothing: no scanner, or an encrypted file. */
        UNKNOWN
    }

    static FileRecord of(Map<?, ?> row) {
        return new FileRecord(
                Row.text(row, "sys_id"),
                Row.text(row, "table_sys_id"),
                Row.text(row, "file_name"),
                Row.text(row, "content_type"),
                size(Row.text(row, "size_bytes")),
                Row.text(row, "hash").toLowerCase(Locale.ROOT),
                state(Row.text(row, "state")),
                Row.text(row, "sys_created_by"),
                Row.time(row, "sys_created_on"));
    }

    /** Thumbnails and inline pictures stand under a table name of their own, {@code ZZ_YY…}. */
    static boolean isOfIncident(Map<?, ?> row, List<String> incidents) {
        return Row.text(row, "table_name").equals(INCIDENT_TABLE) && incidents.contains(Row.text(row, "table_sys_id"));
    }

    private static State state(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "available" -> State.AVAILABLE;
            case "pending" -> State.PENDING;
            case "" -> State.UNKNOWN;
            default -> State.NOT_AVAILABLE;
        };
    }

    private static long size(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
