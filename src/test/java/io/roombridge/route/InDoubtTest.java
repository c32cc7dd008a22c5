package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.LetterFilter;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people do to an incident while the bridge does not know yet whether it has made it, or what became of a write. */
class InDoubtTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    @Test
    void aResolutionOfAnIncidentWhoseMakingWasInDoubtIsTold() {
        madeInDoubt();
        beth().resolve(onlyIncident().sysId(), "Solution provided", "Done");
        settled();

        assertThat(told()).anySatisfy(body -> assertThat(body).contains("was resolved"));
    }

    @Test
    void aCancellationOfItIsToldWithWhatWasSaidBefore() {
        madeInDoubt();
        beth().comment(onlyIncident().sysId(), "A duplicate, see the other one");
        beth().cancel(onlyIncident().sysId(), "Duplicate");
        settled();

        assertThat(onlyIncident().state()).isEqualTo("8");
        assertThat(told()).anySatisfy(body -> assertThat(body).contains("A duplicate, see the other one"));
        assertThat(told()).anySatisfy(body -> assertThat(body).contains("was canceled"));
    }

    @Test
    void whatAPersonChangedInItIsNotOverruledLater() {
        madeInDoubt();
        beth().set(onlyIncident().sysId(), "short_description", "The camera, once more");
        settled();
        bench.deliver(event().severity(2, "critical"));

        assertThat(onlyIncident().field("short_description")).isEqualTo("The camera, once more");
    }

    @Test
    void whatAPersonChangedStaysTheirsWhenTheBridgeWritesSomethingElse() {
        bench.deliver(event().opened(1));
        beth().set(onlyIncident().sysId(), "short_description", "The camera, once more");
        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofMinutes(20));
        assertThat(onlyIncident().state()).isEqualTo("6");
        bench.deliver(event().severityOf("critical").reopened(3, 2));
        bench.deliver(event().titled("Another title").occurrence(2).snapshot(4, "needsAction"));

        assertThat(onlyIncident().field("short_description")).isEqualTo("The camera, once more");
    }

    @Test
    void whoClosesAnIncidentJustBeforeTheBridgeReopensItIsHeard() {
        bench.deliver(event().opened(1));
        String incident = onlyIncident().sysId();
        beth().resolve(incident, "Solution provided", "Done");
        bench.serviceNow
                .faults()
                .on(RequestMatcher.method("PATCH"))
                .next(
                        1,
                        Fault.meanwhile(
                                () -> bench.serviceNow.desk().as("admin").close(incident)));
        bench.deliver(event().severity(2, "critical"));
        bench.poll();

        assertThat(onlyIncident().state()).isEqualTo("7");
        assertThat(told()).anySatisfy(body -> assertThat(body).contains("was resolved"));
    }

    @Test
    void aCancellationAfterAResolutionIsNewsOfItsOwn() {
        bench.deliver(event().opened(1));
        beth().resolve(onlyIncident().sysId(), "Solution provided", "Done");
        bench.poll();
        beth().cancel(onlyIncident().sysId(), "Duplicate");
        bench.poll();

        assertThat(told()).anySatisfy(body -> assertThat(body).contains("was canceled"));
    }

    @Test
    void aMessageThatIsSetAsideLeavesNoWriteInDoubt() {
        bench.deliver(event().opened(1));
        beth().cancel(onlyIncident().sysId(), "Duplicate");
        bench.serviceNow
                .faults()
                .on(RequestMatcher.table("sys_journal_field"))
                .next(1, Fault.forbidden("Operation Failed", "not for you"));
        bench.deliver(event().message("m-1", "Is anybody there?"));

        assertThat(bench.store().openIntents(bench.ticket(ROOM, SIGNAL))).isEmpty();
    }

    @Test
    void whatNobodyComesBackForIsFoundAllTheSame() {
        madeInDoubt();
        bench.pass(Duration.ofMinutes(15));
        bench.poll();

        assertThat(bench.ticket(ROOM, SIGNAL).current()).isPresent();
        assertThat(bench.store().openIntents(bench.ticket(ROOM, SIGNAL))).isEmpty();
    }

    @Test
    void aMessageWhoseIncidentIsDeletedBeforeItIsRecordedDoesNotHoldUpItsRoom() {
        PortalEvent message = event().message("m-1", "Is anybody there?");
        bench.deliver(event().opened(1));
        writtenAndSettled(message);
        bench.serviceNow.desk().as("admin").delete(onlyIncident().sysId());

        assertThat(bench.deliver(message).reason()).isEqualTo(Reason.RECORD_GONE);
        assertThat(bench.deliver(event().message("m-2", "Hello?")).reason()).isNotEqualTo(Reason.BEHIND_DEAD);
    }

    @Test
    void anIncidentThatIsDeletedBeforeItIsRecordedIsNotMadeAgainAndHoldsUpNothing() {
        writtenAndSettled(event().opened(1));
        bench.serviceNow.desk().as("admin").delete(onlyIncident().sysId());

        assertThat(bench.deliver(event().opened(1)).reason()).isEqualTo(Reason.RECORD_GONE);
        bench.deliver(event().message("m-1", "Is anybody there?"));

        assertThat(onlyIncident().field("correlation_id")).isNotBlank();
    }

    @Test
    void whatAutomationSaidInADeletedIncidentIsKeptAndTriedNoMore() {
        bench.deliver(event().opened(1));
        bench.deliver(event().remediation("r-1", "restart failed"));
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Duration.ofMinutes(5));
        String incident = onlyIncident().sysId();
        bench.serviceNow
                .faults()
                .on(RequestMatcher.table("sys_journal_field"))
                .next(
                        1,
                        Fault.afterwards(
                                () -> bench.serviceNow.desk().as("admin").delete(incident)));
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.store().gathered(bench.ticket(ROOM, SIGNAL))).isEmpty();
        assertThat(bench.store().deadLetters())
                .anySatisfy(letter -> assertThat(letter.payload()).contains("restart failed"));
    }

    @Test
    void aFileThatWasGivenUpInDoubtIsLookedForWhenItIsTriedAgain() throws IOException {
        try (FilesBench files = new FilesBench(directory.resolve("files"))) {
            files.serviceNow().faults().on(RequestMatcher.attachments()).next(2, Fault.truncated());
            files.attached("a-1", "photo.png", "image/png", new byte[] {1, 2, 3});
            files.carry();
            files.pass(Duration.ofHours(5));
            assertThat(files.bench.store().deadLetters()).hasSize(1);

            LetterFilter all = new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty());
            files.bench.letters().ask(all, "Beth", "the instance was mended", files.bench.machine.instant());
            files.bench.replayAll();
            files.carryUntilQuiet();

            assertThat(files.attachments()).hasSize(1);
        }
    }

    private void madeInDoubt() {
        bench.once(Fault.timeoutAfterCommit(), "POST");
        try {
            bench.attempt(event().opened(1));
        } catch (RetryLater inDoubt) {
            return;
        }
        throw new AssertionError("the answer did come");
    }

    /** Its writes were found to be made, and it was cut off before the record again. */
    private void writtenAndSettled(PortalEvent event) {
        bench.upToRecord(event);
        bench.pass(Duration.ofMinutes(2));
        bench.upToRecord(event);
    }

    private void settled() {
        bench.deliver(event().opened(1));
        bench.poll();
    }

    private Incident onlyIncident() {
        List<Incident> all = bench.serviceNow.desk().incidents();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<String> told() {
        return bench.jdbi()
                .withHandle(handle -> handle.createQuery("select body from portal_command order by position")
                        .mapTo(String.class)
                        .list());
    }

    private Person beth() {
        return bench.serviceNow.desk().as("beth.anglin");
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
