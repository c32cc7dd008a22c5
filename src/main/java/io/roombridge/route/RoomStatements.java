package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.rooms.Statement;
import io.roombridge.rooms.Statements;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reach;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Remark;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Records what is stated about rooms, devices and signals, and brings the tickets it concerns in line. All of it is
 * idempotent, so a crash in the middle is mended by the repetition of the event.
 */
public final class RoomStatements {

    private final RoomFactBook facts;
    private final CorrelationStore store;
    private final Neighbours neighbours;
    private final Settlement settlement;
    private final Patience patience;

    RoomStatements(
            RoomFactBook facts,
            CorrelationStore store,
            Neighbours neighbours,
            Settlement settlement,
            Patience patience) {
        this.facts = facts;
        this.store = store;
        this.neighbours = neighbours;
        this.settlement = settlement;
        this.patience = patience;
    }

    public Passage state(
            @Body Passage passage,
            @Header(Decode.PARTITION) String partition,
            @Header(Decode.SEQUENCE_NUMBER) Long sequence) {
        return patience.with(passage, change -> apply(change, partition, sequence));
    }

    private Passage apply(Passage passage, String partition, Long sequence) {
        Change change = passage.change();
        Desk desk = passage.desk().orElseThrow();
        if (change.detail() instanceof Detail.Heartbeat heartbeat) {
            facts.heartbeat(
                    change.tenant(),
                    Optional.ofNullable(partition).orElse("0"),
                    heartbeat.partitionWatermark(),
                    Optional.ofNullable(sequence).orElse(Long.MAX_VALUE));
        } else if (change.detail() instanceof Detail.Replacement replacement) {
            replaced(desk, change, replacement);
        } else {
            Statements.of(change).forEach(this::record);
            neighbours.mark(concerned(desk, change));
            if (Statements.mayRelease(change)) {
                neighbours.release(desk, concerned(desk, change));
            }
        }
        return passage.done(Done.without(new Outcome.Delivered(Reason.RECORDED)));
    }

    /** A signal that says something of the whole device is a statement, too; its own ticket is not its neighbour. */
    void reach(Desk desk, Change change, Reach says, Optional<Instant> until) {
        Statements.reach(change, says, until).forEach(this::record);
        List<Ticket> others = concerned(desk, change).stream()
                .filter(ticket -> !change.ticketId().equals(Optional.of(ticket.id())))
                .toList();
        neighbours.mark(others);
        neighbours.release(desk, others);
    }

    private void record(Statement statement) {
        facts.state(
                statement.tenant(),
                statement.subject(),
                statement.fact(),
                statement.holds(),
                statement.at(),
                statement.until());
    }

    /** Tickets of the rooms and the device that are spoken of; a tenant's switch speaks of every room. */
    private List<Ticket> concerned(Desk desk, Change change) {
        String tenant = change.tenant();
        if (change.detail() instanceof Detail.SignalSwitch) {
            return store.heldBackBy(tenant, Reason.SIGNAL_DISABLED);
        }
        Stream<Ticket> ofSignal = change.detail() instanceof Detail.Suppression suppression
                ? suppression.signal().map(TicketKey::id).flatMap(id -> store.ticket(tenant, desk.name(), id)).stream()
                : Stream.empty();
        Stream<Ticket> ofRooms =
                change.rooms().stream().flatMap(room -> store.ofRoom(tenant, desk.name(), room.id()).stream());
        Stream<Ticket> ofDevice = change.device().map(Device::id).stream()
                .flatMap(device -> store.ofDevice(tenant, desk.name(), device).stream());
        return Stream.of(ofSignal, ofRooms, ofDevice)
                .flatMap(tickets -> tickets)
                .collect(Collectors.toMap(Ticket::id, ticket -> ticket, (one, same) -> one))
                .values()
                .stream()
                .sorted(Comparator.comparing(Ticket::createdAt))
                .toList();
    }

    /** Keys name rooms and roles, so every ticket goes on; its next facts come from the new device. */
    private void replaced(Desk desk, Change change, Detail.Replacement replacement) {
        Device now = change.device().orElseThrow();
        for (Ticket ticket : concerned(desk, change)) {
            if (Statements.isOf(ticket, replacement.previousDeviceId(), now)) {
                Cause cause = Cause.ofRule(Cause.REPLACED, ticket, change.id().value());
                Ticket before = settlement.settle(desk, ticket, cause);
                Ticket after = before.withDevice(now.id());
                Step step = before.hasActiveIncident()
                        ? new Step.Say(
                                after, before.current().get(), Remark.REPLACED, change.at(), Statements.hardware(now))
                        : new Step.Settle(after, new Outcome.Delivered(Reason.RECORDED));
                neighbours.carryOut(desk, before, cause, step, Cause.REPLACED);
            }
        }
    }
}
