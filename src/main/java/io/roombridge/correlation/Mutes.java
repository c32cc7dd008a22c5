package io.roombridge.correlation;

import io.roombridge.correlation.Audit.Act;
import io.roombridge.correlation.Audit.Shift;
import io.roombridge.correlation.RoomFactBook.Fact;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey.RoomSignal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Tickets, rooms and signals that a named person silenced until a stated time. A mute counts as a fact beside those the portal
 * states, so it is honoured like a suppression and lapses by itself; the portal cannot lift it (docs/operations.md, "Mute").
 */
public final class Mutes {

    private static final int PAGE = 500;

    private final Jdbi jdbi;

    public Mutes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What can be muted.
     *
     * @param subject whose fact it is, as {@link RoomFactBook} names it
     * @param what the same in words
     */
    public record Subject(String tenant, String subject, String what) {

        private String audited() {
            return what + " of " + tenant;
        }
    }

    /**
     * One mute; its number is 0 before it is kept.
     *
     * @param ended when a person ended it before its time
     */
    public record Mute(
            long id, Subject of, Instant since, Instant until, String by, String reason, Optional<Instant> ended) {}

    /** Those that hold, the first to lapse first. */
    public List<Mute> holding(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from mute where ended_at is null and until_at > ? order by until_at, position")
                .bind(0, Tickets.at(now))
                .map((row, context) -> read(row))
                .list());
    }

    /** Those that began or ended, and whose tickets have not been looked at since. */
    public List<Mute> unapplied() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from mute where applied = false order by position")
                        .map((row, context) -> read(row))
                        .list());
    }

    /** Replaces any other of the same subject. */
    public void mute(Mute mute) {
        jdbi.useTransaction(handle -> {
            String was =
                    holding(handle, mute.of(), mute.since()).map(Mutes::told).orElse("heard");
            end(handle, mute.of(), mute.since());
            RoomFactBook.state(
                    handle,
                    mute.of().tenant(),
                    mute.of().subject(),
                    Fact.MUTED,
                    true,
                    mute.since(),
                    Optional.of(mute.until()));
            handle.createUpdate("insert into mute (tenant, subject, what, since, until_at, by_name, reason, applied)"
                            + " values (?, ?, ?, ?, ?, ?, ?, false)")
                    .bind(0, mute.of().tenant())
                    .bind(1, mute.of().subject())
                    .bind(2, mute.of().what())
                    .bind(3, Tickets.at(mute.since()))
                    .bind(4, Tickets.at(mute.until()))
                    .bind(5, mute.by())
                    .bind(6, mute.reason())
                    .execute();
            Shift shift = new Shift(mute.of().audited(), was, told(mute));
            Audit.record(handle, mute.since(), mute.by(), Act.MUTED, shift, mute.reason());
        });
    }

    /** Ends a mute before its time; empty if no mute of that number holds. */
    public Optional<Mute> unmute(long id, String by, String reason, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<Mute> held = handle.createQuery(
                            "select * from mute where position = ? and ended_at is null and until_at > ?")
                    .bind(0, id)
                    .bind(1, Tickets.at(now))
                    .map((row, context) -> read(row))
                    .findOne();
            held.ifPresent(mute -> {
                Subject of = mute.of();
                end(handle, of, now);
                RoomFactBook.state(handle, of.tenant(), of.subject(), Fact.MUTED, false, now, Optional.empty());
                Audit.record(handle, now, by, Act.UNMUTED, new Shift(of.audited(), told(mute), "heard"), reason);
            });
            return held;
        });
    }

    private static Optional<Mute> holding(Handle handle, Subject of, Instant now) {
        return handle.createQuery("select * from mute where tenant = ? and subject = ? and ended_at is null"
                        + " and until_at > ?")
                .bind(0, of.tenant())
                .bind(1, of.subject())
                .bind(2, Tickets.at(now))
                .map((row, context) -> read(row))
                .findFirst();
    }

    private static String told(Mute mute) {
        return "muted until " + mute.until();
    }

    private static void end(Handle handle, Subject of, Instant now) {
        handle.createUpdate("update mute set ended_at = ?, applied = false where tenant = ? and subject = ?"
                        + " and ended_at is null")
                .bind(0, Tickets.at(now))
                .bind(1, of.tenant())
                .bind(2, of.subject())
                .execute();
    }

    /** The tickets it concerns are as it says, unless it was ended meanwhile. */
    public void applied(Mute mute) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update mute set applied = true where position = ? and ended_at is not distinct from ?")
                .bind(0, mute.id())
                .bind(1, mute.ended().map(Tickets::at).orElse(null))
                .execute());
    }

    /** The tickets that a mute concerns, of one instance, the oldest first. */
    public List<Ticket> concerned(Mute mute, String instance) {
        List<Ticket> concerned = new ArrayList<>();
        String last = "";
        for (List<Ticket> page = page(mute, instance, last); !page.isEmpty(); page = page(mute, instance, last)) {
            page.stream()
                    .filter(ticket -> RoomFactBook.muting(
                                    ticket.key(), ticket.roomId().stream().toList())
                            .contains(mute.of().subject()))
                    .forEach(concerned::add);
            last = page.get(page.size() - 1).id().value();
        }
        concerned.sort(Comparator.comparing(Ticket::createdAt)
                .thenComparing(ticket -> ticket.id().value()));
        return concerned;
    }

    private List<Ticket> page(Mute mute, String instance, String after) {
        return jdbi.withHandle(handle -> handle.createQuery("select document, version from ticket where tenant = ?"
                        + " and instance = ? and id > ? order by id limit ?")
                .bind(0, mute.of().tenant())
                .bind(1, instance)
                .bind(2, after)
                .bind(3, PAGE)
                .map((row, context) -> Tickets.read(row))
                .list());
    }

    /** The rooms and signals of that name of which there is any ticket. */
    public List<Subject> named(String name) {
        RoomSignal anywhere = new RoomSignal("any", "any", "", name, "");
        String signal = anywhere.signal();
        // No part of a key holds a bar, so there is one place for each of its six parts.
        String keys = "1|%|%|%|" + literally(anywhere.canonical().split("\\|")[4]) + "|%";
        return jdbi.withHandle(handle -> Stream.concat(
                        tenants(handle, "room = ?", name.toLowerCase(Locale.ROOT))
                                .map(tenant -> new Subject(tenant, RoomFactBook.room(name), "room " + name)),
                        tenants(handle, "canonical_key like ? escape '!'", keys)
                                .map(tenant -> new Subject(tenant, RoomFactBook.signal(name), "signal " + signal)))
                .toList());
    }

    private static Stream<String> tenants(Handle handle, String condition, String value) {
        return handle
                .createQuery("select distinct tenant from ticket where " + condition + " order by tenant")
                .bind(0, value)
                .mapTo(String.class)
                .list()
                .stream();
    }

    private static String literally(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }

    /** One ticket. */
    public static Subject subject(Ticket ticket) {
        return new Subject(
                ticket.tenant(),
                RoomFactBook.signalOfRoom(ticket.id()),
                "ticket " + ticket.key().canonical());
    }

    private static Mute read(ResultSet row) throws SQLException {
        return new Mute(
                row.getLong("position"),
                new Subject(row.getString("tenant"), row.getString("subject"), row.getString("what")),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getObject("until_at", OffsetDateTime.class).toInstant(),
                row.getString("by_name"),
                row.getString("reason"),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
