package io.roombridge.correlation;

import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The step from shadow mode to live (design, section 3.7). What the portal said stays, and with it which tickets are open;
 * the incidents that were only imagined go, and everything that waited for them. For a bridge that has not started: a cache
 * in front of the store would not notice.
 */
public final class Activation {

    private static final String WHY = "read in shadow mode; the bridge was activated";

    /** What rests on imagined incidents; the store has no other rows in these as long as the bridge was never live. */
    private static final List<String> IMAGINED =
            List.of("incident", "intent", "gathered_note", "file_job", "closing_clock", "self_incident");

    private final Jdbi jdbi;

    public Activation(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Every tenant that was ever heard of. */
    public Set<String> tenants() {
        return jdbi.withHandle(handle -> new TreeSet<>(handle.createQuery(
                        "select tenant from ticket union select tenant from hub_heartbeat union select tenant from room_fact")
                .mapTo(String.class)
                .list()));
    }

    /**
     * From now on what is decided is written. Open tickets wait under {@link io.roombridge.ticket.Reason#SHADOW} for their
     * incident.
     *
     * @param asking the commands by which the portal is asked for what it has open
     * @return how many tickets were seen in shadow mode; empty when another node was quicker
     */
    public OptionalInt activate(Instant now, List<OutgoingCommand> asking) {
        try {
            return OptionalInt.of(jdbi.inTransaction(handle -> activate(handle, now, asking)));
        } catch (UnableToExecuteStatementException e) {
            if (Tickets.isTaken(e)) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private static int activate(Handle handle, Instant now, List<OutgoingCommand> asking) {
        StoreLife.activate(handle, now);
        List<Ticket> seen = handle.createQuery("select document, version from ticket")
                .map((row, context) -> Tickets.read(row))
                .list();
        if (StoreLife.wasShadow(handle)) {
            IMAGINED.forEach(table -> handle.execute("delete from " + table));
        }
        seen.forEach(ticket -> Tickets.write(handle, ticket.activated()));
        openLetters(handle).forEach(letter -> settle(handle, letter, now));
        asking.forEach(command -> PortalOutbox.add(handle, command));
        Audit.record(
                handle,
                now,
                Audit.BRIDGE,
                Audit.Act.ACTIVATED,
                "mode live",
                seen.size() + " tickets seen in shadow mode");
        return seen.size();
    }

    private static List<KeptLetter> openLetters(Handle handle) {
        return handle.createQuery("select * from dead_letter where state in ('DEAD', 'PARKED') order by position")
                .map((row, context) -> new KeptLetter(
                        row.getLong("position"),
                        DeadLetters.read(row),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .list();
    }

    /** What the portal says of a signal's state counts in live mode too, whatever shadow mode could not do with it. */
    private static void settle(Handle handle, KeptLetter letter, Instant now) {
        DeadLetter open = letter.letter();
        boolean saysTheState = open.kind() == DeadLetter.Kind.EVENT && open.lane() == Lane.STATE;
        if (!saysTheState) {
            DeadLetters.settle(handle, letter.id(), State.DROPPED, now);
            record(handle, letter, LetterAct.Act.DROPPED, now);
        } else if (open.state() == State.DEAD) {
            handle.createUpdate("update dead_letter set asked_at = ? where position = ?")
                    .bind(0, Tickets.at(now))
                    .bind(1, letter.id())
                    .execute();
            record(handle, letter, LetterAct.Act.ASKED, now);
        }
    }

    private static void record(Handle handle, KeptLetter letter, LetterAct.Act act, Instant now) {
        DeadLetters.record(handle, letter, new LetterAct(letter.id(), act, now, LetterAct.BRIDGE, WHY));
    }
}
