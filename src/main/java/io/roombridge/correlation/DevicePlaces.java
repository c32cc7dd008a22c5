package io.roombridge.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Reason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/**
 * In which room each device stands, as the portal's events named it last by their time: for reports that know only the
 * device, or the account that is signed in on it.
 */
public final class DevicePlaces {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVICE = "the portal has named neither the device ";
    private static final String ACCOUNT = " nor the account ";

    /** Reads the detail of a letter, which is made by {@link #unknown}. */
    private static final String NAMED_MEANWHILE =
            "exists (select 1 from device_place p where p.tenant = dead_letter.tenant and (p.device ="
                    + " substring(detail from :device for greatest(position(:nor in detail) - :device, 0))"
                    + " or p.account = substring(detail from position(:nor in detail) + :account)))";

    private final Jdbi jdbi;

    public DevicePlaces(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What the portal says of a device's place.
     *
     * @param blocks {@code rooms}, with one room, and {@code device}, as the event has them
     */
    record Place(String tenant, String device, Optional<String> account, String room, String blocks, Instant at) {

        /** Empty for an event that does not name one device in one room. */
        static Optional<Place> of(Change change) {
            return change.rooms().size() == 1 && change.kind() != Change.Kind.DEVICE_HEALTH_CHANGED
                    ? change.device().map(device -> of(change, device))
                    : Optional.empty();
        }

        private static Place of(Change change, Device device) {
            JsonNode data = parsed(change.payload()).path("data");
            ObjectNode blocks = JSON.createObjectNode();
            blocks.set("rooms", data.get("rooms"));
            blocks.set("device", data.get("device"));
            Optional<String> account = Optional.ofNullable(
                            data.at("/rooms/0/resourceAccountUpn").textValue())
                    .map(Place::normal);
            return new Place(
                    change.tenant(), device.id(), account, change.rooms().get(0).id(), blocks.toString(), change.at());
        }

        private static String normal(String account) {
            return account.strip().toLowerCase(Locale.ROOT);
        }

        private static JsonNode parsed(String payload) {
            try {
                return JSON.readTree(payload);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an accepted event is not readable", e);
            }
        }
    }

    /** Why a report is kept whose device is not known: the same words whenever it is looked for. */
    public static String unknown(String device, Optional<String> account) {
        return DEVICE + device + ACCOUNT + account.map(Place::normal).orElse("(none)");
    }

    /** Room and device of a report, a JSON object; empty when the portal has named neither device nor account. */
    public Optional<String> blocks(String tenant, String device, Optional<String> account) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select blocks from device_place where tenant = ? and (device = ? or account = ?)"
                                + " order by case when device = ? then 0 else 1 end, at desc limit 1")
                .bind(0, tenant)
                .bind(1, device)
                .bind(2, account.map(Place::normal).orElse(null))
                .bind(3, device)
                .mapTo(String.class)
                .findOne());
    }

    /** Records a place. Where somebody else records that of the same device at the same moment, either is right. */
    static void note(Jdbi jdbi, Place place) {
        try {
            jdbi.useTransaction(handle -> record(handle, place));
        } catch (UnableToExecuteStatementException e) {
            if (!Tickets.isTaken(e)) {
                throw e;
            }
        }
    }

    /**
     * The reports of unknown devices that the portal has named meanwhile are tried again; returns how many. A moment of its
     * own, because a place may be recorded while a report that looked for it in vain is being kept.
     */
    public int wake(Instant now) {
        return jdbi.inTransaction(handle -> {
            waiting(
                            handle,
                            now,
                            "insert into dead_letter_act (letter, tenant, change_id, act, at, by_name, reason, was)"
                                    + " select position, tenant, change_id, 'ASKED', :now, :bridge, :why, state"
                                    + " from dead_letter")
                    .bind("bridge", LetterAct.BRIDGE)
                    .bind("why", "the portal has named the device")
                    .execute();
            return waiting(handle, now, "update dead_letter set asked_at = :now")
                    .execute();
        });
    }

    private static Update waiting(Handle handle, Instant now, String statement) {
        return handle.createUpdate(statement + " where state = 'KEPT' and reason = :reason and asked_at is null and "
                        + NAMED_MEANWHILE)
                .bind("now", Tickets.at(now))
                .bind("reason", Reason.UNKNOWN_DEVICE.name())
                .bind("device", DEVICE.length() + 1)
                .bind("nor", ACCOUNT)
                .bind("account", ACCOUNT.length());
    }

    /** Records a place, unless a later event said another. */
    static void record(Handle handle, Place place) {
        Optional<Instant> known = handle.createQuery("select at from device_place where tenant = ? and device = ?")
                .bind(0, place.tenant())
                .bind(1, place.device())
                .mapTo(OffsetDateTime.class)
                .map(OffsetDateTime::toInstant)
                .findOne();
        if (known.isEmpty()) {
            write(
                    handle,
                    "insert into device_place (account, room, blocks, at, tenant, device) values (?, ?, ?, ?, ?, ?)",
                    place);
        } else if (known.get().isBefore(place.at())) {
            write(
                    handle,
                    "update device_place set account = ?, room = ?, blocks = ?, at = ? where tenant = ? and device = ?",
                    place);
        }
    }

    private static void write(Handle handle, String statement, Place place) {
        handle.createUpdate(statement)
                .bind(0, place.account().orElse(null))
                .bind(1, place.room())
                .bind(2, place.blocks())
                .bind(3, Tickets.at(place.at()))
                .bind(4, place.tenant())
                .bind(5, place.device())
                .execute();
    }
}
