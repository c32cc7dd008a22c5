package io.roombridge.correlation;

import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.portal.PortalCommands;
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
 * The commands for the portal. They are committed with the step that decided them ({@link Commit#commands}) and sent
 * afterwards, in their order, until the hub has accepted them: a crash in between sends a command again, under the same
 * id, and the relay performs it once.
 */
public final class PortalOutbox {

    private final Jdbi jdbi;

    public PortalOutbox(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A row that has to be sent, and its place in the order.
     *
     * @param tries how often the hub did not take it
     * @param failingSince when that was so first
     */
    public record Unsent(long position, OutgoingCommand command, int tries, Optional<Instant> failingSince) {}

    /** The oldest commands that the hub has not accepted yet; those of a paused tenant wait. */
    public List<Unsent> unsent(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from portal_command where sent_at is null and dead_at is null and "
                                + Pauses.open("portal_command.tenant", Direction.TO_PORTAL)
                                + " order by position limit ?")
                .bind(0, limit)
                .map((row, context) -> new Unsent(
                        row.getLong("position"),
                        read(row),
                        row.getInt("tries"),
                        Optional.ofNullable(row.getObject("failing_since", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list());
    }

    /** Whether the hub has accepted every command of an instance, but those that a pause keeps here. */
    public boolean drained(String instance) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select count(*) from portal_command where sent_at is null and dead_at is null and instance = ? and "
                                        + Pauses.open("portal_command.tenant", Direction.TO_PORTAL))
                        .bind(0, instance)
                        .mapTo(Integer.class)
                        .one()
                == 0);
    }

    /** The hub did not take it. */
    public void refused(long position, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update portal_command set tries = tries + 1,"
                        + " failing_since = coalesce(failing_since, ?) where position = ?")
                .bind(0, Tickets.at(now))
                .bind(1, position)
                .execute());
    }

    /** It is not sent any more, and kept for a person. */
    public void giveUp(long position, DeadLetter letter) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("update portal_command set dead_at = ? where position = ?")
                    .bind(0, Tickets.at(letter.at()))
                    .bind(1, position)
                    .execute();
            DeadLetters.keep(handle, letter);
        });
    }

    public void sent(long position, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update portal_command set sent_at = ? where position = ?")
                .bind(0, Tickets.at(now))
                .bind(1, position)
                .execute());
    }

    /** Whether the bridge ever decided this command. */
    public boolean knows(String tenant, String commandId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from portal_command where tenant = ? and command_id = ?")
                                .bind(0, tenant)
                                .bind(1, commandId)
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** The name of a command the bridge decided, for example {@code message-add}. */
    public Optional<String> nameOf(String tenant, String commandId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select name from portal_command where tenant = ? and command_id = ?")
                        .bind(0, tenant)
                        .bind(1, commandId)
                        .mapTo(String.class)
                        .findOne());
    }

    /** The trace that a command belongs to; the event that it causes continues it. */
    public Optional<String> traceOf(String commandId) {
        return jdbi.withHandle(handle -> handle.createQuery("select body from portal_command where command_id = ?")
                        .bind(0, commandId)
                        .mapTo(String.class)
                        .findFirst())
                .flatMap(PortalCommands::traceOf);
    }

    /** When the portal's event of this command was read; empty while the command may not have been performed. */
    public Optional<Instant> confirmedAt(String tenant, String commandId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select confirmed_at from portal_command where tenant = ? and command_id = ?")
                .bind(0, tenant)
                .bind(1, commandId)
                .map((row, context) -> Optional.ofNullable(row.getObject("confirmed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .findOne()
                .flatMap(confirmed -> confirmed));
    }

    /** The portal's event of this command was read: the command was performed. */
    public void confirmed(String tenant, String commandId, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update portal_command set confirmed_at = ? where tenant = ?"
                        + " and command_id = ? and confirmed_at is null")
                .bind(0, Tickets.at(now))
                .bind(1, tenant)
                .bind(2, commandId)
                .execute());
    }

    static void add(Handle handle, OutgoingCommand command) {
        int known = handle.createQuery("select count(*) from portal_command where tenant = ? and command_id = ?")
                .bind(0, command.tenant())
                .bind(1, command.id())
                .mapTo(Integer.class)
                .one();
        if (known == 0) {
            handle.createUpdate("insert into portal_command (tenant, instance, ticket_id, command_id, name,"
                            + " partition_key, body, decided_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, command.tenant())
                    .bind(1, command.instance())
                    .bind(2, command.ticket().map(TicketId::value).orElse(null))
                    .bind(3, command.id())
                    .bind(4, command.name())
                    .bind(5, command.partitionKey())
                    .bind(6, command.body())
                    .bind(7, Tickets.at(command.decidedAt()))
                    .execute();
        }
    }

    /** A command that was given up is sent again; its letter names it. */
    static void again(Handle handle, DeadLetter letter) {
        String change = letter.change().value();
        handle.createUpdate("update portal_command set dead_at = null, tries = 0, failing_since = null"
                        + " where tenant = ? and command_id = ?")
                .bind(0, letter.tenant())
                .bind(1, change.substring(change.indexOf('#') + 1))
                .execute();
    }

    private static OutgoingCommand read(ResultSet row) throws SQLException {
        return new OutgoingCommand(
                row.getString("tenant"),
                row.getString("instance"),
                Optional.ofNullable(row.getString("ticket_id")).map(TicketId::new),
                row.getString("command_id"),
                row.getString("name"),
                row.getString("partition_key"),
                row.getString("body"),
                row.getObject("decided_at", OffsetDateTime.class).toInstant());
    }
}
