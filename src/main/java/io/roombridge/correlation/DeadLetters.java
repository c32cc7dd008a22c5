package io.roombridge.correlation;

import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.TicketId;
import io.roombridge.ticket.Unsigned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of dead, parked and kept changes. */
final class DeadLetters {

    private static final int DETAIL_LENGTH = 8000;

    private DeadLetters() {}

    /** Unique by change: a repeated failure of the same change refreshes its row and keeps its place. */
    static void keep(Handle handle, DeadLetter letter) {
        int rows = handle.createUpdate("update dead_letter set state = ?, reason = ?, detail = ?, attempts = ?,"
                        + " instance = ?, ticket_id = ?, lane = ?, payload = ?, asked_at = null, settled_at = null"
                        + " where tenant = ? and change_id = ?")
                .bind(0, letter.state().name())
                .bind(1, letter.reason().name())
                .bind(2, shortened(letter.detail()))
                .bind(3, letter.attempts())
                .bind(4, letter.instance())
                .bind(5, letter.ticket().map(TicketId::value).orElse(null))
                .bind(6, letter.lane().name())
                .bind(7, letter.payload())
                .bind(8, letter.tenant())
                .bind(9, letter.change().value())
                .execute();
        if (rows == 0) {
            handle.createUpdate("insert into dead_letter (tenant, instance, change_id, ticket_id, lane, state, reason,"
                            + " detail, payload, attempts, at, kind) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, letter.tenant())
                    .bind(1, letter.instance())
                    .bind(2, letter.change().value())
                    .bind(3, letter.ticket().map(TicketId::value).orElse(null))
                    .bind(4, letter.lane().name())
                    .bind(5, letter.state().name())
                    .bind(6, letter.reason().name())
                    .bind(7, shortened(letter.detail()))
                    .bind(8, letter.payload())
                    .bind(9, letter.attempts())
                    .bind(10, Tickets.at(letter.at()))
                    .bind(11, letter.kind().name())
                    .execute();
        }
    }

    /**
     * A dead create holds up every lane, because nothing can be written to an incident that is not there; any other dead
     * change holds up its own lane (design, section 3.3).
     */
    static boolean heldUp(Handle handle, String tenant, String instance, TicketId ticket, Lane lane) {
        return handle.createQuery(
                                "select count(*) from dead_letter d where d.tenant = :tenant and d.instance = :instance"
                                        + " and d.ticket_id = :ticket and d.state in ('DEAD', 'PARKED') and (d.lane = :lane"
                                        + " or not exists (select 1 from incident i where i.tenant = d.tenant"
                                        + " and i.instance = d.instance and i.ticket_id = d.ticket_id))")
                        .bind("tenant", tenant)
                        .bind("instance", instance)
                        .bind("ticket", ticket.value())
                        .bind("lane", lane.name())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static long missing(Handle handle, TicketAddress ticket) {
        return handle.createQuery("select count(*) from dead_letter where tenant = ? and instance = ? and ticket_id = ?"
                        + " and state in ('DEAD', 'PARKED', 'KEPT') and lane in ('CONVERSATION', 'FILES')"
                        + " and kind in ('EVENT', 'NOTE', 'FILE')")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .mapTo(Long.class)
                .one();
    }

    /** Those a person may still act on. */
    static List<DeadLetter> all(Handle handle) {
        return handle.createQuery(
                        "select * from dead_letter where state in ('DEAD', 'PARKED', 'KEPT') order by position")
                .map((row, context) -> read(row))
                .list();
    }

    /** What came of trying again; a letter that is dead again was refreshed by {@link #keep} before. */
    static void replayed(Handle handle, ReplayResult result) {
        if (result.settled()) {
            settle(handle, result.of().id(), State.REPLAYED, result.at());
        }
        LetterAct.Act act = result.settled() ? LetterAct.Act.REPLAYED : LetterAct.Act.FAILED_AGAIN;
        record(handle, result.of(), new LetterAct(result.of().id(), act, result.at(), LetterAct.BRIDGE, result.said()));
    }

    /** What a replay needed of its event and nobody needs any more goes now: the signatures of addresses. */
    static void settle(Handle handle, long id, State how, Instant now) {
        String payload = handle.createQuery("select payload from dead_letter where position = ?")
                .bind(0, id)
                .mapTo(String.class)
                .one();
        handle.createUpdate("update dead_letter set state = ?, settled_at = ?, asked_at = null, payload = ?"
                        + " where position = ?")
                .bind(0, how.name())
                .bind(1, Tickets.at(now))
                .bind(2, Unsigned.of(payload))
                .bind(3, id)
                .execute();
    }

    static void record(Handle handle, KeptLetter of, LetterAct act) {
        handle.createUpdate("insert into dead_letter_act (letter, tenant, change_id, act, at, by_name, reason)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .bind(0, act.letter())
                .bind(1, of.letter().tenant())
                .bind(2, of.letter().change().value())
                .bind(3, act.act().name())
                .bind(4, Tickets.at(act.at()))
                .bind(5, act.by())
                .bind(6, shortened(act.reason()))
                .execute();
    }

    static DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("tenant"),
                row.getString("instance"),
                new ChangeId(row.getString("change_id")),
                Optional.ofNullable(row.getString("ticket_id")).map(TicketId::new),
                DeadLetter.Kind.valueOf(row.getString("kind")),
                Lane.valueOf(row.getString("lane")),
                State.valueOf(row.getString("state")),
                Reason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getString("payload"),
                row.getInt("attempts"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static String shortened(String detail) {
        return detail.length() <= DETAIL_LENGTH ? detail : detail.substring(0, DETAIL_LENGTH - 1) + "…";
    }
}
