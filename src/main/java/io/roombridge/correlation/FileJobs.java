package io.roombridge.correlation;

import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Files on their way between the two sides, in durable rows. They are offered in the commit of the step that learned of
 * them ({@link Commit#files}) and carried afterwards, two at a time, outside the order of events.
 */
public final class FileJobs {

    private static final int DETAIL_LENGTH = 2000;
    private static final int NAME_LENGTH = 1000;

    private static final String DUE =
            "next_at <= ? and (state in ('WAITING', 'UPLOADING', 'ASKED') or note is not null)";

    private final Jdbi jdbi;

    public FileJobs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Takes the job that has been due for longest. Nobody else takes it before that time, which the taker moves on with
     * {@link #renew} while it works.
     */
    public Optional<FileJob> take(Instant now, Instant until) {
        return jdbi.inTransaction(handle -> handle
                .createQuery("select * from file_job where " + DUE + " and " + Pauses.open("file_job.tenant")
                        + " order by next_at, id limit 20")
                .bind(0, Tickets.at(now))
                .map((row, context) -> read(row))
                .list()
                .stream()
                .filter(job -> claim(handle, job, until))
                .findFirst()
                .map(job -> find(handle, job.id())));
    }

    private static boolean claim(Handle handle, FileJob job, Instant until) {
        return handle.createUpdate(
                                "update file_job set version = version + 1, next_at = ? where id = ? and version = ?")
                        .bind(0, Tickets.at(until))
                        .bind(1, job.id())
                        .bind(2, job.version())
                        .execute()
                == 1;
    }

    /** The taker is still at work; false when the job is no longer its own. */
    public boolean renew(FileJob job, Instant until) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("update file_job set next_at = ? where id = ? and version = ? and next_at < ?")
                                .bind(0, Tickets.at(until))
                                .bind(1, job.id())
                                .bind(2, job.version())
                                .bind(3, Tickets.at(until))
                                .execute()
                        == 1);
    }

    /** When the next job is due, if any waits. */
    public Optional<Instant> nextDue() {
        return jdbi.withHandle(handle -> handle.createQuery("select min(next_at) as next from file_job where state in"
                        + " ('WAITING', 'UPLOADING', 'ASKED') or note is not null")
                .map((row, context) -> Optional.ofNullable(row.getObject("next", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .one());
    }

    /** The files of a ticket in both directions, in the order in which they were offered. */
    public List<FileJob> of(Ticket ticket) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from file_job where tenant = ? and instance = ? and ticket_id = ? order by id")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .map((row, context) -> read(row))
                .list());
    }

    /** A known file keeps its row; one whose address expired goes on with the new one, and one that is over needs none. */
    static void offer(Handle handle, FileOffer offer, boolean broughtByUs) {
        int rows = handle.createUpdate(
                        "update file_job set url = case when state in ('DONE', 'REFUSED') then null"
                                + " else coalesce(?, url) end where tenant = ? and instance = ? and direction = ? and source_id = ?")
                .bind(0, offer.url().orElse(null))
                .bind(1, offer.tenant())
                .bind(2, offer.instance())
                .bind(3, offer.direction().name())
                .bind(4, offer.sourceId())
                .execute();
        if (rows == 0) {
            insert(handle, offer, broughtByUs ? Optional.of(Reason.OWN_WRITE) : Optional.empty());
            return;
        }
        handle.createUpdate("update file_job set version = version + 1, state = 'WAITING', next_at = ?"
                        + " where tenant = ? and instance = ? and direction = ? and source_id = ? and state = 'ASKED'")
                .bind(0, Tickets.at(offer.at()))
                .bind(1, offer.tenant())
                .bind(2, offer.instance())
                .bind(3, offer.direction().name())
                .bind(4, offer.sourceId())
                .execute();
    }

    /** A file that nobody carries; one that has a row keeps it. */
    static void pastBy(Handle handle, FileOffer offer) {
        if (!known(handle, offer)) {
            insert(handle, offer, Optional.of(Reason.BEFORE_ADOPTION));
        }
    }

    /** @param settled why there is nothing to carry, if that is known from the start */
    private static void insert(Handle handle, FileOffer offer, Optional<Reason> settled) {
        handle.createUpdate("insert into file_job (version, tenant, instance, direction, source_id, cause, ticket_id,"
                        + " portal_ticket_id, incident, name, type, size, sha256, url, offered_at, state, tries,"
                        + " own_faults, asked, next_at, reason, detail) values (1, :tenant, :instance, :direction,"
                        + " :source, :cause, :ticket, :portalTicket, :incident, :name, :type, :size, :sha256, :url,"
                        + " :at, :state, 0, 0, 0, :at, :reason, '')")
                .bind("tenant", offer.tenant())
                .bind("instance", offer.instance())
                .bind("direction", offer.direction().name())
                .bind("source", offer.sourceId())
                .bind("cause", offer.cause().value())
                .bind("ticket", offer.ticket().value())
                .bind("portalTicket", offer.portalTicketId())
                .bind("incident", offer.incident())
                .bind("name", shortened(offer.name(), NAME_LENGTH))
                .bind("type", shortened(offer.type(), 200))
                .bind("size", offer.size())
                .bind("sha256", offer.sha256().orElse(null))
                .bind("url", settled.isPresent() ? null : offer.url().orElse(null))
                .bind("at", Tickets.at(offer.at()))
                .bind("state", (settled.isPresent() ? FileJob.State.DONE : FileJob.State.WAITING).name())
                .bind("reason", settled.map(Enum::name).orElse(null))
                .execute();
    }

    /** A file that is known to be on the other side already; one that has a row keeps it. */
    static Optional<FileJob> settled(Handle handle, FileOffer offer, Optional<String> remoteId) {
        if (known(handle, offer)) {
            return Optional.empty();
        }
        insert(handle, offer, Optional.of(Reason.OWN_WRITE));
        return Optional.of(handle.createQuery("select * from file_job where tenant = ? and instance = ?"
                        + " and direction = ? and source_id = ?")
                .bind(0, offer.tenant())
                .bind(1, offer.instance())
                .bind(2, offer.direction().name())
                .bind(3, offer.sourceId())
                .map((row, context) -> read(row))
                .one()
                .done(offer.at(), Reason.FILE_CARRIED, remoteId, Optional.empty()));
    }

    private static boolean known(Handle handle, FileOffer offer) {
        return handle.createQuery("select count(*) from file_job where tenant = ? and instance = ?"
                                + " and direction = ? and source_id = ?")
                        .bind(0, offer.tenant())
                        .bind(1, offer.instance())
                        .bind(2, offer.direction().name())
                        .bind(3, offer.sourceId())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /**
     * The address of a file that is over goes with this step: it may carry a signature.
     *
     * @throws VersionMoved when the job is no longer the taker's; nothing of its step is written then
     */
    static void move(Handle handle, FileJob job) {
        int rows = handle.createUpdate("update file_job set version = version + 1, state = :state, tries = :tries,"
                        + " own_faults = :ownFaults, failing_since = :failingSince, asked = :asked,"
                        + " next_at = :nextAt, url = case when :state in ('DONE', 'REFUSED') then null else url end, remote_id = :remoteId, reason = :reason, detail = :detail, note = :note"
                        + " where id = :id and version = :version")
                .bind("state", job.state().name())
                .bind("tries", job.tries())
                .bind("ownFaults", job.ownFaults())
                .bind("failingSince", job.failingSince().map(Tickets::at).orElse(null))
                .bind("asked", job.asked())
                .bind("nextAt", Tickets.at(job.nextAt()))
                .bind("remoteId", job.remoteId().orElse(null))
                .bind("reason", job.reason().map(Enum::name).orElse(null))
                .bind("detail", shortened(job.detail(), DETAIL_LENGTH))
                .bind(
                        "note",
                        job.note().map(text -> shortened(text, DETAIL_LENGTH)).orElse(null))
                .bind("id", job.id())
                .bind("version", job.version())
                .execute();
        if (rows == 0) {
            throw new VersionMoved(job.offer().ticket(), job.version());
        }
    }

    /** A file that was given up is carried from the beginning; its letter names it. */
    static void again(Handle handle, DeadLetter letter) {
        handle.createUpdate("update file_job set version = version + 1, state = 'WAITING', tries = 0, own_faults = 0,"
                        + " failing_since = null, note = null, reason = null, next_at = offered_at where id = ?")
                .bind(0, Long.parseLong(letter.payload().replaceAll("\\D", "")))
                .execute();
    }

    private static FileJob find(Handle handle, long id) {
        return handle.createQuery("select * from file_job where id = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .one();
    }

    private static FileJob read(ResultSet row) throws SQLException {
        return new FileJob(
                row.getLong("id"),
                row.getLong("version"),
                offer(row),
                FileJob.State.valueOf(row.getString("state")),
                row.getInt("tries"),
                row.getInt("own_faults"),
                Optional.ofNullable(row.getObject("failing_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getInt("asked"),
                time(row, "next_at"),
                Optional.ofNullable(row.getString("remote_id")),
                Optional.ofNullable(row.getString("reason")).map(Reason::valueOf),
                row.getString("detail"),
                Optional.ofNullable(row.getString("note")));
    }

    private static FileOffer offer(ResultSet row) throws SQLException {
        return new FileOffer(
                row.getString("tenant"),
                row.getString("instance"),
                Direction.valueOf(row.getString("direction")),
                row.getString("source_id"),
                new ChangeId(row.getString("cause")),
                new TicketId(row.getString("ticket_id")),
                row.getString("portal_ticket_id"),
                row.getString("incident"),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size"),
                Optional.ofNullable(row.getString("sha256")),
                Optional.ofNullable(row.getString("url")),
                time(row, "offered_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
