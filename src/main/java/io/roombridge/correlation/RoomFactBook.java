package io.roombridge.correlation;

import io.roombridge.admission.RoomFacts;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Room;
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
        DISABLED
    }

    public static String signalOfRoom(TicketId ticket) {
        return "ticket:" + ticket;
    }

    public static String device(String deviceId) {
        return "device:" + deviceId;
    }

    /** The device that plays a role in a room, for events that name no device. */
    public static String role(String roomId, String role) {
        return "role:" + roomId.toLowerCase(Locale.ROOT) + "|" + role.toLowerCase(Locale.ROOT);
    }

    public static String signal(String name) {
        return "signal:" + new TicketKey.RoomSignal("any", "any", "", name, "").signal();
    }

    /** Records a statement unless a later one about the same fact is known. */
    public void state(String tenant, String subject, Fact fact, boolean holds, Instant at) {
        jdbi.useTransaction(handle -> {
            int newer = handle.createUpdate("update room_fact set holds = ?, at = ? where tenant = ? and subject = ?"
                            + " and fact = ? and at <= ?")
                    .bind(0, holds)
                    .bind(1, Tickets.at(at))
                    .bind(2, tenant)
                    .bind(3, subject)
                    .bind(4, fact.name())
                    .bind(5, Tickets.at(at))
                    .execute();
            if (newer == 0 && !known(handle, tenant, subject, fact)) {
                handle.createUpdate("insert into room_fact (tenant, subject, fact, holds, at) values (?, ?, ?, ?, ?)")
                        .bind(0, tenant)
                        .bind(1, subject)
                        .bind(2, fact.name())
                        .bind(3, holds)
                        .bind(4, Tickets.at(at))
                        .execute();
            }
        });
    }

    /** Everything that is stated about the surroundings of a change's ticket. */
    public RoomFacts about(Change change) {
        TicketKey key = change.ticket().orElseThrow().key();
        return about(
                key,
                change.device().map(Device::id),
                change.rooms().stream().map(Room::id).toList());
    }

    /** Everything that is stated about the surroundings of a ticket. */
    public RoomFacts about(Ticket ticket) {
        return about(ticket.key(), ticket.deviceId(), ticket.roomId().stream().toList());
    }

    private RoomFacts about(TicketKey key, Optional<String> device, List<String> rooms) {
        Set<String> subjects = new HashSet<>();
        String signalOfRoom = signalOfRoom(key.id());
        subjects.add(signalOfRoom);
        device.map(RoomFactBook::device).ifPresent(subjects::add);
        if (key instanceof TicketKey.RoomSignal signal) {
            subjects.add(signal(signal.signal()));
            rooms.stream().map(id -> role(id, signal.role())).forEach(subjects::add);
        }
        Set<String> holding = holding(key.tenant(), subjects);
        return new RoomFacts(
                holding.contains(signalOfRoom + "#" + Fact.SUPPRESSED),
                anyOf(holding, Fact.SUPPRESSED, signalOfRoom),
                anyOf(holding, Fact.ONBOARDING, ""),
                anyOf(holding, Fact.DISABLED, ""));
    }

    private Set<String> holding(String tenant, Set<String> subjects) {
        return jdbi.withHandle(handle -> new HashSet<>(handle.createQuery(
                        "select subject, fact from room_fact where tenant = :tenant and holds and subject in (<subjects>)")
                .bind("tenant", tenant)
                .bindList("subjects", subjects)
                .map((row, context) -> row.getString("subject") + "#" + row.getString("fact"))
                .list()));
    }

    private static boolean anyOf(Set<String> holding, Fact fact, String except) {
        return holding.stream().anyMatch(held -> held.endsWith("#" + fact) && !held.equals(except + "#" + fact));
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
