package io.roombridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One test for each rule of the lifecycle, in the order of a ticket's life. */
class LifecycleTest {

    private static final Duration HOLD_DOWN = Duration.ofMinutes(15);
    private static final Surroundings QUIET = Surroundings.quiet(HOLD_DOWN, Duration.ofMinutes(10));
    private static final Instant NOW = Changes.MORNING.plusSeconds(5);

    @Test
    void anUnhealthySignalGetsAnIncident() {
        assertThat(decide(Optional.empty(), Changes.opened(1))).isInstanceOf(Step.Create.class);
    }

    @Test
    void anyEventOfAnUnknownTicketCreatesFromItsTicketBlock() {
        assertThat(decide(Optional.empty(), Changes.severity(3, Severity.CRITICAL)))
                .isInstanceOf(Step.Create.class);
        assertThat(decide(Optional.empty(), Changes.message("m-1"))).isInstanceOf(Step.Create.class);
    }

    @Test
    void aRecoveryOfAnUnknownTicketIsCreatedAndHeldDown() {
        Step step = decide(Optional.empty(), Changes.resolved(2));

        assertThat(step).isInstanceOf(Step.Create.class);
        assertThat(step.ticket().holdDownUntil())
                .contains(Changes.resolved(2).at().plus(HOLD_DOWN));
    }

    @Test
    void aTicketHeldBackIsRecordedWithItsReasonAndCreatesNothing() {
        Step step = Lifecycle.decide(Optional.empty(), Changes.opened(1), "main", heldBack(Reason.SUPPRESSED), NOW);

        assertThat(outcome(step)).isEqualTo(new Outcome.Ignored(Reason.SUPPRESSED));
        assertThat(step.ticket().heldBack()).contains(Reason.SUPPRESSED);
    }

    @Test
    void aTicketHeldBackIsCreatedWhenNothingHoldsItBackAnyMore() {
        Ticket held = Lifecycle.decide(Optional.empty(), Changes.opened(1), "main", heldBack(Reason.ONBOARDING), NOW)
                .ticket();

        assertThat(Lifecycle.reconsider(held)).get().isInstanceOf(Step.Create.class);
    }

    @Test
    void aRecommendationStaysOneWhateverIsLiftedInItsRoom() {
        Change recommended =
                Changes.change(Change.Kind.TICKET_OPENED, 1, PortalState.NEEDS_ACTION, Severity.RECOMMENDED, 1);
        Ticket held = Lifecycle.decide(Optional.empty(), recommended, "main", heldBack(Reason.RECOMMENDED_ONLY), NOW)
                .ticket();

        assertThat(Lifecycle.reconsider(held)).isEmpty();
    }

    @Test
    void aTicketThatWasHeldBackAndHealedHasNothingToShow() {
        Optional<Ticket> held = Optional.of(
                Lifecycle.decide(Optional.empty(), Changes.opened(1), "main", heldBack(Reason.SUPPRESSED), NOW)
                        .ticket());

        assertThat(outcome(decide(held, Changes.resolved(2)))).isEqualTo(new Outcome.Ignored(Reason.NOT_UNHEALTHY));
    }

    @Test
    void theLateOpenedOfAKnownTicketIsADuplicate() {
        assertThat(outcome(decide(open(5), Changes.opened(1)))).isEqualTo(new Outcome.Duplicate(Reason.ALREADY_OPEN));
    }

    @Test
    void aLowerSequenceChangesNoField() {
        assertThat(outcome(decide(open(5), Changes.severity(4, Severity.CRITICAL))))
                .isEqualTo(new Outcome.Duplicate(Reason.STALE));
    }

    @Test
    void aMessageAppliesWhateverItsSequence() {
        assertThat(decide(open(200), Changes.message("m-1"))).isInstanceOf(Step.Note.class);
    }

    @Test
    void aSeverityChangeUpdatesTheIncidentAndRemembersTheOldOne() {
        Step step = decide(open(1), Changes.severity(2, Severity.CRITICAL));

        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.Update.class,
                        update -> assertThat(update.previousSeverity()).contains(Severity.IMPORTANT));
    }

    @Test
    void aRecoveryStartsTheHoldDownAndWritesNothing() {
        Step step = decide(open(1), Changes.resolved(2));

        assertThat(outcome(step)).isEqualTo(new Outcome.Delivered(Reason.HOLD_DOWN_STARTED));
        assertThat(step.ticket().holdDownUntil())
                .contains(Changes.resolved(2).at().plus(HOLD_DOWN));
    }

    @Test
    void aRelapseInsideTheHoldDownWritesNothingAndIsTheSameEpisode() {
        Step step = decide(recovering(2), Changes.reopened(3, 2));

        assertThat(outcome(step)).isEqualTo(new Outcome.Ignored(Reason.RELAPSE_IN_HOLD_DOWN));
        assertThat(step.ticket().holdDownUntil()).isEmpty();
        assertThat(step.ticket().unhealthy()).isTrue();
        assertThat(step.ticket().episode()).isEqualTo(1);
    }

    @Test
    void aRelapseInsideTheHoldDownThatIsWorseUpdatesTheIncident() {
        Change worse = Changes.change(Change.Kind.TICKET_REOPENED, 3, PortalState.NEEDS_ACTION, Severity.CRITICAL, 2);

        assertThat(decide(recovering(2), worse)).isInstanceOf(Step.Update.class);
    }

    @Test
    void aRecoveryIsDueOnlyWhenItHasHeld() {
        Ticket ticket = recovering(2).orElseThrow();
        Instant until = ticket.holdDownUntil().orElseThrow();

        assertThat(ticket.nextAppointment()).contains(Appointment.RECOVERY);
        assertThat(Due.step(Appointment.RECOVERY, ticket, QUIET, until)).get().isInstanceOf(Step.Recover.class);
    }

    @Test
    void aRelapseAfterTheHoldDownIsANewEpisode() {
        Ticket healthy = Due.step(
                        Appointment.RECOVERY, recovering(2).orElseThrow(), QUIET, NOW.plus(Duration.ofHours(1)))
                .orElseThrow()
                .ticket();

        Step step = decide(Optional.of(healthy), Changes.reopened(3, 2));

        assertThat(step).isInstanceOf(Step.Relapse.class);
        assertThat(step.ticket().episode()).isEqualTo(2);
    }

    @Test
    void aHigherOccurrenceShowsARecoveryThatWasNeverSeen() {
        assertThat(decide(open(1), Changes.reopened(4, 2))).isInstanceOf(Step.Relapse.class);
    }

    @Test
    void aSecondRecoveryOfAHealthyTicketIsAgreed() {
        Change closed = Changes.change(Change.Kind.TICKET_CLOSED, 3, PortalState.CLOSED, Severity.IMPORTANT, 1);

        assertThat(outcome(decide(recovering(2), closed))).isEqualTo(new Outcome.Delivered(Reason.ALREADY_AGREED));
    }

    private static Surroundings heldBack(Reason reason) {
        Optional<Instant> suppressed = Optional.of(NOW).filter(now -> reason == Reason.SUPPRESSED);
        return new Surroundings(
                Optional.of(reason),
                suppressed,
                Optional.empty(),
                Optional.empty(),
                Sight.CLEAR,
                false,
                Optional.empty(),
                HOLD_DOWN,
                Duration.ofMinutes(10));
    }

    private static Step decide(Optional<Ticket> known, Change change) {
        return Lifecycle.decide(known, change, "main", QUIET, NOW);
    }

    private static Outcome outcome(Step step) {
        return ((Step.Settle) step).outcome();
    }

    private static Optional<Ticket> open(long sequence) {
        Change change = Changes.opened(sequence);
        return Optional.of(Ticket.born(change, "main", NOW)
                .seeing(change)
                .followedBy(new Incident(
                        "0".repeat(32),
                        "INC0010001",
                        IncidentState.NEW,
                        1,
                        change.id(),
                        Optional.empty(),
                        new Incident.Baseline("3", "2", "title"),
                        Told.nothingBut(IncidentState.NEW),
                        NOW)));
    }

    private static Optional<Ticket> recovering(long sequence) {
        return Optional.of(decide(open(1), Changes.resolved(sequence)).ticket());
    }
}
