package io.roombridge.correlation;

import io.roombridge.closing.Activity;
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
import org.jdbi.v3.core.statement.Update;

/**
 * The facts from which it follows whose turn it is. They are committed with the step that found them
 * ({@link Commit#activities}), and the ticket's clock is looked at anew after each.
 */
public final class Activities {

    private static final int LONGEST_ID = 1100;

    private final Jdbi jdbi;

    public Activities(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Every fact of a ticket, in the order of recording. */
    public List<Activity> of(Ticket ticket) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from ticket_activity where tenant = ?"
                        + " and instance = ? and ticket_id = ? order by position")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .map((row, context) -> read(row))
                .list());
    }

    /** What an incident showed when it was read last; empty before the first time. */
    public Optional<DeskReading> reading(String instance, String incident) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from desk_view where instance = ? and incident = ?")
                        .bind(0, instance)
                        .bind(1, incident)
                        .map((row, context) -> reading(row))
                        .findOne());
    }

    private static DeskReading reading(ResultSet row) throws SQLException {
        DeskView view = new DeskView(
                row.getString("instance"),
                row.getString("incident"),
                row.getString("state"),
                row.getString("hold_reason"),
                row.getString("assigned_to"),
                row.getString("assignment_group"));
        return new DeskReading(
                view,
                row.getInt("mod_count"),
                Optional.ofNullable(row.getObject("updated_on", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    static boolean any(Handle handle, Ticket ticket) {
        return handle.createQuery("select position from ticket_activity where tenant = ? and instance = ?"
                        + " and ticket_id = ? limit 1")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    static void add(Handle handle, TicketActivity activity) {
        Activity what = activity.what();
        String id = what.id().length() > LONGEST_ID ? what.id().substring(0, LONGEST_ID) : what.id();
        int known = handle.createQuery(
                        "select count(*) from ticket_activity where instance = ? and ticket_id = ? and activity_id = ?")
                .bind(0, activity.instance())
                .bind(1, activity.ticket().value())
                .bind(2, id)
                .mapTo(Integer.class)
                .one();
        if (known > 0) {
            return;
        }
        handle.createUpdate("insert into ticket_activity (tenant, instance, ticket_id, activity_id, kind, at, incident,"
                        + " detail, recorded_at, earliest) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, activity.tenant())
                .bind(1, activity.instance())
                .bind(2, activity.ticket().value())
                .bind(3, id)
                .bind(4, what.kind().name())
                .bind(5, Tickets.at(what.at()))
                .bind(6, what.incident().orElse(null))
                .bind(7, what.value())
                .bind(8, Tickets.at(activity.recordedAt()))
                .bind(9, Tickets.at(what.earliest()))
                .execute();
        lookAt(handle, activity.tenant(), activity.instance(), activity.ticket(), activity.recordedAt());
    }

    /** Whether the ticket is to be warned or closed is asked then. */
    static void lookAt(Handle handle, String tenant, String instance, TicketId ticket, Instant at) {
        int rows = handle.createUpdate(
                        "update closing_clock set version = version + 1, look_at = ? where tenant = ? and instance = ? and ticket_id = ?")
                .bind(0, Tickets.at(at))
                .bind(1, tenant)
                .bind(2, instance)
                .bind(3, ticket.value())
                .execute();
        if (rows == 0) {
            handle.createUpdate(
                            "insert into closing_clock (tenant, instance, ticket_id, version, look_at) values (?, ?, ?, 1, ?)")
                    .bind(0, tenant)
                    .bind(1, instance)
                    .bind(2, ticket.value())
                    .bind(3, Tickets.at(at))
                    .execute();
        }
    }

    static void see(Handle handle, DeskReading reading) {
        int rows = bind(
                        handle.createUpdate("update desk_view set state = :state, hold_reason = :hold,"
                                + " assigned_to = :to, assignment_group = :group, mod_count = :count, updated_on = :updated"
                                + " where instance = :instance and incident = :incident"),
                        reading)
                .execute();
        if (rows == 0) {
            bind(
                            handle.createUpdate("insert into desk_view (instance, incident, state, hold_reason,"
                                    + " assigned_to, assignment_group, mod_count, updated_on)"
                                    + " values (:instance, :incident, :state, :hold, :to, :group, :count, :updated)"),
                            reading)
                    .execute();
        }
    }

    private static Update bind(Update update, DeskReading reading) {
        DeskView view = reading.view();
        return update.bind("instance", view.instance())
                .bind("incident", view.incident())
                .bind("state", view.state())
                .bind("hold", view.holdReason())
                .bind("to", view.assignedTo())
                .bind("group", view.assignmentGroup())
                .bind("count", reading.modCount())
                .bind("updated", reading.updatedOn().map(Tickets::at).orElse(null));
    }

    private static Activity read(ResultSet row) throws SQLException {
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        return new Activity(
                row.getString("activity_id"),
                Activity.Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getObject("earliest", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(at),
                at,
                Optional.ofNullable(row.getString("incident")),
                row.getString("detail"));
    }
}
