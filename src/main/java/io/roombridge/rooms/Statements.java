package io.roombridge.rooms;

import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.RoomFactBook.Fact;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Change.Detail.Lifecycle.Stage;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Reach;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What each event says about signals and devices, and whom that may concern. */
public final class Statements {

    private Statements() {}

    /** What an event about a room, a device or a tenant's signal states; a changed room states nothing that matters here. */
    public static List<Statement> of(Change change) {
        if (change.detail() instanceof Detail.Suppression suppression) {
            return suppression
                    .signal()
                    .map(TicketKey::id)
                    .map(RoomFactBook::signalOfRoom)
                    .map(subject -> List.of(suppression(change, subject, suppression)))
                    .orElseGet(() -> ofDevice(change).stream()
                            .map(subject -> suppression(change, subject, suppression))
                            .toList());
        } else if (change.detail() instanceof Detail.Lifecycle lifecycle) {
            return ofDevice(change).stream()
                    .flatMap(subject -> Stream.of(
                            plain(change, subject, Fact.ONBOARDING, lifecycle.stage() == Stage.ONBOARDING),
                            plain(change, subject, Fact.UNENROLLED, lifecycle.stage() == Stage.UNENROLLED)))
                    .toList();
        } else if (change.detail() instanceof Detail.SignalSwitch signal) {
            return List.of(plain(change, RoomFactBook.signal(signal.signal()), Fact.DISABLED, !signal.enabled()));
        }
        return List.of();
    }

    /**
     * What a ticket says about its device, when its signal is one of those that do.
     *
     * @param until when that lapses by itself: somebody else's word, as soon as the portal has to know better
     */
    public static List<Statement> reach(Change change, Reach says, Optional<Instant> until) {
        PortalTicket ticket = change.ticket().orElseThrow();
        Fact fact = says == Reach.OFFLINE ? Fact.OFFLINE : Fact.UNMONITORED;
        boolean lost = Ticket.conditionOf(ticket) == Ticket.Condition.UNHEALTHY;
        List<String> subjects = new ArrayList<>();
        change.device().map(Device::id).map(RoomFactBook::device).ifPresent(subjects::add);
        if (ticket.key() instanceof TicketKey.RoomSignal signal) {
            subjects.add(RoomFactBook.role(signal.room(), signal.role()));
        }
        return subjects.stream()
                .map(subject ->
                        new Statement(change.tenant(), subject, fact, lost, change.at(), until.filter(end -> lost)))
                .toList();
    }

    /** Whether tickets that were held back may now get their incidents. */
    public static boolean mayRelease(Change change) {
        if (change.detail() instanceof Detail.Suppression suppression) {
            return !suppression.suppressed() && suppression.unhealthyNow().orElse(true);
        } else if (change.detail() instanceof Detail.Lifecycle lifecycle) {
            return lifecycle.stage() == Stage.ENROLLED;
        }
        return change.detail() instanceof Detail.SignalSwitch signal && signal.enabled();
    }

    /** Whether a ticket is one of the device that was replaced: by the device's id, or else by its role in the room. */
    public static boolean isOf(Ticket ticket, Optional<String> previousDevice, Device now) {
        if (!(ticket.key() instanceof TicketKey.RoomSignal signal)) {
            return false;
        }
        String role = now.role().orElse(TicketKey.RoomSignal.DEFAULT_ROLE);
        return previousDevice.isPresent() && ticket.deviceId().isPresent()
                ? ticket.deviceId().equals(previousDevice)
                        || ticket.deviceId().get().equals(now.id())
                : signal.role().equalsIgnoreCase(role);
    }

    /** Make and model, as far as they are known. */
    public static Optional<String> hardware(Device device) {
        String words = String.join(" ", device.make().orElse(""), device.model().orElse(""))
                .strip();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    /** The device by its id, and by its role in the room for tickets that name no device. */
    private static List<String> ofDevice(Change change) {
        String role = change.device().flatMap(Device::role).orElse(TicketKey.RoomSignal.DEFAULT_ROLE);
        return Stream.concat(
                        change.device().map(Device::id).map(RoomFactBook::device).stream(),
                        change.rooms().stream().map(Room::id).map(room -> RoomFactBook.role(room, role)))
                .toList();
    }

    private static Statement suppression(Change change, String subject, Detail.Suppression said) {
        Optional<Instant> until = said.suppressed() ? said.until() : Optional.empty();
        return new Statement(change.tenant(), subject, Fact.SUPPRESSED, said.suppressed(), change.at(), until);
    }

    private static Statement plain(Change change, String subject, Fact fact, boolean holds) {
        return new Statement(change.tenant(), subject, fact, holds, change.at(), Optional.empty());
    }
}
