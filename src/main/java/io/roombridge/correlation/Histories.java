package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The history rows of tickets. */
final class Histories {

    private Histories() {}

    static void append(Handle handle, Ticket ticket, List<HistoryEntry> entries) {
        for (HistoryEntry entry : entries) {
            handle.createUpdate("insert into history (tenant, instance, ticket_id, at, change_id, what, text)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, ticket.tenant())
                    .bind(1, ticket.instance())
                    .bind(2, ticket.id().value())
                    .bind(3, Tickets.at(entry.at()))
                    .bind(4, entry.cause().value())
                    .bind(5, entry.what())
                    .bind(6, entry.text())
                    .execute();
        }
    }

    static List<HistoryEntry> of(Handle handle, Ticket ticket) {
        return handle.createQuery("select at, change_id, what, text from history where tenant = ? and instance = ?"
                        + " and ticket_id = ? order by position")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .map((row, context) -> read(row))
                .list();
    }

    /** The newest first. */
    static List<HistoryEntry> newest(Handle handle, Ticket ticket, int limit) {
        return handle.createQuery("select at, change_id, what, text from history where tenant = ? and instance = ?"
                        + " and ticket_id = ? order by position desc limit ?")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .bind(3, limit)
                .map((row, context) -> read(row))
                .list();
    }

    private static HistoryEntry read(ResultSet row) throws SQLException {
        return new HistoryEntry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new ChangeId(row.getString("change_id")),
                row.getString("what"),
                row.getString("text"));
    }
}
