package io.roombridge.correlation;

import io.roombridge.adoption.Doubt;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * The plan by which incidents of another integration are taken over, and what became of it (docs/operations.md, "Taking over
 * from the native integration"). While a row is undecided its ticket gets no incident.
 */
public final class Adoptions {

    private static final String ROW = " where tenant = :tenant and portal_ticket_id = :portalTicket";

    /** In these states a row holds its ticket back. */
    private static final String HOLDING = "state in ('PLANNED', 'UNCERTAIN', 'ROLLING_BACK', 'ROLLED_BACK')";

    private final Jdbi jdbi;

    public Adoptions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Every row, in the order of the portal's ids. */
    public List<Adoption> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from adoption order by state, tenant, portal_ticket_id")
                        .map((row, context) -> read(row))
                        .list());
    }

    /** The rows of a portal ticket; of several tenants there may be more than one. */
    public List<Adoption> named(String portalTicketId) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from adoption where portal_ticket_id = ?")
                .bind(0, portalTicketId)
                .map((row, context) -> read(row))
                .list());
    }

    /** Whether a ticket may get no incident now, because one of another integration may be its own. */
    public boolean holds(String tenant, String portalTicketId, TicketId ticket) {
        return jdbi.withHandle(handle -> handle.createQuery("select 1 from adoption" + ROW
                        + " and portal_ticket_id <> :notNamed and " + HOLDING
                        + " union all select 1 from adoption where ticket_id = :ticket and tenant = :tenant and "
                        + HOLDING)
                .bind("tenant", tenant)
                .bind("portalTicket", portalTicketId)
                .bind("notNamed", PortalTicket.NOT_NAMED)
                .bind("ticket", ticket.value())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    }

    /** Rows of an instance that wait for the bridge in this state, and whose ticket is known and in scope. */
    public List<Adoption> waiting(String instance, State state) {
        return jdbi.withHandle(handle -> waiting(handle, instance, state, " order by a.at, a.portal_ticket_id")
                .map((row, context) -> read(row))
                .list());
    }

    /** A row as it is now, if it still waits in the state in which it was read; neither decided nor paused meanwhile. */
    public Optional<Adoption> stillWaiting(Adoption listed) {
        return jdbi.withHandle(handle -> waiting(
                        handle,
                        listed.instance(),
                        listed.state(),
                        " and a.tenant = :tenant and a.portal_ticket_id = :portalTicket")
                .bind("tenant", listed.tenant())
                .bind("portalTicket", listed.portalTicketId())
                .map((row, context) -> read(row))
                .findOne());
    }

    private static Query waiting(Handle handle, String instance, State state, String more) {
        return handle.createQuery("select a.* from adoption a join ticket t on t.tenant = a.tenant"
                        + " and t.instance = a.instance and t.id = a.ticket_id where a.instance = :instance"
                        + " and a.state = :state"
                        + " and (a.state <> 'PLANNED' or t.held_back is null or t.held_back <> :outOfScope) and "
                        + Pauses.open("a.tenant", Direction.TO_SERVICENOW) + more)
                .bind("instance", instance)
                .bind("state", state.name())
                .bind("outOfScope", Reason.OUT_OF_SCOPE.name());
    }

    /** The tickets that were held back for an incident, and no row says so any more. */
    public List<TicketAddress> released() {
        return jdbi.withHandle(handle -> handle.createQuery("select t.tenant, t.instance, t.id from ticket t"
                        + " where t.held_back = ? and not exists (select 1 from adoption where ticket_id = t.id"
                        + " and tenant = t.tenant and " + HOLDING + ") and "
                        + Pauses.open("t.tenant", Direction.TO_SERVICENOW) + " order by t.created_at, t.id")
                .bind(0, Reason.ADOPTING.name())
                .map((row, context) -> new TicketAddress(
                        row.getString("tenant"), row.getString("instance"), new TicketId(row.getString("id"))))
                .list());
    }

    /** Rows whose ticket was not known when they were made are told of it, once it has been heard of. */
    public void meet() {
        jdbi.useTransaction(handle -> handle.createQuery("select document, version from ticket where held_back = ?")
                .bind(0, Reason.ADOPTING.name())
                .map((row, context) -> Tickets.read(row))
                .filter(ticket -> ticket.portal().named())
                .forEach(ticket -> handle.createUpdate(
                                "update adoption set ticket_id = :ticket" + ROW + " and ticket_id is null")
                        .bind("ticket", ticket.id().value())
                        .bind("tenant", ticket.tenant())
                        .bind("portalTicket", ticket.portal().portalTicketId())
                        .execute()));
    }

    /** Every tenant that has a ticket. */
    public List<String> tenants() {
        return jdbi.withHandle(handle -> handle.createQuery("select distinct tenant from ticket order by tenant")
                .mapTo(String.class)
                .list());
    }

    /** Every ticket of a tenant, one after the other; in a transaction, or PostgreSQL would read all of them at once. */
    public void tickets(String tenant, String instance, Consumer<Ticket> each) {
        jdbi.useTransaction(
                handle -> handle.createQuery("select document, version from ticket where tenant = ? and instance = ?")
                        .bind(0, tenant)
                        .bind(1, instance)
                        .setFetchSize(500)
                        .map((row, context) -> Tickets.read(row))
                        .forEach(each));
    }

    /**
     * Keeps a plan. What was linked stays so, what was given back too, and a row that says the same keeps its date.
     *
     * @return how many rows are new or changed
     */
    public int plan(Collection<Adoption> rows, String by, String reason, Instant now) {
        return jdbi.inTransaction(handle -> {
            int changed = 0;
            for (Adoption row : rows) {
                changed += plan(handle, row) ? 1 : 0;
            }
            Audit.record(handle, now, by, Audit.Act.ADOPTION_PLANNED, rows.size() + " tickets", reason);
            return changed;
        });
    }

    private static boolean plan(Handle handle, Adoption row) {
        Optional<Adoption> before = find(handle, row.tenant(), row.portalTicketId());
        if (before.isEmpty()) {
            // Nothing to take over, and nobody thought otherwise: no row is needed.
            boolean needed = row.state() != State.DECLINED;
            if (needed) {
                insert(handle, row);
            }
            return needed;
        }
        if (!before.get().open() || before.get().sameAs(row)) {
            return false;
        }
        move(handle, row, before.get());
        return true;
    }

    /**
     * What a person decided about one.
     *
     * @throws VersionMoved when somebody else decided it meanwhile
     */
    public void decide(Adoption row, Optional<Adoption> before, String reason) {
        jdbi.useTransaction(handle -> {
            before.ifPresentOrElse(read -> move(handle, row, read), () -> insert(handle, row));
            Audit.record(
                    handle,
                    row.at(),
                    row.by(),
                    Audit.Act.ADOPTION_DECIDED,
                    row.portalTicketId() + " of " + row.tenant() + " is "
                            + row.state().label()
                            + row.number().map(number -> ", " + number).orElse(""),
                    reason);
        });
    }

    /**
     * What is linked is to be given back, and what is planned is not to be linked: of one tenant or all, one portal ticket or
     * all; returns how many. All of them go on holding their tickets back.
     *
     * @param writes whether the bridge may have begun to link what is planned; then that is looked at before it ends
     */
    public int rollBack(Optional<String> tenant, Optional<String> portalTicketId, boolean writes, Decision decision) {
        String untouched = writes ? "ticket_id is null" : "1 = 1";
        return jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate("update adoption set state = case when state = 'PLANNED' and " + untouched
                            + " then 'ROLLED_BACK' else 'ROLLING_BACK' end, detail = 'taken back by a person',"
                            + " by_name = :by, reason = :reason, at = :at where state in ('PLANNED', 'LINKED')"
                            + " and tenant = coalesce(:tenant, tenant)"
                            + " and portal_ticket_id = coalesce(:one, portal_ticket_id)")
                    .bind("by", decision.by())
                    .bind("reason", decision.reason())
                    .bind("at", Tickets.at(decision.at()))
                    .bind("tenant", tenant.orElse(null))
                    .bind("one", portalTicketId.orElse(null))
                    .execute();
            Audit.record(
                    handle,
                    decision.at(),
                    decision.by(),
                    Audit.Act.ADOPTION_ROLLED_BACK,
                    portalTicketId.orElse("all")
                            + tenant.map(name -> " of " + name).orElse("") + ": " + rows + " tickets",
                    decision.reason());
            return rows;
        });
    }

    /** Who decided, why and when. */
    public record Decision(String by, String reason, Instant at) {}

    /** A finding of the bridge's own, where no ticket changes. */
    public void doubt(Adoption row, Doubt why, String said) {
        jdbi.useTransaction(handle -> move(handle, row.doubted(why, said), row));
    }

    /** An incident that was given back is of no ticket any more. */
    static void step(Handle handle, Adoption row, Adoption before) {
        move(handle, row, before);
        if (row.state() == State.ROLLED_BACK) {
            handle.execute(
                    "delete from incident where instance = ? and sys_id = ? and ticket_id = ?",
                    row.instance(),
                    row.incident().orElseThrow(),
                    row.ticket().orElseThrow().value());
        }
    }

    /** Each decision has its own moment, so the state and the moment say whether it is still the one that was read. */
    private static void move(Handle handle, Adoption row, Adoption before) {
        int rows = bound(
                        handle.createUpdate("update adoption set instance = :instance, ticket_id = :ticket,"
                                + " incident = :incident, number = :number, state = :state, doubt = :doubt,"
                                + " detail = :detail, room = :room, signal = :signal, former_id = :formerId,"
                                + " former_display = :formerDisplay, decided = :decided, by_name = :by, reason = :reason, at = :at"
                                + ROW + " and state = :before and at = :beforeAt"),
                        row)
                .bind("before", before.state().name())
                .bind("beforeAt", Tickets.at(before.at()))
                .execute();
        if (rows == 0) {
            throw new VersionMoved(row, before.state());
        }
    }

    private static void insert(Handle handle, Adoption row) {
        bound(
                        handle.createUpdate(
                                "insert into adoption (tenant, portal_ticket_id, instance, ticket_id, incident,"
                                        + " number, state, doubt, detail, room, signal, former_id, former_display, decided, by_name, reason,"
                                        + " at) values (:tenant, :portalTicket, :instance, :ticket, :incident, :number, :state,"
                                        + " :doubt, :detail, :room, :signal, :formerId, :formerDisplay, :decided, :by, :reason, :at)"),
                        row)
                .execute();
    }

    private static Update bound(Update statement, Adoption row) {
        return statement
                .bind("tenant", row.tenant())
                .bind("portalTicket", row.portalTicketId())
                .bind("instance", row.instance())
                .bind("ticket", row.ticket().map(TicketId::value).orElse(null))
                .bind("incident", row.incident().orElse(null))
                .bind("number", row.number().map(number -> cut(number, 100)).orElse(null))
                .bind("state", row.state().name())
                .bind("doubt", row.doubt().map(Enum::name).orElse(null))
                .bind("detail", cut(row.detail(), 2000))
                .bind("room", cut(row.room(), 400))
                .bind("signal", cut(row.signal(), 400))
                .bind("formerId", row.formerId())
                .bind("formerDisplay", row.formerDisplay())
                .bind("decided", row.decided())
                .bind("by", row.by())
                .bind("reason", row.reason())
                .bind("at", Tickets.at(row.at()));
    }

    /** What an export or an instance says may be of any length. */
    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static Optional<Adoption> find(Handle handle, String tenant, String portalTicketId) {
        return handle.createQuery("select * from adoption" + ROW)
                .bind("tenant", tenant)
                .bind("portalTicket", portalTicketId)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Adoption read(ResultSet row) throws SQLException {
        return new Adoption(
                row.getString("tenant"),
                row.getString("portal_ticket_id"),
                row.getString("instance"),
                Optional.ofNullable(row.getString("ticket_id")).map(TicketId::new),
                Optional.ofNullable(row.getString("incident")),
                Optional.ofNullable(row.getString("number")),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("doubt")).map(Doubt::valueOf),
                row.getString("detail"),
                row.getString("room"),
                row.getString("signal"),
                row.getString("former_id"),
                row.getString("former_display"),
                row.getBoolean("decided"),
                row.getString("by_name"),
                row.getString("reason"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
