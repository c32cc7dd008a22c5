package io.roombridge.correlation;

import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The rows of tickets and of the incidents in their chains. */
final class Tickets {

    private static final String SQL_STATE_UNIQUE = "23505";

    private Tickets() {}

    static Optional<Ticket> find(Handle handle, TicketAddress address) {
        return handle.createQuery("select document, version from ticket where tenant = ? and instance = ? and id = ?")
                .bind(0, address.tenant())
                .bind(1, address.instance())
                .bind(2, address.id().value())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Inserts a ticket of version 0; any other is updated where its version still stands. */
    static void write(Handle handle, Ticket ticket) {
        if (ticket.version() == 0) {
            insert(handle, ticket);
        } else {
            update(handle, ticket);
        }
        ticket.chain().forEach(incident -> writeIncident(handle, ticket, incident));
    }

    /** @throws VersionMoved when the row has another version than the ticket */
    static void requireUnmoved(Handle handle, Ticket ticket) {
        int unmoved = handle.createQuery(
                        "select count(*) from ticket where tenant = ? and instance = ? and id = ? and version = ?")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .bind(3, ticket.version())
                .mapTo(Integer.class)
                .one();
        if (unmoved == 0) {
            throw new VersionMoved(ticket.id(), ticket.version());
        }
    }

    private static void insert(Handle handle, Ticket ticket) {
        try {
            bindColumns(
                            handle.createUpdate("insert into ticket (version, room, device, condition, held_back,"
                                    + " next_appointment, current_number, document, event_at, tenant, instance, id,"
                                    + " canonical_key, created_at) values (1, :room, :device, :condition, :heldBack,"
                                    + " :appointment, :number, :document, :eventAt, :tenant, :instance, :id, :key,"
                                    + " :created)"),
                            ticket)
                    .bind("key", ticket.key().canonical())
                    .bind("created", at(ticket.createdAt()))
                    .execute();
        } catch (UnableToExecuteStatementException e) {
            if (isTaken(e)) {
                throw new VersionMoved(ticket.id(), 0);
            }
            throw e;
        }
    }

    /** Somebody else inserted the row. */
    static boolean isTaken(UnableToExecuteStatementException failure) {
        return failure.getCause() instanceof SQLException sql && SQL_STATE_UNIQUE.equals(sql.getSQLState());
    }

    private static void update(Handle handle, Ticket ticket) {
        int rows = bindColumns(
                        handle.createUpdate("update ticket set version = version + 1, room = :room, device = :device,"
                                + " condition = :condition, held_back = :heldBack, next_appointment = :appointment,"
                                + " current_number = :number, document = :document, event_at = :eventAt"
                                + " where tenant = :tenant and instance = :instance and id = :id"
                                + " and version = :version"),
                        ticket)
                .bind("version", ticket.version())
                .execute();
        if (rows == 0) {
            throw new VersionMoved(ticket.id(), ticket.version());
        }
    }

    /**
     * The same ticket with fewer words; nothing that a sweep looks up changes. It is another version then, so that no step
     * writes back what is gone.
     *
     * @return whether the row was still that version
     */
    static boolean reduce(Handle handle, Ticket whole, Ticket reduced) {
        return handle.createUpdate("update ticket set version = version + ?, document = ?, event_at = null"
                                + " where tenant = ? and instance = ? and id = ? and version = ?")
                        .bind(0, reduced.equals(whole) ? 0 : 1)
                        .bind(1, TicketJson.write(reduced))
                        .bind(2, whole.tenant())
                        .bind(3, whole.instance())
                        .bind(4, whole.id().value())
                        .bind(5, whole.version())
                        .execute()
                == 1;
    }

    private static <S extends SqlStatement<S>> S bindColumns(S statement, Ticket ticket) {
        return statement
                .bind("room", ticket.roomId().map(Tickets::normal).orElse(null))
                .bind("device", ticket.deviceId().orElse(null))
                .bind("condition", ticket.condition().name())
                .bind("eventAt", at(ticket.portalAt()))
                .bind("heldBack", ticket.heldBack().map(Enum::name).orElse(null))
                .bind(
                        "appointment",
                        ticket.nextAppointment()
                                .map(ticket.appointments()::get)
                                .map(Tickets::at)
                                .orElse(null))
                .bind("number", ticket.current().map(Incident::number).orElse(null))
                .bind("document", TicketJson.write(ticket))
                .bind("tenant", ticket.tenant())
                .bind("instance", ticket.instance())
                .bind("id", ticket.id().value());
    }

    private static void writeIncident(Handle handle, Ticket ticket, Incident incident) {
        int known = handle.createUpdate("update incident set state = ? where instance = ? and sys_id = ?")
                .bind(0, incident.state().name())
                .bind(1, ticket.instance())
                .bind(2, incident.sysId())
                .execute();
        if (known == 0) {
            handle.createUpdate("insert into incident (instance, sys_id, tenant, ticket_id, number, state, recorded_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, ticket.instance())
                    .bind(1, incident.sysId())
                    .bind(2, ticket.tenant())
                    .bind(3, ticket.id().value())
                    .bind(4, incident.number())
                    .bind(5, incident.state().name())
                    .bind(6, at(incident.recordedAt()))
                    .execute();
            // One that a rule made long after the event that it is about has no news of its own to be looked at for.
            Activities.lookAt(handle, ticket.tenant(), ticket.instance(), ticket.id(), incident.recordedAt());
        }
    }

    /** The sys_ids of the incidents of an instance that may still change, in their order. */
    static List<String> openIncidents(Handle handle, String instance, String after, int limit) {
        return handle.createQuery("select sys_id from incident where instance = ? and sys_id > ?"
                        + " and (state is null or state not in ('CLOSED', 'CANCELED')) order by sys_id limit ?")
                .bind(0, instance)
                .bind(1, after)
                .bind(2, limit)
                .mapTo(String.class)
                .list();
    }

    static Optional<Ticket> byIncidentNumber(Handle handle, String number) {
        return handle.createQuery("select t.document, t.version from ticket t join incident i on i.ticket_id = t.id"
                        + " and i.tenant = t.tenant and i.instance = t.instance where i.number = ?")
                .bind(0, number)
                .map((row, context) -> read(row))
                .findFirst();
    }

    static Optional<Ticket> byIncident(Handle handle, String instance, String sysId) {
        return handle.createQuery("select t.document, t.version from ticket t join incident i on i.ticket_id = t.id"
                        + " and i.tenant = t.tenant and i.instance = t.instance where i.instance = ? and i.sys_id = ?")
                .bind(0, instance)
                .bind(1, sysId)
                .map((row, context) -> read(row))
                .findFirst();
    }

    static List<Ticket> appointmentsDue(Handle handle, String instance, Instant now, int limit) {
        return handle.createQuery("select document, version from ticket where next_appointment <= ? and instance = ?"
                        + " and " + Pauses.open("ticket.tenant", Direction.TO_SERVICENOW)
                        + " order by next_appointment, id limit ?")
                .bind(0, at(now))
                .bind(1, instance)
                .bind(2, limit)
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<Instant> nextAppointment(Handle handle) {
        return handle.createQuery("select min(next_appointment) as next from ticket")
                .map((row, context) -> Optional.ofNullable(row.getObject("next", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .one();
    }

    static List<Ticket> ofRoom(Handle handle, String tenant, String instance, String room) {
        return handle.createQuery("select document, version from ticket where tenant = ? and instance = ? and room = ?"
                        + " order by created_at, id")
                .bind(0, tenant)
                .bind(1, instance)
                .bind(2, normal(room))
                .map((row, context) -> read(row))
                .list();
    }

    static List<Ticket> ofDevice(Handle handle, String tenant, String instance, String device) {
        return handle.createQuery("select document, version from ticket where tenant = ? and instance = ?"
                        + " and device = ? order by created_at, id")
                .bind(0, tenant)
                .bind(1, instance)
                .bind(2, device)
                .map((row, context) -> read(row))
                .list();
    }

    static List<Ticket> heldBackBy(Handle handle, String tenant, Reason reason) {
        return handle.createQuery(
                        "select document, version from ticket where tenant = ? and held_back = ? order by created_at, id")
                .bind(0, tenant)
                .bind(1, reason.name())
                .map((row, context) -> read(row))
                .list();
    }

    static List<TicketAddress> heldBackBy(Handle handle, Set<Reason> reasons) {
        return handle.createQuery("select tenant, instance, id from ticket where held_back in (<reasons>) and "
                        + Pauses.open("ticket.tenant", Direction.TO_SERVICENOW) + " order by created_at, id")
                .bindList("reasons", reasons.stream().map(Enum::name).toList())
                .map((row, context) -> new TicketAddress(
                        row.getString("tenant"), row.getString("instance"), new TicketId(row.getString("id"))))
                .list();
    }

    static long count(Handle handle) {
        return handle.createQuery("select count(*) from ticket")
                .mapTo(Long.class)
                .one();
    }

    static Ticket read(ResultSet row) throws SQLException {
        return TicketJson.read(row.getString("document"), row.getLong("version"));
    }

    /** Events spell a room's id in any case; the key of a ticket has it in lower case. */
    private static String normal(String room) {
        return room.toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
