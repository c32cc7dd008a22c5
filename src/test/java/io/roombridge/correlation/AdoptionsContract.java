package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.adoption.Doubt;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the plan of adoptions promises, on each database. */
abstract class AdoptionsContract {

    private static final Instant NOW = Instant.parse("2026-06-01T07:00:00Z");
    private static final TicketId TICKET = new TicketId("rb-" + "0".repeat(40));

    private Adoptions adoptions;

    abstract Jdbi jdbi();

    @BeforeEach
    void empty() {
        jdbi().useHandle(handle -> handle.execute("delete from adoption"));
        adoptions = new Adoptions(jdbi());
    }

    private static Adoption row(String id, State state) {
        return new Adoption(
                "contoso",
                id,
                "main",
                Optional.of(TICKET),
                Optional.of("1".repeat(32)),
                Optional.of("INC1"),
                state,
                state == State.UNCERTAIN ? Optional.of(Doubt.FOREIGN_ID) : Optional.empty(),
                "the export names it",
                "Room 4",
                "Camera",
                "",
                "MTR",
                false,
                "Beth Anglin",
                "cut-over",
                NOW);
    }

    private int plan(State state) {
        return adoptions.plan(List.of(row("T-1", state)), "Beth Anglin", "cut-over", NOW);
    }

    private int rollBack(Optional<String> portalTicketId) {
        return adoptions.rollBack(
                Optional.of("contoso"), portalTicketId, true, new Adoptions.Decision("Beth Anglin", "no", NOW));
    }

    private State state() {
        return adoptions.all().get(0).state();
    }

    @Test
    void theSamePlanAgainChangesNothingAndANewerOneWhatIsOpen() {
        assertThat(plan(State.PLANNED)).isEqualTo(1);
        assertThat(plan(State.PLANNED)).isZero();
        assertThat(plan(State.UNCERTAIN)).isEqualTo(1);
        assertThat(plan(State.DECLINED)).isEqualTo(1);
        assertThat(state()).isEqualTo(State.DECLINED);
        assertThat(plan(State.PLANNED)).isEqualTo(1);
    }

    @Test
    void whereNothingIsToBeTakenOverNoRowIsNeeded() {
        assertThat(plan(State.DECLINED)).isZero();
        assertThat(adoptions.all()).isEmpty();
    }

    @Test
    void whatIsLinkedOrDecidedByAPersonNoImportChanges() {
        plan(State.PLANNED);
        adoptions.decide(
                row("T-1", State.DECLINED).decidedBy("Beth Anglin", "asked", NOW),
                Optional.of(row("T-1", State.PLANNED)),
                "asked");
        assertThat(plan(State.PLANNED)).isZero();

        adoptions.decide(row("T-2", State.LINKED), Optional.empty(), "asked");
        assertThat(adoptions.plan(List.of(row("T-2", State.UNCERTAIN)), "Beth Anglin", "again", NOW))
                .isZero();
    }

    @Test
    void aTicketIsHeldByItsPortalIdAndByItsOwn() {
        plan(State.UNCERTAIN);
        TicketId other = new TicketId("rb-" + "2".repeat(40));

        assertThat(adoptions.holds("contoso", "T-1", other)).isTrue();
        assertThat(adoptions.holds("contoso", "T-9", TICKET)).isTrue();
        assertThat(adoptions.holds("contoso", "T-9", other)).isFalse();
        assertThat(adoptions.holds("fabrikam", "T-1", TICKET)).isFalse();
    }

    @Test
    void whatThePortalHasNotNamedHoldsNoOther() {
        TicketId other = new TicketId("rb-" + "2".repeat(40));
        adoptions.plan(List.of(row(PortalTicket.NOT_NAMED, State.UNCERTAIN)), "Beth Anglin", "cut-over", NOW);

        assertThat(adoptions.holds("contoso", PortalTicket.NOT_NAMED, TICKET)).isTrue();
        assertThat(adoptions.holds("contoso", PortalTicket.NOT_NAMED, other)).isFalse();
    }

    @Test
    void aRollbackTakesOneOrAllThatAreLinked() {
        adoptions.decide(row("T-1", State.LINKED), Optional.empty(), "x");
        adoptions.decide(row("T-2", State.LINKED), Optional.empty(), "x");
        adoptions.decide(row("T-3", State.UNCERTAIN), Optional.empty(), "x");

        assertThat(rollBack(Optional.of("T-2"))).isEqualTo(1);
        assertThat(rollBack(Optional.empty())).isEqualTo(1);
        assertThat(rollBack(Optional.empty())).isZero();
        assertThat(adoptions.waiting("main", State.ROLLING_BACK)).isEmpty();
        adoptions.meet();
        assertThat(adoptions.released()).isEmpty();
    }

    @Test
    void aRollbackOfATenantTouchesNoOther() {
        plan(State.LINKED);
        assertThat(adoptions.rollBack(
                        Optional.of("fabrikam"),
                        Optional.empty(),
                        true,
                        new Adoptions.Decision("Beth Anglin", "no", NOW)))
                .isZero();
        assertThat(state()).isEqualTo(State.LINKED);
    }

    @Test
    void whatMovedOnMeanwhileIsNotDecided() {
        plan(State.PLANNED);

        assertThatThrownBy(() ->
                        adoptions.decide(row("T-1", State.DECLINED), Optional.of(row("T-1", State.UNCERTAIN)), "late"))
                .isInstanceOf(VersionMoved.class);
        assertThatThrownBy(() -> adoptions.doubt(row("T-1", State.LINKED), Doubt.REFUSED, "late"))
                .isInstanceOf(VersionMoved.class);
        assertThat(state()).isEqualTo(State.PLANNED);
    }

    @Test
    void whatAPersonDecidedMeanwhileIsNotDecidedByWhatWasReadBefore() {
        plan(State.PLANNED);
        Adoption read = adoptions.all().get(0);
        Adoption byPerson = read.decidedBy("Beth Anglin", "asked", NOW.plusSeconds(1));
        adoptions.decide(byPerson, Optional.of(read), "asked");

        assertThatThrownBy(() -> adoptions.doubt(read, Doubt.REFUSED, "late")).isInstanceOf(VersionMoved.class);
        assertThat(adoptions.all()).containsExactly(byPerson);
    }

    @Test
    void whatIsTooLongIsCutInsteadOfRefused() {
        Adoption row = row("T-1", State.UNCERTAIN).doubted(Doubt.REFUSED, "x".repeat(5000));

        adoptions.plan(List.of(row), "Beth Anglin", "cut-over", NOW);

        assertThat(adoptions.all())
                .singleElement()
                .satisfies(kept -> assertThat(kept.detail()).hasSize(2000));
    }
}
