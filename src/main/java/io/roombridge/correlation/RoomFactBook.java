package io.roombridge.correlation;

import io.roombridge.admission.RoomFacts;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Sight;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What is stated about signals, devices and rooms besides tickets. Statements apply by their own time, not by arrival: a
 * late, older one changes nothing (design, section 3.1).
 */
public final class RoomFactBook {

    private final Jdbi jdbi;

    public RoomFactBook(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What can be stated. */
    public enum Fact {
        SUPPRESSED,
        ONBOARDING,
        DISABLED,
        UNENROLLED,
        /** Silenced by a person of the bridge's; always until a stated time. */
        MUTED,
        OFFLINE,
        UNMONITORED
    }

    /** A row: the latest statement, and since when it has been saying so. */
    private record Stated(String subject, Fact fact, boolean holds, Instant since, Optional<Instant> until) {

        boolean holdsAt(Instant now) {
            return holds && until.filter(end -> !end.isAfter(now)).isEmpty();
        }
    }

    public static String signalOfRoom(TicketId ticket) {
        return "ticket:" + ticket;
    }

    public static String device(String deviceId) {
        return "device:" + deviceId;
    }

    /** A room as a whole, for mutes. */
    public static String room(String roomId) {
        return "room:" + roomId.toLowerCase(Locale.ROOT);
    }

    /** The device that plays a role in a room, for events that name no device. */
    public static String role(String roomId, String role) {
        return "role:" + roomId.toLowerCase(Locale.ROOT) + "|" + role.toLowerCase(Locale.ROOT);
    }

    public static String signal(String name) {
        return "signal:" + new TicketKey.RoomSignal("any", "any", "", name, "").signal();
    }

    /** Records a statement, unless a later one about the same fact is known. */
    public void state(String tenant, String subject, Fact fact, boolean holds, Instant at) {
        state(tenant, subject, fact, holds, at, Optional.empty());
    }

    /**
     * Records a statement, unless a later one about the same fact is known. Saying the same again does not move since when
     * it holds.
     *
     * @param until when it lapses by itself
     */
    public void state(String tenant, String subject, Fact fact, boolean holds, Instant at, Optional<Instant> until) {
        jdbi.useTransaction(handle -> state(handle, tenant, subject, fact, holds, at, until));
    }

    static void state(
            Handle handle,
            String tenant,
            String subject,
            Fact fact,
            boolean holds,
            Instant at,
            Optional<Instant> until) {
        int newer = handle.createUpdate("update room_fact set"
                        + " holds_since = case when holds = :holds then holds_since else :at end,"
                        + " holds = :holds, at = :at, holds_until = :until"
                        + " where tenant = :tenant and subject = :subject and fact = :fact and at <= :at")
                .bind("holds", holds)
                .bind("at", Tickets.at(at))
                .bind("until", until.map(Tickets::at).orElse(null))
                .bind("tenant", tenant)
                .bind("subject", subject)
                .bind("fact", fact.name())
                .execute();
        if (newer == 0 && !known(handle, tenant, subject, fact)) {
            handle.createUpdate("insert into room_fact (tenant, subject, fact, holds, at, holds_since, holds_until)"
                            + " values (:tenant, :subject, :fact, :holds, :at, :at, :until)")
                    .bind("tenant", tenant)
                    .bind("subject", subject)
                    .bind("fact", fact.name())
                    .bind("holds", holds)
                    .bind("at", Tickets.at(at))
                    .bind("until", until.map(Tickets::at).orElse(null))
                    .execute();
        }
    }

    /**
     * Everything that is stated about the surroundings of a change's ticket.
     *
     * @param now by which statements with an end may have lapsed
     */
    public RoomFacts about(Change change, Instant now) {
        TicketKey key = change.ticket().orElseThrow().key();
        return about(
                key,
                change.device().map(Device::id),
                change.rooms().stream().map(Room::id).toList(),
                now);
    }

    /** Everything that is stated about the surroundings of a ticket. */
    public RoomFacts about(Ticket ticket, Instant now) {
        return about(ticket.key(), ticket.deviceId(), ticket.roomId().stream().toList(), now);
    }

    private RoomFacts about(TicketKey key, Optional<String> device, List<String> rooms, Instant now) {
        Set<String> subjects = muting(key, rooms);
        device.map(RoomFactBook::device).ifPresent(subjects::add);
        if (key instanceof TicketKey.RoomSignal signal) {
            rooms.stream().map(id -> role(id, signal.role())).forEach(subjects::add);
        }
        List<Stated> stated = stated(key.tenant(), subjects);
        // Whoever recorded an issue means it, whatever the portal sees of the device.
        boolean ofSignal = key instanceof TicketKey.RoomSignal;
        return new RoomFacts(
                silencedSince(stated, now),
                until(stated, now),
                heardAgain(stated, now),
                since(stated, Fact.ONBOARDING, now).isPresent(),
                since(stated, Fact.DISABLED, now).isPresent(),
                ofSignal ? since(stated, Fact.UNENROLLED, now) : Optional.empty(),
                ofSignal ? sight(stated, Fact.OFFLINE, now) : Sight.CLEAR,
                ofSignal ? sight(stated, Fact.UNMONITORED, now) : Sight.CLEAR,
                false);
    }

    /** What a person may mute to silence a ticket: itself, its signal, its rooms. */
    static Set<String> muting(TicketKey key, List<String> rooms) {
        Set<String> subjects = new HashSet<>();
        subjects.add(signalOfRoom(key.id()));
        if (key instanceof TicketKey.RoomSignal signal) {
            subjects.add(signal(signal.signal()));
        }
        rooms.stream().map(RoomFactBook::room).forEach(subjects::add);
        return subjects;
    }

    private List<Stated> stated(String tenant, Set<String> subjects) {
        return jdbi.withHandle(handle -> handle.createQuery("select subject, fact, holds, holds_since, holds_until"
                        + " from room_fact where tenant = :tenant and subject in (<subjects>)")
                .bind("tenant", tenant)
                .bindList("subjects", subjects)
                .map((row, context) -> new Stated(
                        row.getString("subject"),
                        Fact.valueOf(row.getString("fact")),
                        row.getBoolean("holds"),
                        row.getObject("holds_since", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("holds_until", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list());
    }

    private static Optional<Instant> since(List<Stated> stated, Fact fact, Instant now) {
        return stated.stream()
                .filter(row -> row.fact() == fact && row.holdsAt(now))
                .map(Stated::since)
                .min(Instant::compareTo);
    }

    private static Optional<Instant> silencedSince(List<Stated> stated, Instant now) {
        return Stream.of(Fact.SUPPRESSED, Fact.MUTED)
                .flatMap(fact -> since(stated, fact, now).stream())
                .min(Instant::compareTo);
    }

    /** The silence of signal, device and mutes ends when the last of them does. */
    private static Optional<Instant> until(List<Stated> stated, Instant now) {
        List<Stated> holding = stated.stream()
                .filter(row -> (row.fact() == Fact.SUPPRESSED || row.fact() == Fact.MUTED) && row.holdsAt(now))
                .toList();
        return holding.stream().allMatch(row -> row.until().isPresent())
                ? holding.stream().map(row -> row.until().get()).max(Instant::compareTo)
                : Optional.empty();
    }

    private static Optional<Instant> heardAgain(List<Stated> stated, Instant now) {
        return stated.stream()
                .filter(row -> row.fact() == Fact.SUPPRESSED && !row.holdsAt(now))
                .map(row -> row.holds() ? row.until().orElseThrow() : row.since())
                .max(Instant::compareTo);
    }

    private static Sight sight(List<Stated> stated, Fact fact, Instant now) {
        return new Sight(
                since(stated, fact, now),
                stated.stream()
                        .filter(row -> row.fact() == fact && !row.holds())
                        .map(Stated::since)
                        .max(Instant::compareTo));
    }

    private static boolean known(Handle handle, String tenant, String subject, Fact fact) {
        return handle.createQuery("select count(*) from room_fact where tenant = ? and subject = ? and fact = ?")
                        .bind(0, tenant)
                        .bind(1, subject)
                        .bind(2, fact.name())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /**
     * Everything sent to the partition before the watermark lies below this heartbeat. Never moves back.
     *
     * @param sequence where the heartbeat stands in its partition
     */
    public void heartbeat(String tenant, String partition, Instant watermark, long sequence) {
        jdbi.useTransaction(handle -> {
            int rows = handle.createUpdate("update hub_heartbeat set watermark = ?, sequence_number = ?"
                            + " where tenant = ? and partition_id = ? and watermark <= ?")
                    .bind(0, Tickets.at(watermark))
                    .bind(1, sequence)
                    .bind(2, tenant)
                    .bind(3, partition)
                    .bind(4, Tickets.at(watermark))
                    .execute();
            if (rows == 0 && !hasBeaten(handle, tenant, partition)) {
                handle.createUpdate("insert into hub_heartbeat (tenant, partition_id, watermark, sequence_number)"
                                + " values (?, ?, ?, ?)")
                        .bind(0, tenant)
                        .bind(1, partition)
                        .bind(2, Tickets.at(watermark))
                        .bind(3, sequence)
                        .execute();
            }
        });
    }

    /** The last heartbeat of a tenant in each partition. */
    public Map<String, Heartbeat> heartbeats(String tenant) {
        Map<String, Heartbeat> beats = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select partition_id, watermark, sequence_number from hub_heartbeat where tenant = ?")
                .bind(0, tenant)
                .map((row, context) -> beats.put(
                        row.getString("partition_id"),
                        new Heartbeat(
                                row.getObject("watermark", OffsetDateTime.class).toInstant(),
                                row.getLong("sequence_number"))))
                .list());
        return beats;
    }

    /** The newest heartbeat of each partition, whoever sent it: the hub keeps one order for all. */
    public Map<String, Heartbeat> newestHeartbeats() {
        Map<String, Heartbeat> beats = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select partition_id, watermark, sequence_number from hub_heartbeat")
                .map((row, context) -> beats.merge(
                        row.getString("partition_id"),
                        new Heartbeat(
                                row.getObject("watermark", OffsetDateTime.class).toInstant(),
                                row.getLong("sequence_number")),
                        (one, other) -> one.watermark().isAfter(other.watermark()) ? one : other))
                .list());
        return beats;
    }

    /** A heartbeat, and where it stands in its partition. */
    public record Heartbeat(Instant watermark, long sequence) {}

    private static boolean hasBeaten(Handle handle, String tenant, String partition) {
        return handle.createQuery("select count(*) from hub_heartbeat where tenant = ? and partition_id = ?")
                        .bind(0, tenant)
                        .bind(1, partition)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }
}
