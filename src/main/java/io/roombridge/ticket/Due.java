package io.roombridge.ticket;

import java.time.Instant;
import java.util.Optional;

/**
 * What an appointment of a ticket asks for when its time has come. Pure, like {@link Lifecycle}; the incident's present
 * state is read where the step is carried out.
 */
public final class Due {

    private Due() {}

    /**
     * What an appointment asks for when its time has come; empty when the reason for it is gone, and the appointment with
     * it.
     *
     * @param now the bridge's clock, at or after the appointment
     */
    public static Optional<Step> step(Appointment kind, Ticket ticket, Surroundings around, Instant now) {
        return switch (kind) {
            case RECOVERY -> recovery(ticket, around, now);
            case SUPPRESSION -> suppression(ticket, around, now);
            case OUT_OF_SIGHT -> outOfSight(ticket, around);
            case UNENROLMENT -> unenrolment(ticket, around);
            case GRACE -> grace(ticket);
            case CATCH_UP ->
                ticket.rebuilt()
                        .filter(mark -> ticket.current().isPresent())
                        .map(mark -> mark.caughtUp(ticket, around, now));
        };
    }

    private static Optional<Step> recovery(Ticket ticket, Surroundings around, Instant now) {
        if (ticket.unhealthy() || ticket.current().isEmpty() || ticket.silence().isPresent()) {
            return Optional.empty();
        }
        if (around.absorbable()) {
            Instant both = around.sight().lost()
                    ? now.plus(around.holdDown())
                    : around.sight()
                            .backSince()
                            .map(back -> back.plus(around.holdDown()))
                            .orElse(now);
            if (both.isAfter(now)) {
                return Optional.of(new Step.Settle(
                        ticket.appointed(Appointment.RECOVERY, both), new Outcome.Ignored(Reason.OFFLINE)));
            }
        } else if (!around.sight().believes(ticket.conditionSince())) {
            return Optional.of(new Step.Settle(around.disbelieved(ticket), new Outcome.Ignored(Reason.OFFLINE)));
        }
        return Optional.of(new Step.Recover(recovered(ticket), ticket.current().get(), ticket.conditionSince()));
    }

    private static Optional<Step> suppression(Ticket ticket, Surroundings around, Instant now) {
        if (ticket.silence().isEmpty() || ticket.current().isEmpty()) {
            return around.heldBack().isEmpty()
                    ? Lifecycle.reconsider(ticket.without(Appointment.SUPPRESSION))
                    : Optional.empty();
        }
        Silence silence = ticket.silence().get();
        if (!around.suppressed()) {
            return Optional.of(heardAgain(ticket, silence, around, now));
        }
        Ticket waiting = around.suppressedUntil()
                .filter(until -> until.isAfter(now))
                .map(until -> ticket.appointed(Appointment.SUPPRESSION, until))
                .orElseGet(() -> ticket.without(Appointment.SUPPRESSION));
        return Optional.of(
                silence.noted()
                        ? new Step.Settle(waiting, new Outcome.Ignored(Reason.SUPPRESSED))
                        : new Step.Say(
                                waiting.withSilence(Optional.of(silence.told())),
                                ticket.current().get(),
                                Remark.SUPPRESSED,
                                silence.since(),
                                Optional.empty()));
    }

    /** One look at what is so now, whatever happened meanwhile and in whatever order it was told. */
    private static Step heardAgain(Ticket ticket, Silence silence, Surroundings around, Instant now) {
        Incident current = ticket.current().orElseThrow();
        boolean active = current.state().active();
        Ticket heard = around.mark(ticket.withSilence(Optional.empty()).without(Appointment.SUPPRESSION), now);
        if (!heard.unhealthy() && active && !heard.appointments().containsKey(Appointment.RECOVERY)) {
            heard = heard.appointed(Appointment.RECOVERY, now.plus(around.holdDown()));
        }
        if (!active && silence.relapsed(heard) && !heard.quietUntilHealthy()) {
            return new Step.Relapse(heard.relapsed(), current);
        }
        if (!active && silence.grace() && heard.unhealthy()) {
            heard = heard.appointed(Appointment.GRACE, now.plus(around.grace()));
        }
        Optional<Severity> previous = Optional.of(silence.severity())
                .filter(before -> before != ticket.portal().severity());
        if (silence.noted()) {
            return new Step.Heard(heard, current, silence.since(), previous);
        }
        boolean differs =
                previous.isPresent() || !silence.title().equals(ticket.portal().title());
        return differs && heard.unhealthy()
                ? new Step.Update(heard, current, previous)
                : new Step.Settle(heard, new Outcome.Delivered(Reason.ALREADY_AGREED));
    }

    private static Optional<Step> outOfSight(Ticket ticket, Surroundings around) {
        boolean holds = around.sight().lost() && ticket.silence().isEmpty() && ticket.hasActiveIncident();
        return holds
                ? Optional.of(new Step.Say(
                        ticket.without(Appointment.OUT_OF_SIGHT),
                        ticket.current().get(),
                        around.absorbable() ? Remark.ABSORBED : Remark.STATE_UNKNOWN,
                        around.sight().lostSince().get(),
                        around.offlineNumber()))
                : Optional.empty();
    }

    private static Optional<Step> unenrolment(Ticket ticket, Surroundings around) {
        boolean holds = around.unenrolledSince().isPresent()
                && ticket.silence().isEmpty()
                && ticket.current().isPresent();
        return holds
                ? Optional.of(new Step.Retire(
                        ticket.without(Appointment.UNENROLMENT).withHeldBack(Optional.of(Reason.UNENROLLED)),
                        ticket.current().get(),
                        around.unenrolledSince().get()))
                : Optional.empty();
    }

    private static Optional<Step> grace(Ticket ticket) {
        boolean stillSo = ticket.unhealthy()
                && ticket.silence().isEmpty()
                && ticket.current()
                        .filter(incident -> incident.state() == IncidentState.RESOLVED)
                        .isPresent();
        return stillSo
                ? Optional.of(new Step.Say(
                        ticket.without(Appointment.GRACE),
                        ticket.current().get(),
                        Remark.STILL_UNHEALTHY,
                        ticket.conditionSince(),
                        Optional.empty()))
                : Optional.empty();
    }

    /** The recovery counts: whatever was agreed about the unhealthy signal is over with it. */
    private static Ticket recovered(Ticket ticket) {
        return ticket.without(Appointment.RECOVERY).without(Appointment.GRACE).withQuietUntilHealthy(false);
    }
}
