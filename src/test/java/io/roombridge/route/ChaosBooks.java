package io.roombridge.route;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The bridge's own books, read from outside with plain SQL. */
final class ChaosBooks {

    /** What became of an event. */
    record Became(String change, String kind, String outcome, String reason) {}

    /** A change that is kept for a person. */
    record Kept(String change, String ticket, String lane, String state, String reason, String detail) {}

    private final Jdbi jdbi;

    ChaosBooks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What is not finished; empty when the bridge is at rest. */
    List<String> waiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select n || ' ' || what from (
                          select count(*) as n, 'open intents' as what from intent where result is null
                          union all select count(*), 'unsent commands' from portal_command where sent_at is null
                          union all select count(*), 'gathered notes' from gathered_note
                          union all select count(*), 'dead letters' from dead_letter
                            where state in ('DEAD', 'PARKED') and lane <> 'FILES'
                          union all select count(*), 'appointments' from ticket where next_appointment is not null
                          union all select count(*), 'files' from file_job
                            where state in ('WAITING', 'UPLOADING', 'ASKED') or note is not null
                        ) left_over where n > 0""").mapTo(String.class).list());
    }

    /** At least eleven minutes, so that every open incident is looked at; longer where a ticket waits for longer. */
    Duration untilNextAppointment(Instant now) {
        Optional<Instant> next =
                jdbi.withHandle(handle -> handle.createQuery("select min(next_appointment) as next from ticket")
                        .map((row, context) -> Optional.ofNullable(row.getObject("next", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant))
                        .one());
        Duration sweep = Duration.ofMinutes(11);
        return next.map(at -> Duration.between(now, at).plusSeconds(1))
                .filter(wait -> wait.compareTo(sweep) > 0)
                .orElse(sweep);
    }

    List<Became> outcomes() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select change_id, kind, outcome, reason from change_outcome")
                .map((row, context) -> new Became(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).toUpperCase(Locale.ROOT),
                        row.getString(4)))
                .list());
    }

    List<Kept> deadLetters() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select change_id, ticket_id, lane, state, reason, detail from dead_letter")
                .map((row, context) -> new Kept(
                        row.getString(1),
                        String.valueOf(row.getString(2)),
                        row.getString(3).toUpperCase(Locale.ROOT),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list());
    }

    List<String> payloads() {
        return jdbi.withHandle(handle -> handle.createQuery("select payload from dead_letter")
                .mapTo(String.class)
                .list());
    }

    /** Whether an incident belongs to a ticket. */
    boolean knows(String incident) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from incident where sys_id = ?")
                        .bind(0, incident)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /** What the bridge says of itself, for whoever looks for the reason of a failure. */
    List<String> story() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select substring(ticket_id, 1, 9) || ' ' || what || ' ' || change_id || ': ' || text from history
                        union all select 'outcome ' || change_id || ' ' || outcome || ' ' || reason from change_outcome
                        union all select 'letter ' || change_id || ' ' || state || ' ' || reason || ' ' || detail from dead_letter
                        union all select 'command ' || name || ' ' || command_id from portal_command
                        union all select 'intent ' || kind || ' ' || cause || ' ' || coalesce(result, 'open') from intent
                        union all select 'file ' || direction || ' ' || source_id || ' ' || state || ' ' || detail from file_job
                        union all select 'ticket ' || document from ticket""").mapTo(String.class).list());
    }

    /** What became of the files: source, direction, state and reason. */
    List<String> files() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select direction || ' ' || source_id || ' ' || state || ' ' || coalesce(reason, '') from file_job")
                .mapTo(String.class)
                .list());
    }
}
