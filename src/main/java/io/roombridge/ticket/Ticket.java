package io.roombridge.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The one record of a room signal, for ever. Portal ticket ids and incidents are its history.
 *
 * @param instance the name of the ServiceNow instance that serves the tenant
 * @param version the row version; every commit raises it by one, 0 means never committed
 * @param portal the portal's view, from the change with the highest sequence applied so far
 * @param appliedSequence the highest sequence applied; fields of lower ones are stale
 * @param condition whether the signal is healthy, in the portal's last word
 * @param conditionSince since when, by the portal's event time
 * @param episode counts the stretches from unhealthy to a recovery that held; 1 is the first
 * @param holdDownUntil set while a recovery has to prove itself; a relapse before it writes nothing
 * @param heldBack why an unhealthy ticket has no incident (suppressed, onboarding, …)
 * @param chain its incidents, oldest first, linked by {@code parent}
 * @param deviceId the device that reported it last
 * @param roomId the room, or the first of a recorded issue
 * @param lastEvent the payload of the change that {@code portal} comes from, the input of later mappings
 * @param createdAt when the bridge first saw the ticket, by the bridge's clock
 */
public record Ticket(
        TicketId id,
        String tenant,
        String instance,
        TicketKey key,
        long version,
        PortalTicket portal,
        OptionalLong appliedSequence,
        Condition condition,
        Instant conditionSince,
        int episode,
        Optional<Instant> holdDownUntil,
        Optional<Reason> heldBack,
        List<Incident> chain,
        Optional<String> deviceId,
        Optional<String> roomId,
        String lastEvent,
        Instant createdAt) {

    /** What the portal last said of the signal. */
    public enum Condition {
        UNHEALTHY,
        HEALTHY
    }

    public Ticket {
        chain = List.copyOf(chain);
    }

    /** A ticket as its first change shows it, before anything was written anywhere. */
    public static Ticket born(Change change, String instance, Instant now) {
        PortalTicket block = change.ticket().orElseThrow();
        return new Ticket(
                block.key().id(),
                block.key().tenant(),
                instance,
                block.key(),
                0,
                block,
                OptionalLong.empty(),
                conditionOf(block),
                change.at(),
                1,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                change.device().map(Device::id),
                change.rooms().stream().findFirst().map(Room::id),
                change.payload(),
                now);
    }

    public static Condition conditionOf(PortalTicket block) {
        return block.state().unhealthy() ? Condition.UNHEALTHY : Condition.HEALTHY;
    }

    public boolean unhealthy() {
        return condition == Condition.UNHEALTHY;
    }

    /**
     * The incident that changes of the ticket go to: the newest that is not canceled, or the newest of all. A canceled one
     * takes no changes, but shows that the ticket comes back only with a new episode.
     */
    public Optional<Incident> current() {
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (chain.get(i).state() != IncidentState.CANCELED) {
                return Optional.of(chain.get(i));
            }
        }
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
    }

    /** Whether a change with this sequence says nothing new about fields and states. */
    public boolean hasApplied(OptionalLong sequence) {
        return sequence.isPresent()
                && appliedSequence.isPresent()
                && sequence.getAsLong() <= appliedSequence.getAsLong();
    }

    /** The ticket with the facts of a newer change; condition, episode and incidents stay as they are. */
    public Ticket seeing(Change change) {
        return changed(copy -> {
            copy.portal = change.ticket().orElseThrow();
            copy.appliedSequence = change.sequence();
            copy.deviceId = change.device().map(Device::id).or(() -> deviceId);
            copy.roomId = change.rooms().stream().findFirst().map(Room::id).or(() -> roomId);
            copy.lastEvent = change.payload();
        });
    }

    public Ticket withCondition(Condition newCondition, Instant since) {
        return changed(copy -> {
            copy.condition = newCondition;
            copy.conditionSince = since;
        });
    }

    public Ticket withHoldDownUntil(Optional<Instant> until) {
        return changed(copy -> copy.holdDownUntil = until);
    }

    public Ticket withHeldBack(Optional<Reason> reason) {
        return changed(copy -> copy.heldBack = reason);
    }

    public Ticket withEpisode(int newEpisode) {
        return changed(copy -> copy.episode = newEpisode);
    }

    public Ticket withVersion(long newVersion) {
        return changed(copy -> copy.version = newVersion);
    }

    /** The ticket with one more incident at the end of its chain. */
    public Ticket followedBy(Incident incident) {
        return changed(copy -> {
            copy.chain.removeIf(known -> known.sysId().equals(incident.sysId()));
            copy.chain.add(incident);
        });
    }

    /** The ticket with the incident of that sys_id changed. */
    public Ticket withIncident(String sysId, UnaryOperator<Incident> change) {
        return changed(copy ->
                copy.chain.replaceAll(incident -> incident.sysId().equals(sysId) ? change.apply(incident) : incident));
    }

    private Ticket changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                copy.version,
                copy.portal,
                copy.appliedSequence,
                copy.condition,
                copy.conditionSince,
                copy.episode,
                copy.holdDownUntil,
                copy.heldBack,
                copy.chain,
                copy.deviceId,
                copy.roomId,
                copy.lastEvent,
                createdAt);
    }

    /** What may change in the life of a ticket, open for change. Never leaves {@link #changed}. */
    private static final class Copy {

        private long version;
        private PortalTicket portal;
        private OptionalLong appliedSequence;
        private Condition condition;
        private Instant conditionSince;
        private int episode;
        private Optional<Instant> holdDownUntil;
        private Optional<Reason> heldBack;
        private final List<Incident> chain;
        private Optional<String> deviceId;
        private Optional<String> roomId;
        private String lastEvent;

        private Copy(Ticket ticket) {
            version = ticket.version;
            portal = ticket.portal;
            appliedSequence = ticket.appliedSequence;
            condition = ticket.condition;
            conditionSince = ticket.conditionSince;
            episode = ticket.episode;
            holdDownUntil = ticket.holdDownUntil;
            heldBack = ticket.heldBack;
            chain = new ArrayList<>(ticket.chain);
            deviceId = ticket.deviceId;
            roomId = ticket.roomId;
            lastEvent = ticket.lastEvent;
        }
    }
}
