package io.roombridge.correlation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Who or what changed how the bridge acts, and why (docs/operations.md, "Audit"). Rows are only appended. What was done with
 * dead letters, the brake and forced mapping files is recorded where it happens, and shown here with the rest.
 */
public final class Audit {

    /** What is written where no person acted. */
    public static final String BRIDGE = LetterAct.BRIDGE;

    private static final String EVERYTHING = "(select at, by_name, act, subject, reason from audit_entry"
            + " union all select at, by_name, 'DEAD_LETTER_' || act, change_id, reason from dead_letter_act"
            + " union all select at, by_name, 'BRAKE_RELEASED', tenant, reason from brake_release"
            + " union all select at, released_by, 'MAPPING_FORCED', version, '' from mapping_release) a";

    private final Jdbi jdbi;

    public Audit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What was done. */
    public enum Act {
        STARTED,
        ACTIVATED,
        MAPPING_ACTIVATED,
        PAUSED,
        RESUMED,
        MUTED,
        UNMUTED,
        ADOPTION_PLANNED,
        ADOPTION_DECIDED,
        ADOPTION_ROLLED_BACK,
        ERASED
    }

    /**
     * One line.
     *
     * @param by a person, or {@link #BRIDGE}
     * @param act lower case with dashes
     * @param subject what it was done to
     * @param reason what the person said, or what followed
     */
    public record Entry(Instant at, String by, String act, String subject, String reason) {}

    public void record(Instant at, String by, Act act, String subject, String reason) {
        jdbi.useHandle(handle -> record(handle, at, by, act, subject, reason));
    }

    static void record(Handle handle, Instant at, String by, Act act, String subject, String reason) {
        handle.createUpdate("insert into audit_entry (at, by_name, act, subject, reason) values (?, ?, ?, ?, ?)")
                .bind(0, Tickets.at(at))
                .bind(1, by)
                .bind(2, act.name())
                .bind(3, subject)
                .bind(4, reason)
                .execute();
    }

    /** The reason of the last entry of an act about a subject: how it was when it was told last. */
    public Optional<String> last(Act act, String subject) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select reason from audit_entry where act = ? and subject = ? order by position desc limit 1")
                .bind(0, act.name())
                .bind(1, subject)
                .mapTo(String.class)
                .findFirst());
    }

    /** Everything since then, the newest first. */
    public List<Entry> since(Instant time, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from " + EVERYTHING + " where at >= ? order by at desc limit ?")
                        .bind(0, Tickets.at(time))
                        .bind(1, limit)
                        .map((row, context) -> read(row))
                        .list());
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("by_name"),
                row.getString("act").toLowerCase(Locale.ROOT).replace('_', '-'),
                row.getString("subject"),
                row.getString("reason"));
    }
}
