package io.roombridge.correlation;

import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.ticket.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What waits in the store at one moment, for metrics: the same whichever node of a cluster asks. */
public final class Backlog {

    private final Jdbi jdbi;

    public Backlog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Open letters of one kind, and since when the oldest of them lies there. */
    public record Letters(State state, Reason reason, long count, Instant oldest) {}

    /** Rows that wait, and since when the oldest of them does. */
    public record Waiting(long count, Optional<Instant> oldest) {}

    public List<Letters> letters() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select state, reason, count(*) as waiting, min(at) as oldest"
                                + " from dead_letter where state in ('DEAD', 'PARKED', 'KEPT') group by state, reason")
                .map((row, context) -> new Letters(
                        State.valueOf(row.getString("state")),
                        Reason.valueOf(row.getString("reason")),
                        row.getLong("waiting"),
                        instant(row, "oldest").orElseThrow()))
                .list());
    }

    /** Commands that the hub has not accepted yet. */
    public Waiting commands() {
        return waiting("decided_at", "portal_command where sent_at is null and dead_at is null");
    }

    /** Writes of which it is not known whether they were done. */
    public Waiting writesInDoubt() {
        return waiting("opened_at", "intent where result is null");
    }

    /** Files on their way. */
    public Waiting files() {
        return waiting("offered_at", "file_job where state in ('WAITING', 'UPLOADING', 'ASKED')");
    }

    /** Events that were posted over HTTP and are not finished. */
    public Waiting posted() {
        return waiting("received_at", "inbox");
    }

    private Waiting waiting(String since, String rows) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) as waiting, min(" + since + ") as oldest from " + rows)
                .map((row, context) -> new Waiting(row.getLong("waiting"), instant(row, "oldest")))
                .one());
    }

    /** How many tenants are paused, for each direction; a pause of every tenant counts as one. */
    public Map<String, Long> pauses() {
        Map<String, Long> tenants = new TreeMap<>();
        Stream.of(Direction.values()).forEach(direction -> tenants.put(direction.label(), 0L));
        jdbi.useHandle(handle -> handle.createQuery(
                        "select direction, count(*) as tenants from pause group by direction")
                .map((row, context) -> tenants.put(
                        Direction.valueOf(row.getString("direction")).label(), row.getLong("tenants")))
                .list());
        return tenants;
    }

    /** Up to which time of its own clock each instance has been read. */
    public Map<String, Instant> readUntil() {
        return jdbi
                .withHandle(handle -> handle.createQuery(
                                "select instance, reads_from from poll_cursor where name = 'changes'")
                        .map((row, context) -> Map.entry(
                                row.getString("instance"),
                                instant(row, "reads_from").orElseThrow()))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The latest watermark of a heartbeat, by the portal's clock; empty before the first. */
    public Optional<Instant> heartbeat() {
        return latest("watermark", "hub_heartbeat");
    }

    /** When a reading position was written last, by the machine's clock; empty where they are kept elsewhere. */
    public Optional<Instant> checkpointWritten() {
        return latest("written_at", "hub_checkpoint");
    }

    private Optional<Instant> latest(String column, String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select max(" + column + ") as latest from " + table)
                .map((row, context) -> instant(row, "latest"))
                .one());
    }

    /** The time of the database. */
    public Instant now() {
        return jdbi.withHandle(handle -> handle.createQuery("select current_timestamp")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
