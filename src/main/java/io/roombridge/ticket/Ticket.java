package io.roombridge.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    /** The newest incident that is not canceled. */
    public Optional<Incident> current() {
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (chain.get(i).state() != IncidentState.CANCELED) {
                return Optional.of(chain.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether a change with this sequence says nothing new about fields and states. */
    public boolean hasApplied(OptionalLong sequence) {
        return sequence.isPresent()
                && appliedSequence.isPresent()
                && sequence.getAsLong() <= appliedSequence.getAsLong();
    }

    /** The ticket with the facts of a newer change; condition, episode and incidents stay as they are. */
    public Ticket seeing(Change change) {
        PortalTicket block = change.ticket().orElseThrow();
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                version,
                block,
                change.sequence(),
                condition,
                conditionSince,
                episode,
                holdDownUntil,
                heldBack,
                chain,
                change.device().map(Device::id).or(() -> deviceId),
                change.rooms().stream().findFirst().map(Room::id).or(() -> roomId),
                change.payload(),
                createdAt);
    }

    public Ticket withCondition(Condition newCondition, Instant since) {
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                version,
                portal,
                appliedSequence,
                newCondition,
                since,
                episode,
                holdDownUntil,
                heldBack,
                chain,
                deviceId,
                roomId,
                lastEvent,
                createdAt);
    }

    public Ticket withHoldDownUntil(Optional<Instant> until) {
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                version,
                portal,
                appliedSequence,
                condition,
                conditionSince,
                episode,
                until,
                heldBack,
                chain,
                deviceId,
                roomId,
                lastEvent,
                createdAt);
    }

    public Ticket withHeldBack(Optional<Reason> reason) {
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                version,
                portal,
                appliedSequence,
                condition,
                conditionSince,
                episode,
                holdDownUntil,
                reason,
                chain,
                deviceId,
                roomId,
                lastEvent,
                createdAt);
    }

    public Ticket withEpisode(int newEpisode) {
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                version,
                portal,
                appliedSequence,
                condition,
                conditionSince,
                newEpisode,
                holdDownUntil,
                heldBack,
                chain,
                deviceId,
                roomId,
                lastEvent,
                createdAt);
    }

    public Ticket withVersion(long newVersion) {
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                newVersion,
                portal,
                appliedSequence,
                condition,
                conditionSince,
                episode,
                holdDownUntil,
                heldBack,
                chain,
                deviceId,
                roomId,
                lastEvent,
                createdAt);
    }

    /** The ticket with one more incident at the end of its chain. */
    public Ticket followedBy(Incident incident) {
        List<Incident> longer = new ArrayList<>(chain);
        longer.removeIf(known -> known.sysId().equals(incident.sysId()));
        longer.add(incident);
        return withChain(longer);
    }

    /** The ticket with the incident of that sys_id changed. */
    public Ticket withIncident(String sysId, UnaryOperator<Incident> change) {
        return withChain(chain.stream()
                .map(incident -> incident.sysId().equals(sysId) ? change.apply(incident) : incident)
                .toList());
    }

    private Ticket withChain(List<Incident> newChain) {
        return new Ticket(
                id,
                tenant,
                instance,
                key,
                version,
                portal,
                appliedSequence,
                condition,
                conditionSince,
                episode,
                holdDownUntil,
                heldBack,
                newChain,
                deviceId,
                roomId,
                lastEvent,
                createdAt);
    }
}
