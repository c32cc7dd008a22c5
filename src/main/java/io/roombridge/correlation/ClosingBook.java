package io.roombridge.correlation;

import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The clocks of waiting tickets, found by when they are due, and the records of what was decided about them. */
public final class ClosingBook {

    private final Jdbi jdbi;

    public ClosingBook(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Clocks to be looked at by now, the longest waiting first. */
    public List<ClosingClock> due(Instant now, int limit) {
        return jdbi.withHandle(handle -> clocks(handle.createQuery("select * from closing_clock where look_at <= ? and "
                        + Pauses.open("closing_clock.tenant") + " order by look_at, ticket_id limit ?")
                .bind(0, Tickets.at(now))
                .bind(1, limit)));
    }

    /** When the next clock is to be looked at. */
    public Optional<Instant> nextLook() {
        return jdbi.withHandle(handle -> handle.createQuery("select min(look_at) as next from closing_clock")
                .map((row, context) -> instant(row, "next"))
                .one());
    }

    /** Tickets that are closed before the moment if nobody acts, the soonest first. */
    public List<ExpectedClosing> expectedBefore(Instant moment) {
        return jdbi.withHandle(handle -> handle.createQuery("select c.*, t.current_number from closing_clock c"
                        + " join ticket t on t.tenant = c.tenant and t.instance = c.instance and t.id = c.ticket_id"
                        + " where c.execute_from < ? order by c.execute_from, c.ticket_id")
                .bind(0, Tickets.at(moment))
                .map((row, context) -> new ExpectedClosing(
                        row.getString("tenant"),
                        new TicketId(row.getString("ticket_id")),
                        Optional.ofNullable(row.getString("current_number")).orElse(""),
                        instant(row, "count_from"),
                        instant(row, "due_at"),
                        instant(row, "execute_from"),
                        Optional.ofNullable(row.getString("decision")).orElse(""),
                        Optional.ofNullable(row.getString("reason")).orElse("")))
                .list());
    }

    public Optional<ClosingClock> clock(Ticket ticket) {
        return jdbi.withHandle(handle -> clocks(handle.createQuery(
                                "select * from closing_clock where tenant = ? and instance = ? and ticket_id = ?")
                        .bind(0, ticket.tenant())
                        .bind(1, ticket.instance())
                        .bind(2, ticket.id().value()))
                .stream()
                .findFirst());
    }

    /**
     * Tickets of which any fact is recorded, page by page.
     *
     * @param after the id of the last ticket of the page before; empty text for the first page
     */
    public List<Ticket> withFacts(String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select t.document, t.version from ticket t where t.id > ?"
                        + " and exists (select 1 from ticket_activity a where a.tenant = t.tenant"
                        + " and a.instance = t.instance and a.ticket_id = t.id) order by t.id limit ?")
                .bind(0, after)
                .bind(1, limit)
                .map((row, context) -> Tickets.read(row))
                .list());
    }

    /** Every step recorded for a ticket, oldest first. */
    public List<ClosingRecord> records(Ticket ticket) {
        return jdbi.withHandle(handle -> records(handle.createQuery("select * from closing_record where tenant = ?"
                        + " and instance = ? and ticket_id = ? order by position")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())));
    }

    /** Every step of that kind since the moment, oldest first. */
    public List<ClosingRecord> records(Step step, Instant since) {
        return jdbi.withHandle(handle ->
                records(handle.createQuery("select * from closing_record where step = ? and at >= ? order by position")
                        .bind(0, step.name())
                        .bind(1, Tickets.at(since))));
    }

    /** How many tickets of a tenant were closed for inactivity since the moment, taken back or not. */
    public long closedSince(String tenant, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from closing_record where step = 'CLOSED' and tenant = ? and at >= ?")
                .bind(0, tenant)
                .bind(1, Tickets.at(since))
                .mapTo(Long.class)
                .one());
    }

    /** The tenants of which there is any ticket, in their order. */
    public List<String> tenants() {
        return jdbi.withHandle(handle -> handle.createQuery("select distinct tenant from ticket order by tenant")
                .mapTo(String.class)
                .list());
    }

    /** How many incidents of a tenant may still be worked on. */
    public long open(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from incident where tenant = ?"
                        + " and (state is null or state in ('NEW', 'IN_PROGRESS', 'ON_HOLD'))")
                .bind(0, tenant)
                .mapTo(Long.class)
                .one());
    }

    /** A named person lets the brake go; closings are counted from that moment. */
    public void release(String tenant, Instant at, String by, String reason) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into brake_release (tenant, at, by_name, reason) values (?, ?, ?, ?)")
                .bind(0, tenant)
                .bind(1, Tickets.at(at))
                .bind(2, by)
                .bind(3, reason)
                .execute());
    }

    /** When the brake of a tenant was released last. */
    public Optional<Instant> released(String tenant) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select max(at) as last from brake_release where tenant = ?")
                        .bind(0, tenant)
                        .map((row, context) -> instant(row, "last"))
                        .one());
    }

    /**
     * Writes a clock alone, for a look that did nothing else. Where a fact was recorded meanwhile, the row stays as it is
     * and is looked at again.
     */
    public void save(ClosingClock clock) {
        jdbi.useHandle(handle -> update(handle, clock));
    }

    /** Deletes records that need not be kept any longer; returns how many. */
    public int forgetBefore(Instant time) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from closing_record where at < ?")
                .bind(0, Tickets.at(time))
                .execute());
    }

    /** @throws VersionMoved when a fact was recorded since the clock was read */
    static void save(Handle handle, ClosingClock clock) {
        if (!update(handle, clock)) {
            throw new VersionMoved(clock.ticket(), clock.version());
        }
    }

    private static boolean update(Handle handle, ClosingClock clock) {
        return handle.createUpdate(
                                "update closing_clock set version = version + 1, look_at = :look, count_from = :from, due_at = :due,"
                                        + " execute_from = :execute, decision = :decision, reason = :reason, published = :published,"
                                        + " warned_for = :warnedFor, warned_at = :warnedAt, warning_command = :command, shown = :shown"
                                        + " where tenant = :tenant and instance = :instance and ticket_id = :ticket"
                                        + " and version = :version")
                        .bind("look", clock.lookAt().map(Tickets::at).orElse(null))
                        .bind("from", clock.countFrom().map(Tickets::at).orElse(null))
                        .bind("due", clock.dueAt().map(Tickets::at).orElse(null))
                        .bind("execute", clock.executeFrom().map(Tickets::at).orElse(null))
                        .bind("decision", clock.decision())
                        .bind("reason", clock.reason())
                        .bind("published", clock.published().orElse(null))
                        .bind("warnedFor", clock.warnedFor().map(Tickets::at).orElse(null))
                        .bind("warnedAt", clock.warnedAt().map(Tickets::at).orElse(null))
                        .bind("command", clock.warningCommand().orElse(null))
                        .bind("shown", clock.announced().shown())
                        .bind("tenant", clock.tenant())
                        .bind("instance", clock.instance())
                        .bind("ticket", clock.ticket().value())
                        .bind("version", clock.version())
                        .execute()
                > 0;
    }

    static void append(Handle handle, ClosingRecord entry) {
        Update insert = handle.createUpdate("insert into closing_record (tenant, instance, ticket_id, incident, number,"
                + " cause, step, at, count_from, evidence)"
                + " values (:tenant, :instance, :ticket, :incident, :number, :cause, :step, :at, :from, :evidence)");
        insert.bind("tenant", entry.tenant())
                .bind("instance", entry.instance())
                .bind("ticket", entry.ticket().value())
                .bind("incident", entry.incident())
                .bind("number", entry.number())
                .bind("cause", entry.cause())
                .bind("step", entry.step().name())
                .bind("at", Tickets.at(entry.at()))
                .bind("from", Tickets.at(entry.countFrom()))
                .bind("evidence", entry.evidence())
                .execute();
    }

    private static List<ClosingClock> clocks(Query query) {
        return query.map((row, context) -> new ClosingClock(
                        row.getString("tenant"),
                        row.getString("instance"),
                        new TicketId(row.getString("ticket_id")),
                        row.getLong("version"),
                        instant(row, "look_at"),
                        instant(row, "count_from"),
                        instant(row, "due_at"),
                        instant(row, "execute_from"),
                        Optional.ofNullable(row.getString("decision")).orElse(""),
                        Optional.ofNullable(row.getString("reason")).orElse(""),
                        new ClosingClock.Announced(
                                Optional.ofNullable(row.getObject("published", LocalDate.class)),
                                instant(row, "warned_for"),
                                instant(row, "warned_at"),
                                Optional.ofNullable(row.getString("warning_command")),
                                row.getString("shown"))))
                .list();
    }

    private static List<ClosingRecord> records(Query query) {
        return query.map((row, context) -> new ClosingRecord(
                        row.getString("tenant"),
                        row.getString("instance"),
                        new TicketId(row.getString("ticket_id")),
                        row.getString("incident"),
                        row.getString("number"),
                        row.getString("cause"),
                        Step.valueOf(row.getString("step")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("count_from", OffsetDateTime.class).toInstant(),
                        row.getString("evidence")))
                .list();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
