package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.adoption.Doubt;
import io.roombridge.adoption.ExportedTicket;
import io.roombridge.correlation.Adoption;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Incidents of the native integration are taken over, none doubled (docs/operations.md, "Taking over from the native integration"). */
class AdoptionTest {

    private final Bench bench = Bench.inShadow();
    private final CutOver cutOver = new CutOver(bench);

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private List<Adoption> rows(State state) {
        return bench.books().adoptions().all().stream()
                .filter(row -> row.state() == state)
                .toList();
    }

    private void live() {
        bench.goLive();
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofMinutes(1));
    }

    private void settled() {
        for (int i = 0; i < 5; i++) {
            bench.pass(Duration.ofMinutes(5));
        }
    }

    /** One ticket whose incident is linked; nobody has taken it over if {@code i} is 2. */
    private String linked(int i) {
        bench.deliver(PortalEvent.of("room-" + i, "Camera").opened(1));
        String sysId = cutOver.nativeIncident(i, "room-" + i);
        cutOver.exported("room-" + i, cutOver.number(sysId));
        bench.pass(Duration.ofHours(1));
        cutOver.importIt();
        live();
        assertThat(rows(State.LINKED)).hasSize(1);
        return sysId;
    }

    @Test
    void whatPeopleWroteBeforeIsNotToldAndWhatTheyWriteAfterwardsIs() {
        String sysId = linked(0);
        bench.poll();
        assertThat(bench.told()).doesNotContain("message-add", "attachment-add");

        bench.pass(Duration.ofMinutes(1));
        bench.serviceNow.desk().as("beth.anglin").comment(sysId, "The cable is new");
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .attach(sysId, "new.png", "image/png", "new".getBytes(StandardCharsets.UTF_8));
        bench.poll();

        assertThat(bench.told().stream().filter("message-add"::equals)).hasSize(1);
        List<String> waiting = bench.jdbi()
                .withHandle(handle -> handle.createQuery("select name from file_job where state = 'WAITING'")
                        .mapTo(String.class)
                        .list());
        assertThat(waiting).containsExactly("new.png");
    }

    @Test
    void aLostStoreDoesNotTellWhatWasWrittenBeforeTheLinkEither() {
        String sysId = linked(0);
        bench.pass(Duration.ofMinutes(1));
        bench.serviceNow.desk().as("beth.anglin").comment(sysId, "The cable is new");

        bench.loseTheStore();
        bench.rebuild();
        bench.poll();

        assertThat(bench.incident("room-0", "Camera").sysId()).isEqualTo(sysId);
        assertThat(bench.told().stream().filter("message-add"::equals)).hasSize(1);
    }

    @Test
    void aRecoveryResolvesOnlyWhatNobodyTookOver() {
        String sysId = linked(2);
        bench.deliver(
                PortalEvent.of("room-2", "Camera").at(bench.clock.instant()).resolved(2));
        settled();

        assertThat(bench.state("room-2", "Camera")).isEqualTo(IncidentState.RESOLVED);

        bench.deliver(
                PortalEvent.of("room-2", "Camera").at(bench.clock.instant()).reopened(3, 2));
        assertThat(cutOver.incident(sysId).field("state")).isEqualTo(IncidentState.NEW.value());
    }

    @Test
    void aRecoveryLeavesOneNoteWhereSomebodyIsAtWork() {
        String sysId = linked(0);
        int notes = bench.serviceNow.desk().journal(sysId).size();
        bench.deliver(
                PortalEvent.of("room-0", "Camera").at(bench.clock.instant()).resolved(2));
        settled();

        assertThat(cutOver.incident(sysId).field("state")).isNotEqualTo(IncidentState.RESOLVED.value());
        assertThat(bench.serviceNow.desk().journal(sysId)).hasSize(notes + 1);
    }

    @Test
    void aTicketThatHealedBeforeTheCutOverRecoversInItsIncident() {
        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));
        String sysId = cutOver.nativeIncident(2, "room-2");
        cutOver.exported("room-2", cutOver.number(sysId));
        cutOver.importIt();
        bench.deliver(
                PortalEvent.of("room-2", "Camera").at(bench.clock.instant()).resolved(2));
        live();
        settled();

        assertThat(cutOver.incident(sysId).field("state")).isEqualTo(IncidentState.RESOLVED.value());
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aTicketThatIsHeardOfLaterFindsItsIncident() {
        String sysId = cutOver.nativeIncident(2, "room-2");
        cutOver.exported("room-2", cutOver.number(sysId));
        cutOver.importIt();
        live();

        assertThat(bench.deliver(PortalEvent.of("room-2", "Camera").opened(1)).reason())
                .isEqualTo(Reason.ADOPTING);
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.incident("room-2", "Camera").sysId()).isEqualTo(sysId);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void noBusinessDayBeforeTheLinkCounts() {
        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));
        String sysId = cutOver.nativeIncident(2, "room-2");
        cutOver.exported("room-2", cutOver.number(sysId));
        cutOver.importIt();
        Instant wednesday = Instant.parse("2026-06-03T10:00:00Z");
        bench.reach(wednesday);
        live();
        bench.poll();
        bench.closeInactive();

        // Thursday, Friday and Monday; from the ticket's own Monday it would be Thursday the 4th.
        assertThat(bench.closings()
                        .clock(bench.ticket("room-2", "Camera"))
                        .orElseThrow()
                        .dueAt())
                .contains(Instant.parse("2026-06-08T22:00:00Z"));
    }

    @Test
    void whatChangedSinceTheImportIsForAPerson() {
        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));
        String sysId = cutOver.nativeIncident(2, "room-2");
        cutOver.exported("room-2", cutOver.number(sysId));
        cutOver.importIt();
        bench.serviceNow.desk().as("admin").set(sysId, "correlation_id", "SCOM-7");
        live();

        assertThat(rows(State.UNCERTAIN))
                .extracting(row -> row.doubt().orElseThrow())
                .containsExactly(Doubt.FOREIGN_ID);
        assertThat(cutOver.incident(sysId).correlationId()).isEqualTo("SCOM-7");
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aPersonDecidesWhatIsUncertain() {
        cutOver.nativeYears(7, 7);
        cutOver.importIt();
        live();
        int incidents = bench.serviceNow.desk().incidents().size();
        PlanAdoption plan = bench.planAdoption();

        plan.link(CutOver.TENANT, "T-room-2", own(2), "Beth Anglin", "asked on site");
        plan.decline(CutOver.TENANT, "T-room-3", "Beth Anglin", "a fault of its own");
        assertThatThrownBy(() -> plan.link(CutOver.TENANT, "T-room-4", own(4), "Beth Anglin", "no"))
                .isInstanceOf(PlanAdoption.Refused.class);
        cutOver.importIt();
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.incident("room-2", "Camera").number()).isEqualTo(own(2));
        assertThat(bench.state("room-3", "Camera")).isEqualTo(IncidentState.NEW);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(incidents + 1);
    }

    /** The number that the export names for a room. */
    private String own(int room) {
        return cutOver.export().stream()
                .filter(ticket -> ticket.id().equals("T-room-" + room))
                .flatMap(ticket -> ticket.incident().stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatThePortalHasNotNamedIsNeitherPlannedNorDecided() {
        String opened = new String(PortalEvent.of("room-2", "Camera").opened(1).bytes(), StandardCharsets.UTF_8);
        bench.attempt(opened.replace("T-room-2", PortalTicket.NOT_NAMED).getBytes(StandardCharsets.UTF_8));
        PlanAdoption plan = bench.planAdoption();

        assertThat(bench.ticket("room-2", "Camera").portal().named()).isFalse();
        assertThat(plan.open(CutOver.TENANT)).isEmpty();
        String number = cutOver.number(cutOver.nativeIncident(2, "room-2"));
        assertThatThrownBy(() -> plan.link(CutOver.TENANT, PortalTicket.NOT_NAMED, number, "Beth Anglin", "no"))
                .isInstanceOf(PlanAdoption.Refused.class)
                .hasMessageContaining("use the id that the portal shows");
        cutOver.exported("x", number);
        List<ExportedTicket> export = cutOver.export().stream()
                .map(row -> new ExportedTicket(PortalTicket.NOT_NAMED, true, row.incident(), row.room(), row.signal()))
                .toList();
        assertThatThrownBy(() -> plan.match(CutOver.TENANT, export)).isInstanceOf(PlanAdoption.Refused.class);
    }

    @Test
    void aPauseThatBeginsDuringARunHoldsFromTheNextWriteOn() {
        for (String room : List.of("room-2", "room-5", "room-8")) {
            bench.deliver(PortalEvent.of(room, "Camera").opened(1));
            cutOver.exported(room, cutOver.number(cutOver.nativeIncident(2, room)));
        }
        cutOver.importIt();
        bench.goLive();
        Pause freeze = new Pause(
                Direction.TO_SERVICENOW, CutOver.TENANT, bench.clock.instant(), "Beth Anglin", "change freeze");
        bench.meanwhile(8, () -> bench.books().pauses().pause(freeze));
        bench.adopt();

        assertThat(bench.books().pauses().list()).hasSize(1);
        assertThat(rows(State.PLANNED)).hasSizeGreaterThan(1);
        assertThat(rows(State.LINKED)).hasSizeLessThan(2);
        bench.books().pauses().resume(freeze);
        live();
        assertThat(rows(State.LINKED)).hasSize(3);
    }

    @Test
    void aRollbackRestoresWhatStoodThereAndMakesNoIncident() {
        String sysId = linked(0);
        bench.planAdoption().rollBack(Optional.empty(), Optional.empty(), "Beth Anglin", "not yet");
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(
                PortalEvent.of("room-0", "Camera").at(bench.clock.instant()).resolved(2));
        bench.deliver(
                PortalEvent.of("room-0", "Camera").at(bench.clock.instant()).reopened(3, 2));
        settled();

        assertThat(rows(State.ROLLED_BACK)).hasSize(1);
        assertThat(cutOver.incident(sysId).correlationId()).isEmpty();
        assertThat(cutOver.incident(sysId).field("correlation_display")).isEqualTo("MTR 0");
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);

        bench.planAdoption().link(CutOver.TENANT, "T-room-0", own(0), "Beth Anglin", "now");
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.incident("room-0", "Camera").sysId()).isEqualTo(sysId);
    }

    @Test
    void aRollbackStopsWhatIsOnlyPlannedAndMakesNoIncident() {
        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));
        String sysId = cutOver.nativeIncident(2, "room-2");
        cutOver.exported("room-2", cutOver.number(sysId));
        bench.goLive();
        cutOver.importIt();
        PlanAdoption plan = bench.planAdoption();
        assertThat(plan.rollBack(Optional.empty(), Optional.empty(), "Beth Anglin", "not yet"))
                .isEqualTo(1);
        settled();

        assertThat(rows(State.ROLLED_BACK)).hasSize(1);
        assertThat(cutOver.incident(sysId).correlationId()).isEmpty();
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThatThrownBy(() -> plan.rollBack(Optional.empty(), Optional.of("T-room-2"), "Beth Anglin", "again"))
                .isInstanceOf(PlanAdoption.Refused.class)
                .hasMessageContaining("of contoso it is rolled-back");
    }

    @Test
    void aRollbackRestoresWhatStoodThereLast() {
        bench.deliver(PortalEvent.of("room-0", "Camera").opened(1));
        String sysId = cutOver.nativeIncident(0, "room-0");
        cutOver.exported("room-0", cutOver.number(sysId));
        cutOver.importIt();
        bench.serviceNow.desk().as("admin").set(sysId, "correlation_display", "changed since");
        live();
        bench.planAdoption().rollBack(Optional.empty(), Optional.empty(), "Beth Anglin", "not yet");
        bench.pass(Duration.ofMinutes(1));

        assertThat(cutOver.incident(sysId).field("correlation_display")).isEqualTo("changed since");
    }

    @Test
    void aRollbackLeavesAloneWhatSomebodyElseHasTakenSince() {
        String sysId = linked(0);
        bench.serviceNow.desk().as("admin").set(sysId, "correlation_id", "SCOM-9");
        int entries = bench.serviceNow.desk().journal(sysId).size();
        bench.planAdoption().rollBack(Optional.empty(), Optional.of("T-room-0"), "Beth Anglin", "not yet");
        bench.pass(Duration.ofMinutes(1));

        assertThat(rows(State.ROLLED_BACK)).hasSize(1);
        assertThat(cutOver.incident(sysId).correlationId()).isEqualTo("SCOM-9");
        assertThat(bench.serviceNow.desk().journal(sysId)).hasSize(entries);
        assertThat(bench.ticket("room-0", "Camera").chain()).isEmpty();
    }

    @Test
    void everyCertainIncidentIsLinkedEveryOtherIsListedAndNoneIsDoubled() {
        cutOver.nativeYears(30, 9);
        int incidents = bench.serviceNow.desk().incidents().size();
        cutOver.importIt();
        assertThat(bench.serviceNow.requests().writes()).isEmpty();

        live();
        bench.poll();

        assertThat(rows(State.UNCERTAIN))
                .extracting(row -> row.doubt().orElseThrow())
                .containsExactlyInAnyOrder(
                        Doubt.NUMBER_UNKNOWN,
                        Doubt.SEVERAL_INCIDENTS,
                        Doubt.SEVERAL_TICKETS,
                        Doubt.SEVERAL_TICKETS,
                        Doubt.FOREIGN_ID,
                        Doubt.INCIDENT_OVER,
                        Doubt.NUMBER_TWICE,
                        Doubt.BY_TEXT,
                        Doubt.BY_TEXT);
        assertThat(rows(State.LINKED)).hasSize(21);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(incidents);
        assertThat(cutOver.perTicket().values()).containsOnly(1L).hasSize(21);
        cutOver.historiesAreIntact();
        assertThat(bench.told()).doesNotContain("message-add", "attachment-add");

        cutOver.importIt();
        bench.pass(Duration.ofMinutes(1));
        assertThat(rows(State.LINKED)).hasSize(21);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(incidents);
    }

    @Test
    void aPlanForATenantThatNobodyKnowsIsRefused() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));

        assertThatThrownBy(() -> bench.planAdoption().tenant(Optional.of("contosso")))
                .isInstanceOf(PlanAdoption.Refused.class)
                .hasMessageContaining("no ticket of the tenant contosso is known; tickets are known of contoso");
    }
}
