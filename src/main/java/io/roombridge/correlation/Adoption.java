package io.roombridge.correlation;

import io.roombridge.adoption.Doubt;
import io.roombridge.adoption.NativeIncident;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What was decided about the incident that another integration made for a ticket.
 *
 * @param ticket empty until the bridge has heard of the ticket
 * @param incident its sys_id
 * @param number its number; of an incident that ServiceNow does not show, what the export says
 * @param doubt why it waits for a person
 * @param detail one clause for people
 * @param formerId what stood in {@code correlation_id} before, and {@code formerDisplay} in {@code correlation_display}
 * @param decided whether a person decided this one, so that no import changes it
 * @param by who imported or decided it, and {@code reason} why
 * @param at when, by the bridge's clock
 */
public record Adoption(
        String tenant,
        String portalTicketId,
        String instance,
        Optional<TicketId> ticket,
        Optional<String> incident,
        Optional<String> number,
        State state,
        Optional<Doubt> doubt,
        String detail,
        String room,
        String signal,
        String formerId,
        String formerDisplay,
        boolean decided,
        String by,
        String reason,
        Instant at) {

    /** How far it is. */
    public enum State {
        /** Linked as soon as the bridge is live and has heard of the ticket. */
        PLANNED,
        /** Waits for a person; the ticket gets no incident. */
        UNCERTAIN,
        /** The incident is the ticket's. */
        LINKED,
        /** There is nothing to take over: the ticket gets a new incident when it needs one. */
        DECLINED,
        /** The incident is given back. */
        ROLLING_BACK,
        /** Given back; the ticket gets no incident. */
        ROLLED_BACK;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Adoption in(State next, String said) {
        return with(next, Optional.empty(), said, decided);
    }

    /** Nobody's decision stands in the way of another import. */
    public Adoption doubted(Doubt why, String said) {
        return with(State.UNCERTAIN, Optional.of(why), said, false);
    }

    private Adoption with(State next, Optional<Doubt> why, String said, boolean byPerson) {
        return new Adoption(
                tenant,
                portalTicketId,
                instance,
                ticket,
                incident,
                number,
                next,
                why,
                said,
                room,
                signal,
                formerId,
                formerDisplay,
                byPerson,
                by,
                reason,
                at);
    }

    /** A person's own word. */
    public Adoption decidedBy(String who, String why, Instant when) {
        return new Adoption(
                tenant,
                portalTicketId,
                instance,
                ticket,
                incident,
                number,
                state,
                doubt,
                detail,
                room,
                signal,
                formerId,
                formerDisplay,
                true,
                who,
                why,
                when);
    }

    public Adoption of(TicketId known) {
        return about(Optional.of(known), incident, number, formerId, formerDisplay);
    }

    /** With the incident that is to be taken over, as it stands; what the bridge wrote there itself is nothing to go back to. */
    public Adoption taking(NativeIncident found) {
        boolean own =
                ticket.filter(id -> id.value().equals(found.correlationId())).isPresent();
        return about(
                ticket,
                Optional.of(found.sysId()),
                Optional.of(found.number()),
                own ? formerId : found.correlationId(),
                own ? formerDisplay : found.correlationDisplay());
    }

    private Adoption about(
            Optional<TicketId> known,
            Optional<String> sysId,
            Optional<String> itsNumber,
            String former,
            String formerShown) {
        return new Adoption(
                tenant,
                portalTicketId,
                instance,
                known,
                sysId,
                itsNumber,
                state,
                doubt,
                detail,
                room,
                signal,
                former,
                formerShown,
                decided,
                by,
                reason,
                at);
    }

    /** Whether another import may say otherwise. */
    boolean open() {
        return !decided && (state == State.PLANNED || state == State.UNCERTAIN || state == State.DECLINED);
    }

    /** Whether both say the same about the ticket, whoever said it and when. */
    boolean sameAs(Adoption other) {
        return state == other.state
                && doubt.equals(other.doubt)
                && incident.equals(other.incident)
                && number.equals(other.number)
                && detail.equals(other.detail);
    }
}
