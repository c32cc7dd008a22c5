package io.roombridge.correlation;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * What was decided in a time, counted by the store for reports (docs/operations.md, "Report"). All that is read through one of
 * these is read of one moment, so that its numbers agree. A time begins at its first instant and ends before its last.
 */
public final class Decisions {

    /** Heartbeats tell how far the hub is read, and nothing of rooms. */
    private static final String HEARTBEAT = "stream.heartbeat";

    /** Events by which the portal says that a signal is unhealthy. */
    private static final String PORTAL = "('ticket.opened', 'ticket.reopened')";

    /** Decisions that only the beginning of an outage has, or its return; others are made of healthy reports too. */
    private static final String BEGUN =
            "('INCIDENT_CREATED', 'FOLLOW_UP_CREATED', 'INCIDENT_REOPENED', 'RELAPSE_IN_HOLD_DOWN')";

    /** What the Teams admin centre said first. */
    private static final String SECOND = "kind = 'device.health-changed' and reason in " + BEGUN;

    /** The portal says the same hours later; an outage of which both tell is one. */
    private static final String REPEATED = "(select p.tenant, p.change_id from change_outcome h join change_outcome p"
            + " on p.tenant = h.tenant and p.ticket_id = h.ticket_id and p.at >= h.at and p.at <= h.at + interval '4' hour"
            + " where h.at >= :before and h.at < :until and h.kind = 'device.health-changed' and h.reason in " + BEGUN
            + " and p.kind in " + PORTAL + " and p.reason not in " + BEGUN + ")";

    private static final String FAULT =
            "(" + SECOND + " or kind in " + PORTAL + " and (tenant, change_id) not in " + REPEATED + ")";

    /** Rows that PostgreSQL sends at once; without it the driver holds all of them in memory. */
    private static final int ROWS = 500;

    private final Handle handle;

    private Decisions(Handle handle) {
        this.handle = handle;
    }

    /** Who was the cause of a decision. */
    public enum Side {
        /** An event of the portal; {@code what} is its kind. */
        EVENT,
        /** A rule of the bridge whose time had come; {@code what} is its name. */
        RULE,
        /** An entry of an incident's journal; {@code what} is {@code comment} or {@code work-note}. */
        DESK
    }

    /** So many decisions of one kind that ended alike. */
    public record Counted(Side side, String what, String outcome, Reason reason, long times) {}

    /** So many of something in one full hour (UTC). */
    public record Hourly(Instant hour, HourlyCounts.What what, String subject, String detail, long times) {}

    /** Letters of one kind that were set aside, and how they stand now. */
    public record Letters(DeadLetter.State state, Reason reason, long times) {}

    /** A ticket by its name alone. */
    public record Known(String tenant, String instance, String id, String canonicalKey) {}

    /** A report that a signal is unhealthy, by the portal's time. */
    public record Fault(String tenant, String ticket, Instant at) {}

    /** The oldest and the newest decision. */
    public record Kept(Instant oldest, Instant newest) {}

    /** Whatever is asked is answered as of one moment. */
    public static <T> T atOneMoment(Jdbi jdbi, Function<Decisions, T> question) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ, handle -> question.apply(new Decisions(handle)));
    }

    /** Decisions about events and rules. */
    public List<Counted> decided(Instant from, Instant until) {
        return between(
                        handle.createQuery("select 'EVENT' as side, kind as what, outcome, reason, count(*) as times"
                                        + " from change_outcome where at >= :from and at < :until and kind <> :heartbeat"
                                        + " group by kind, outcome, reason"
                                        + " union all select 'RULE', rule, outcome, reason, count(*)"
                                        + " from rule_outcome where at >= :from and at < :until"
                                        + " group by rule, outcome, reason order by 1, 2, 3, 4")
                                .bind("heartbeat", HEARTBEAT),
                        from,
                        until)
                .map((row, context) -> counted(row))
                .list();
    }

    /** Decisions about reports of faults, an outage of which two sources tell counted once. */
    public List<Counted> faults(Instant from, Instant until) {
        return faulty(
                        handle.createQuery("select 'EVENT' as side, kind as what, outcome, reason, count(*) as times"
                                + " from change_outcome where at >= :from and at < :until and " + FAULT
                                + " group by kind, outcome, reason order by 2, 3, 4"),
                        from,
                        until)
                .map((row, context) -> counted(row))
                .list();
    }

    /** What became of the journal entries that were heard. */
    public List<Counted> heard(Instant from, Instant until) {
        return between(
                        handle.createQuery(
                                "select 'DESK' as side, case when comment then 'comment' else 'work-note' end as what,"
                                        + " outcome, reason, count(*) as times from journal_entry"
                                        + " where heard_at >= :from and heard_at < :until"
                                        + " group by comment, outcome, reason order by 2, 3, 4"),
                        from,
                        until)
                .map((row, context) -> counted(row))
                .list();
    }

    private static Counted counted(ResultSet row) throws SQLException {
        return new Counted(
                Side.valueOf(row.getString("side")),
                row.getString("what"),
                row.getString("outcome"),
                Reason.valueOf(row.getString("reason")),
                row.getLong("times"));
    }

    /** How many tickets anything was decided of because of an event. */
    public long tickets(Instant from, Instant until) {
        return between(
                        handle.createQuery("select count(*) from (select distinct tenant, ticket_id from change_outcome"
                                + " where at >= :from and at < :until and ticket_id is not null) seen"),
                        from,
                        until)
                .mapTo(Long.class)
                .one();
    }

    /**
     * How many incidents were made: those that exist, and those that shadow mode imagined. One that was taken over from another
     * integration is none of them; when it is given back, its row goes.
     */
    public long incidents(Instant from, Instant until) {
        return between(
                        handle.createQuery("select count(*) from (select sys_id from incident i"
                                + " where recorded_at >= :from and recorded_at < :until and number not like 'SHADOW-%'"
                                + " and not exists (select 1 from adoption a where a.instance = i.instance"
                                + " and a.incident = i.sys_id and a.state in ('LINKED', 'ROLLING_BACK'))"
                                + " union all select sys_id from shadow_write"
                                + " where at >= :from and at < :until and kind = 'CREATE') made"),
                        from,
                        until)
                .mapTo(Long.class)
                .one();
    }

    /** How often incidents were taken over from another integration, and given back: {@code adoption}, {@code adoption-undone}. */
    public Map<String, Long> adoptions(Instant from, Instant until) {
        return byName(
                "select what as name, count(*) as times from history where what in ('adoption', 'adoption-undone')"
                        + " and at >= :from and at < :until group by what",
                from,
                until);
    }

    /** How many reports of a fault each ticket has; by tenant and id of the ticket. */
    public Map<List<String>, Long> faultsByTicket(Instant from, Instant until) {
        return faulty(
                        handle.createQuery("select tenant, ticket_id, count(*) as times from change_outcome"
                                + " where at >= :from and at < :until and ticket_id is not null and " + FAULT
                                + " group by tenant, ticket_id"),
                        from,
                        until)
                .reduceRows(new HashMap<>(), (sums, row) -> {
                    sums.put(
                            List.of(row.getColumn("tenant", String.class), row.getColumn("ticket_id", String.class)),
                            row.getColumn("times", Long.class));
                    return sums;
                });
    }

    /** Every ticket by its name, one after the other. */
    public void eachTicket(Consumer<Known> seen) {
        try (var rows = handle
                .createQuery("select tenant, instance, id, canonical_key from ticket")
                .setFetchSize(ROWS)
                .map((row, context) -> new Known(
                        row.getString("tenant"),
                        row.getString("instance"),
                        row.getString("id"),
                        row.getString("canonical_key")))
                .stream()) {
            rows.forEach(seen);
        }
    }

    /** The whole ticket. */
    public Optional<Ticket> ticket(Known known) {
        return handle.createQuery("select document, version from ticket where tenant = ? and instance = ? and id = ?")
                .bind(0, known.tenant())
                .bind(1, known.instance())
                .bind(2, known.id())
                .map((row, context) -> Tickets.read(row))
                .findOne();
    }

    /** Reports of faults in the order of their happening, one after the other. */
    public void eachFault(Instant from, Instant until, Consumer<Fault> seen) {
        try (var rows = faulty(
                handle.createQuery("select tenant, ticket_id, at from history h2"
                        + " where at >= :from and at < :until and (what in " + PORTAL
                        + " and (tenant, change_id) not in " + REPEATED
                        + " or what = 'device.health-changed' and exists (select 1 from change_outcome c"
                        + " where c.tenant = h2.tenant and c.change_id = h2.change_id and c.reason in " + BEGUN
                        + ")) order by at, tenant, ticket_id"),
                from,
                until)
                .setFetchSize(ROWS)
                .map((row, context) -> new Fault(
                        row.getString("tenant"),
                        row.getString("ticket_id"),
                        instant(row, "at").orElseThrow()))
                .stream()) {
            rows.forEach(seen);
        }
    }

    /** Steps of closings for inactivity, by their names. */
    public Map<String, Long> closings(Instant from, Instant until) {
        return byName(
                "select step as name, count(*) as times from closing_record"
                        + " where at >= :from and at < :until group by step",
                from,
                until);
    }

    /** States that people brought incidents to, by their names; the reason of a hold follows its state. */
    public Map<String, Long> deskStates(Instant from, Instant until) {
        return byName(
                "select detail as name, count(*) as times from ticket_activity where kind = 'DESK_STATE'"
                        + " and recorded_at >= :from and recorded_at < :until group by detail",
                from,
                until);
    }

    /** Commands for the portal that were decided, by their names. */
    public Map<String, Long> commands(Instant from, Instant until) {
        return byName(
                "select name, count(*) as times from portal_command"
                        + " where decided_at >= :from and decided_at < :until group by name",
                from,
                until);
    }

    private Map<String, Long> byName(String query, Instant from, Instant until) {
        return between(handle.createQuery(query), from, until).reduceRows(new TreeMap<>(), (sums, row) -> {
            sums.put(row.getColumn("name", String.class), row.getColumn("times", Long.class));
            return sums;
        });
    }

    public List<Letters> letters(Instant from, Instant until) {
        return between(
                        handle.createQuery("select state, reason, count(*) as times from dead_letter"
                                + " where at >= :from and at < :until group by state, reason order by state, reason"),
                        from,
                        until)
                .map((row, context) -> new Letters(
                        DeadLetter.State.valueOf(row.getString("state")),
                        Reason.valueOf(row.getString("reason")),
                        row.getLong("times")))
                .list();
    }

    /** What was counted by the hour, in the order of the hours that begin in the time. */
    public List<Hourly> hourly(Instant from, Instant until) {
        return between(
                        handle.createQuery("select * from hourly_count where starts_at >= :from and starts_at < :until"
                                + " order by starts_at, what, subject, detail"),
                        from,
                        until)
                .map((row, context) -> new Hourly(
                        instant(row, "starts_at").orElseThrow(),
                        HourlyCounts.What.valueOf(row.getString("what")),
                        row.getString("subject"),
                        row.getString("detail"),
                        row.getLong("times")))
                .list();
    }

    /** How many calls an hour each instance allows, as it said last; those that said nothing are missing. */
    public Map<String, Long> limits() {
        return handle.createQuery("select instance, hourly_limit from instance_budget where hourly_limit > 0")
                .reduceRows(new TreeMap<>(), (limits, row) -> {
                    limits.put(row.getColumn("instance", String.class), row.getColumn("hourly_limit", Long.class));
                    return limits;
                });
    }

    /** Between which instants the store has decisions about events; empty where it has none. */
    public Optional<Kept> kept() {
        return handle.createQuery("select min(at) as oldest, max(at) as newest from change_outcome having count(*) > 0")
                .map((row, context) -> new Kept(
                        instant(row, "oldest").orElseThrow(),
                        instant(row, "newest").orElseThrow()))
                .findOne();
    }

    /** The instants that say how far the store's knowledge goes, by the names of {@link StoreLife}. */
    public Map<String, Instant> life() {
        return handle.createQuery("select name, at from store_life").reduceRows(new TreeMap<>(), (life, row) -> {
            life.put(
                    row.getColumn("name", String.class),
                    row.getColumn("at", OffsetDateTime.class).toInstant());
            return life;
        });
    }

    private static Query faulty(Query query, Instant from, Instant until) {
        return between(query, from, until).bind("before", Tickets.at(from.minus(Duration.ofHours(4))));
    }

    private static Query between(Query query, Instant from, Instant until) {
        return query.bind("from", Tickets.at(from)).bind("until", Tickets.at(until));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
