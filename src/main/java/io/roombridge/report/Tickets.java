package io.roombridge.report;

import io.roombridge.correlation.Decisions;
import io.roombridge.correlation.Decisions.Fault;
import io.roombridge.correlation.Decisions.Known;
import io.roombridge.report.Busiest.Top;
import io.roombridge.report.FloorOutages.Floor;
import io.roombridge.report.FloorOutages.Outage;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import io.roombridge.ticket.TicketKey.RoomSignal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tickets that had faults, by room, floor and signal. Holds a name for each of them; a ticket itself is read only for
 * the rooms that are shown, and for signals Offline.
 */
final class Tickets {

    private static final String OFFLINE = "offline";

    /** A floor may still lose rooms when the period is over. */
    private static final Duration AFTERWARDS = Duration.ofDays(1);

    private final Decisions store;
    private final Period period;
    private final Function<Ticket, Optional<Place>> place;
    private final Map<List<String>, Long> faults;
    private final Map<String, Long> byRoom = new HashMap<>();
    private final Map<String, Known> oneOfRoom = new HashMap<>();
    private final Map<String, Long> bySignal = new HashMap<>();
    private final Map<List<String>, Offline> offline = new HashMap<>();
    private long byPeople;

    /** A room may have several devices, and so several of these. */
    private record Offline(Known ticket, String room) {}

    Tickets(Decisions store, Period period, Function<Ticket, Optional<Place>> place) {
        this.store = store;
        this.period = period;
        this.place = place;
        faults = store.faultsByTicket(period.begin(), period.end());
        store.eachTicket(this::enter);
    }

    private void enter(Known ticket) {
        List<String> name = List.of(ticket.tenant(), ticket.id());
        long times = faults.getOrDefault(name, 0L);
        Optional<TicketKey> key = TicketKey.parse(ticket.canonicalKey());
        if (key.isPresent() && key.get() instanceof RoomSignal signal) {
            if (signal.signal().equals(OFFLINE)) {
                offline.put(name, new Offline(ticket, signal.room()));
            }
            if (times > 0) {
                String room = ticket.tenant() + "|" + signal.room();
                byRoom.merge(room, times, Long::sum);
                // Of one room the same ticket each time, so that its name is the same.
                oneOfRoom.merge(room, ticket, (one, other) -> one.id().compareTo(other.id()) < 0 ? one : other);
                bySignal.merge(signal.signal(), times, Long::sum);
            }
        } else {
            byPeople += times;
        }
    }

    Busiest busiest() {
        return new Busiest(
                Busiest.top(byRoom)
                        .map(room -> new Top(roomName(room.getKey()), room.getValue()))
                        .toList(),
                Busiest.top(bySignal)
                        .map(signal -> new Top(capital(signal.getKey()), signal.getValue()))
                        .toList(),
                byPeople,
                byRoom.size());
    }

    private String roomName(String room) {
        return store.ticket(oneOfRoom.get(room))
                .flatMap(place)
                .map(Place::inWords)
                .orElseGet(() -> room.substring(room.indexOf('|') + 1));
    }

    private static String capital(String signal) {
        return signal.substring(0, 1).toUpperCase(Locale.ROOT) + signal.substring(1);
    }

    /** By the portal's own time: what was read late happened when it happened. */
    List<Outage> outages() {
        FloorOutages found = new FloorOutages();
        Map<List<String>, Optional<Place>> places = new HashMap<>();
        store.eachFault(
                period.begin().minus(FloorOutages.GAP),
                period.end().plus(AFTERWARDS),
                fault -> enter(fault, found, places));
        return found.beganIn(period);
    }

    private void enter(Fault fault, FloorOutages found, Map<List<String>, Optional<Place>> places) {
        List<String> name = List.of(fault.tenant(), fault.ticket());
        Offline device = offline.get(name);
        if (device == null) {
            return;
        }
        places.computeIfAbsent(name, unseen -> store.ticket(device.ticket()).flatMap(place))
                .filter(where -> where.floor().isPresent())
                .ifPresent(where -> found.offline(
                        new Floor(
                                fault.tenant(),
                                where.building().orElse(""),
                                where.floor().orElseThrow()),
                        device.room(),
                        fault.at()));
    }
}
