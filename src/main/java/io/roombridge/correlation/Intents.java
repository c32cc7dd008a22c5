package io.roombridge.correlation;

import io.roombridge.correlation.Intent.Kind;
import io.roombridge.correlation.Intent.Result;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of intents. */
final class Intents {

    private static final String OF_TICKET = "select * from intent where tenant = ? and instance = ? and ticket_id = ?";

    private Intents() {}

    static void open(Handle handle, Intent intent) {
        handle.createUpdate(
                        "insert into intent (id, tenant, instance, ticket_id, cause, effect, kind, target, reference,"
                                + " opened_at, body_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, intent.id())
                .bind(1, intent.tenant())
                .bind(2, intent.instance())
                .bind(3, intent.ticket().value())
                .bind(4, intent.cause().value())
                .bind(5, intent.effect())
                .bind(6, intent.kind().name())
                .bind(7, intent.target().orElse(null))
                .bind(8, intent.reference())
                .bind(9, Tickets.at(intent.openedAt()))
                .bind(10, intent.bodyHash().orElse(null))
                .execute();
    }

    static void settle(Handle handle, Settled settled) {
        handle.createUpdate("update intent set result = ?, remote_id = ? where id = ? and result is null")
                .bind(0, settled.result().name())
                .bind(1, settled.remoteId().orElse(null))
                .bind(2, settled.intentId())
                .execute();
    }

    static List<Intent> open(Handle handle, Ticket ticket) {
        return handle.createQuery(OF_TICKET + " and result is null order by opened_at")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .map((row, context) -> read(row))
                .list();
    }

    /** By the reference, which stands for cause and effect: of a rebuilt write nothing else is known. */
    static List<Intent> of(Handle handle, Ticket ticket, ChangeId cause, int effect) {
        return handle.createQuery(OF_TICKET + " and reference = ? order by opened_at")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .bind(3, Reference.of(cause, effect).value())
                .map((row, context) -> read(row))
                .list();
    }

    static boolean everTriedToCreate(Handle handle, Ticket ticket) {
        return handle.createQuery("select count(*) from intent where tenant = ? and instance = ? and ticket_id = ?"
                                + " and kind in ('CREATE', 'FOLLOW_UP')")
                        .bind(0, ticket.tenant())
                        .bind(1, ticket.instance())
                        .bind(2, ticket.id().value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static List<Ticket> leftOpenSince(Handle handle, String instance, Instant time, int limit) {
        return handle.createQuery(
                        "select document, version from ticket where instance = ? and (tenant, instance, id) in"
                                + " (select tenant, instance, ticket_id from intent where result is null and opened_at < ?)"
                                + " order by id limit ?")
                .bind(0, instance)
                .bind(1, Tickets.at(time))
                .bind(2, limit)
                .map((row, context) -> Tickets.read(row))
                .list();
    }

    private static Intent read(ResultSet row) throws SQLException {
        return new Intent(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("instance"),
                new TicketId(row.getString("ticket_id")),
                new ChangeId(row.getString("cause")),
                row.getInt("effect"),
                Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("target")),
                row.getString("reference"),
                Optional.ofNullable(row.getString("body_hash")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("result")).map(Result::valueOf),
                Optional.ofNullable(row.getString("remote_id")));
    }
}
