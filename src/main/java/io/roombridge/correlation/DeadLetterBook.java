package io.roombridge.correlation;

import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.correlation.LetterAct.Act;
import io.roombridge.correlation.Pauses.Direction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The dead letters as people see them, and what people decide about them. What they ask for is done by the bridge's schedule. */
public final class DeadLetterBook {

    private static final String SELECT = "select d.*, (select max(i.number) from incident i where i.tenant = d.tenant"
            + " and i.instance = d.instance and i.ticket_id = d.ticket_id and i.recorded_at = (select max(n.recorded_at)"
            + " from incident n where n.tenant = d.tenant and n.instance = d.instance and n.ticket_id = d.ticket_id))"
            + " as incident_number from dead_letter d";

    /**
     * An earlier dead change of the same lane that nobody asked to try again; where no incident is there, of any lane
     * (design, section 3.3).
     */
    static final String BEHIND_ANOTHER = "exists (select 1 from dead_letter e where e.tenant = d.tenant"
            + " and e.instance = d.instance and e.ticket_id = d.ticket_id and e.state = 'DEAD' and e.asked_at is null"
            + " and e.position < d.position and (e.lane = d.lane or not exists (select 1 from incident i"
            + " where i.tenant = d.tenant and i.instance = d.instance and i.ticket_id = d.ticket_id)))";

    private static final int PAGE = 100;

    private final Jdbi jdbi;

    public DeadLetterBook(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The letters in their order, the oldest first. */
    public List<KeptLetter> list(LetterFilter filter, int limit) {
        return jdbi.withHandle(
                handle -> filter.bind(handle.createQuery(SELECT + filter.where() + " order by d.position limit :limit"))
                        .bind("limit", limit)
                        .map((row, context) -> read(row))
                        .list());
    }

    public long count(LetterFilter filter) {
        return jdbi.withHandle(
                handle -> filter.bind(handle.createQuery("select count(*) from dead_letter d" + filter.where()))
                        .mapTo(Long.class)
                        .one());
    }

    /** Hands every letter to the taker, however many there are. */
    public void each(LetterFilter filter, Consumer<KeptLetter> taker) {
        long last = 0;
        for (List<KeptLetter> page = page(filter, last); !page.isEmpty(); page = page(filter, last)) {
            page.forEach(taker);
            last = page.get(page.size() - 1).id();
        }
    }

    private List<KeptLetter> page(LetterFilter filter, long after) {
        return jdbi.withHandle(handle -> page(handle, filter, after));
    }

    private static List<KeptLetter> page(Handle handle, LetterFilter filter, long after) {
        return filter.bind(handle.createQuery(
                        SELECT + filter.where() + " and d.position > :after order by d.position limit :limit"))
                .bind("after", after)
                .bind("limit", PAGE)
                .map((row, context) -> read(row))
                .list();
    }

    public Optional<KeptLetter> find(long id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    private static Optional<KeptLetter> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " where d.position = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** What was done with a letter, the oldest first. */
    public List<LetterAct> acts(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from dead_letter_act where letter = ? order by position")
                .bind(0, id)
                .map((row, context) -> new LetterAct(
                        row.getLong("letter"),
                        Act.valueOf(row.getString("act")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("by_name"),
                        row.getString("reason")))
                .list());
    }

    /**
     * A named person wants these tried again. What is parked needs no asking: it follows what it waits behind.
     *
     * @return the ids of those that will be
     */
    public List<Long> ask(LetterFilter filter, String by, String reason, Instant now) {
        return act(
                filter,
                new LetterAct(0, Act.ASKED, now, by, reason),
                (handle, letter) -> handle.createUpdate(
                                        "update dead_letter set asked_at = ? where position = ? and state in ('DEAD', 'KEPT')")
                                .bind(0, Tickets.at(now))
                                .bind(1, letter.id())
                                .execute()
                        == 1);
    }

    /** A named person gives these up; what is parked behind them goes on. Returns the ids of those that were. */
    public List<Long> drop(LetterFilter filter, String by, String reason, Instant now) {
        return act(filter, new LetterAct(0, Act.DROPPED, now, by, reason), (handle, letter) -> {
            DeadLetters.settle(handle, letter.id(), State.DROPPED, now);
            return true;
        });
    }

    /** Does one thing with one letter, and says whether it was done. */
    private interface Step {
        boolean take(Handle handle, KeptLetter letter);
    }

    /** All or none: a person is told which. */
    private List<Long> act(LetterFilter filter, LetterAct act, Step step) {
        return jdbi.inTransaction(handle -> {
            List<Long> done = new ArrayList<>();
            long last = 0;
            for (List<KeptLetter> page = page(handle, filter, last);
                    !page.isEmpty();
                    page = page(handle, filter, last)) {
                for (KeptLetter letter : page) {
                    if (step.take(handle, letter)) {
                        DeadLetters.record(handle, letter, act.of(letter.id()));
                        done.add(letter.id());
                    }
                }
                last = page.get(page.size() - 1).id();
            }
            return done;
        });
    }

    /**
     * The letters whose turn it is, in their order: those a person asked for, and the parked ones with nothing dead before
     * them any more. Those of a tenant whose way to ServiceNow is paused wait.
     *
     * @param after the id of the last one of the page before; 0 for the first page
     */
    public List<KeptLetter> due(long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT
                        + " where d.position > ? and " + Pauses.open("d.tenant", Direction.TO_SERVICENOW)
                        + " and ((d.state = 'KEPT' and d.asked_at is not null)"
                        + " or ((d.state = 'PARKED' or (d.state = 'DEAD' and d.asked_at is not null)) and not "
                        + BEHIND_ANOTHER + ")) order by d.position limit ?")
                .bind(0, after)
                .bind(1, limit)
                .map((row, context) -> read(row))
                .list());
    }

    private static KeptLetter read(ResultSet row) throws SQLException {
        return new KeptLetter(
                row.getLong("position"),
                DeadLetters.read(row),
                Optional.ofNullable(row.getString("incident_number")),
                Optional.ofNullable(row.getObject("asked_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getObject("settled_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
