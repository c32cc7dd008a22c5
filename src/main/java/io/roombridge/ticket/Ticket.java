package io.roombridge.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
 * @param appointments what the ticket waits for, and until when by the bridge's clock
 * @param heldBack why an unhealthy ticket has no incident (suppressed, onboarding, …)
 * @param chain its incidents, oldest first, linked by {@code parent}
 * @param deviceId the device that reported it last
 * @param roomId the room, or the first of a recorded issue
 * @param lastEvent the payload of the change that {@code portal} comes from, the input of later mappings; {@link Unsigned}
 * @param portalAt the event time of that change
 * @param silence set while the signal or its device is suppressed and the ticket has an incident
 * @param outOfSightSince set while the portal cannot see the device and the incident says so
 * @param quietUntilHealthy an agent resolved the incident with a code that asks for quiet until the signal was healthy once
 * @param createdAt when the bridge first saw the ticket, by the bridge's clock
 * @param rebuilt set while the ticket, rebuilt from ServiceNow, waits for the hub to be read up to that moment
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
        Map<Appointment, Instant> appointments,
        Optional<Reason> heldBack,
        List<Incident> chain,
        Optional<String> deviceId,
        Optional<String> roomId,
        String lastEvent,
        Instant portalAt,
        Optional<Silence> silence,
        Optional<Instant> outOfSightSince,
        boolean quietUntilHealthy,
        Instant createdAt,
        Optional<Rebuilt> rebuilt) {

    /** What the portal last said of the signal. */
    public enum Condition {
        UNHEALTHY,
        HEALTHY
    }

    /** Documents written before appointments have neither these nor the marks. */
    public Ticket {
        chain = List.copyOf(chain);
        Map<Appointment, Instant> sorted = new EnumMap<>(Appointment.class);
        sorted.putAll(appointments == null ? Map.of() : appointments);
        appointments = Collections.unmodifiableMap(sorted);
        portalAt = portalAt == null ? conditionSince : portalAt;
        silence = silence == null ? Optional.empty() : silence;
        outOfSightSince = outOfSightSince == null ? Optional.empty() : outOfSightSince;
        rebuilt = rebuilt == null ? Optional.empty() : rebuilt;
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
                Map.of(),
                Optional.empty(),
                List.of(),
                change.device().map(Device::id),
                change.rooms().stream().findFirst().map(Room::id),
                Unsigned.of(change.payload()),
                change.at(),
                Optional.empty(),
                Optional.empty(),
                false,
                now,
                Optional.empty());
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

    /** Whether somebody may be working on it, as far as the bridge knows. */
    public boolean hasActiveIncident() {
        return current().filter(incident -> incident.state().active()).isPresent();
    }

    /** When a recovery has held, while one is waiting for that; a relapse before it writes nothing. */
    public Optional<Instant> holdDownUntil() {
        return Optional.ofNullable(appointments.get(Appointment.RECOVERY));
    }

    /** What the ticket waits for first. */
    public Optional<Appointment> nextAppointment() {
        return appointments.entrySet().stream()
                .min(Map.Entry.<Appointment, Instant>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .map(Map.Entry::getKey);
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
            // Who reports beside the portal has no sequence, and takes none away.
            copy.appliedSequence = change.sequence().isPresent() ? change.sequence() : appliedSequence;
            copy.deviceId = change.device().map(Device::id).or(() -> deviceId);
            copy.roomId = change.rooms().stream().findFirst().map(Room::id).or(() -> roomId);
            copy.lastEvent = Unsigned.of(change.payload());
            copy.portalAt = change.at();
        });
    }

    /**
     * The ticket when nobody needs the words of its last event any more.
     *
     * @param reduced what is left of the event
     * @param url what is left of the portal's address of the ticket
     */
    public Ticket withoutWords(String reduced, Optional<String> url) {
        return changed(copy -> {
            copy.lastEvent = reduced;
            copy.portal = portal.withoutWords(url);
        });
    }

    public Ticket withCondition(Condition newCondition, Instant since) {
        return changed(copy -> {
            copy.condition = newCondition;
            copy.conditionSince = since;
        });
    }

    public Ticket withHoldDownUntil(Optional<Instant> until) {
        return until.map(at -> appointed(Appointment.RECOVERY, at)).orElseGet(() -> without(Appointment.RECOVERY));
    }

    /** An appointment of that kind at that instant, instead of any before. */
    public Ticket appointed(Appointment kind, Instant at) {
        return changed(copy -> copy.appointments.put(kind, at));
    }

    /** An appointment of that kind no later than that. */
    public Ticket appointedBy(Appointment kind, Instant at) {
        return changed(copy -> copy.appointments.merge(kind, at, (one, other) -> one.isBefore(other) ? one : other));
    }

    public Ticket without(Appointment kind) {
        return changed(copy -> copy.appointments.remove(kind));
    }

    /** Suppressed: its clocks stand still. */
    Ticket silenced(Instant since) {
        Silence begun = Silence.of(this, since);
        return changed(copy -> copy.silence = Optional.of(begun))
                .without(Appointment.RECOVERY)
                .without(Appointment.GRACE)
                .without(Appointment.UNENROLMENT);
    }

    Ticket withSilence(Optional<Silence> newSilence) {
        return changed(copy -> copy.silence = newSilence);
    }

    Ticket withOutOfSight(Optional<Instant> since) {
        return changed(copy -> copy.outOfSightSince = since);
    }

    /** With the mark of a rebuild, or without it. */
    public Ticket withRebuilt(Optional<Rebuilt> mark) {
        return changed(copy -> copy.rebuilt = mark);
    }

    public Ticket withQuietUntilHealthy(boolean quiet) {
        return changed(copy -> copy.quietUntilHealthy = quiet);
    }

    /** A new stretch begins: nothing that was agreed about the one before holds any more. */
    Ticket relapsed() {
        return withEpisode(episode + 1)
                .withHeldBack(Optional.empty())
                .withQuietUntilHealthy(false)
                .without(Appointment.GRACE);
    }

    /** The device was removed, which counts as a recovery: what comes next is a relapse, once the device is back. */
    public Ticket retired(Instant since) {
        return withCondition(Condition.HEALTHY, since)
                .withHeldBack(Optional.of(Reason.UNENROLLED))
                .without(Appointment.RECOVERY)
                .without(Appointment.GRACE)
                .without(Appointment.OUT_OF_SIGHT);
    }

    /** The ticket as the new hardware's. */
    public Ticket withDevice(String newDevice) {
        return changed(copy -> copy.deviceId = Optional.of(newDevice));
    }

    public Ticket withHeldBack(Optional<Reason> reason) {
        return changed(copy -> copy.heldBack = reason);
    }

    /** As it begins when the bridge goes live: of what shadow mode imagined nothing is left, of the portal's word everything. */
    public Ticket activated() {
        return changed(copy -> {
            copy.chain.clear();
            copy.appointments.clear();
            copy.silence = Optional.empty();
            copy.outOfSightSince = Optional.empty();
            copy.quietUntilHealthy = false;
            copy.episode = 1;
            copy.heldBack = unhealthy() ? Optional.of(Reason.SHADOW) : Optional.empty();
        });
    }

    /** Its incident is nobody's of the bridge any more, and nothing waits for it. */
    public Ticket givingBack(String sysId, Reason why) {
        return changed(copy -> {
            copy.chain.removeIf(incident -> incident.sysId().equals(sysId));
            if (copy.chain.isEmpty()) {
                copy.appointments.clear();
                copy.silence = Optional.empty();
                copy.outOfSightSince = Optional.empty();
                copy.quietUntilHealthy = false;
                copy.heldBack = Optional.of(why);
            }
        });
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
                copy.appointments,
                copy.heldBack,
                copy.chain,
                copy.deviceId,
                copy.roomId,
                copy.lastEvent,
                copy.portalAt,
                copy.silence,
                copy.outOfSightSince,
                copy.quietUntilHealthy,
                createdAt,
                copy.rebuilt);
    }

    /** What may change in the life of a ticket, open for change. Never leaves {@link #changed}. */
    private static final class Copy {

        private long version;
        private PortalTicket portal;
        private OptionalLong appliedSequence;
        private Condition condition;
        private Instant conditionSince;
        private int episode;
        private final Map<Appointment, Instant> appointments = new EnumMap<>(Appointment.class);
        private Optional<Reason> heldBack;
        private final List<Incident> chain;
        private Optional<String> deviceId;
        private Optional<String> roomId;
        private String lastEvent;
        private Instant portalAt;
        private Optional<Silence> silence;
        private Optional<Instant> outOfSightSince;
        private boolean quietUntilHealthy;
        private Optional<Rebuilt> rebuilt;

        private Copy(Ticket ticket) {
            version = ticket.version;
            portal = ticket.portal;
            appliedSequence = ticket.appliedSequence;
            condition = ticket.condition;
            conditionSince = ticket.conditionSince;
            episode = ticket.episode;
            appointments.putAll(ticket.appointments);
            heldBack = ticket.heldBack;
            chain = new ArrayList<>(ticket.chain);
            deviceId = ticket.deviceId;
            roomId = ticket.roomId;
            lastEvent = ticket.lastEvent;
            portalAt = ticket.portalAt;
            silence = ticket.silence;
            outOfSightSince = ticket.outOfSightSince;
            quietUntilHealthy = ticket.quietUntilHealthy;
            rebuilt = ticket.rebuilt;
        }
    }
}
