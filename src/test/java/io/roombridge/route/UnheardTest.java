package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.Serving;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ServiceNow showed and the portal was not told: kept for a person, and told once when it is replayed. */
class UnheardTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    @TempDir
    Path mappings;

    private final List<OutgoingCommand> hub = new ArrayList<>();
    private Person agent;

    @BeforeEach
    void aTicketThatBothSidesKnow() {
        agent = bench.serviceNow.desk().as("beth.anglin");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        look();
        hub.clear();
    }

    @Test
    void aCommentThatWasDeadForDaysIsToldWhenItIsReplayedThoughItsIncidentIsClosed() throws IOException {
        cannotSay("portal-comment");
        agent.comment(sysId(), "Please restart it once more.");
        look();
        bench.close(ROOM, SIGNAL);
        look();
        assertThat(letters()).extracting(DeadLetter::lane).containsExactly(Lane.CONVERSATION);
        hub.clear();
        canSay();

        replayAfter(Duration.ofDays(3));

        assertThat(told()).singleElement().asString().contains("Please restart it once more.");
    }

    @Test
    void aStateThatCouldNotBeToldIsToldWhenItIsReplayed() throws IOException {
        cannotSay("portal-resolved");
        bench.close(ROOM, SIGNAL);
        look();
        assertThat(letters()).extracting(DeadLetter::lane).containsExactly(Lane.STATE);
        assertThat(told()).isEmpty();
        canSay();

        replayAfter(Duration.ofDays(3));

        assertThat(told()).singleElement().asString().contains("resolved");
    }

    @Test
    void aStateThatALaterOneHasOvertakenIsNotToldAnyMore() throws IOException {
        cannotSay("portal-resolved");
        agent.resolve(sysId(), "Resolved by caller", "Done");
        look();
        canSay();
        agent.reopen(sysId());
        agent.hold(sysId(), "1");
        look();
        assertThat(told()).as("that it is on hold").hasSize(1);
        agent.workNote(sysId(), "Changes the incident, and nothing that is told.");
        look();

        replayAfter(Duration.ofMinutes(10));

        assertThat(told()).as("not again").hasSize(1);
    }

    @Test
    void whatStillCannotBeToldIsKeptAgainWithTheStateThatItIsNow() throws IOException {
        cannotSay("portal-on-hold");
        cannotSay("portal-resolved");
        agent.hold(sysId(), "1");
        look();
        agent.resolve(sysId(), "Resolved by caller", "Done");
        look();
        assertThat(letters()).as("one letter, of what was shown last").hasSize(1);
        replayAfter(Duration.ofMinutes(10));
        assertThat(letters()).as("kept again").hasSize(1);
        canSay();

        replayAfter(Duration.ofMinutes(10));

        assertThat(told()).singleElement().asString().contains("resolved");
        assertThat(letters()).isEmpty();
    }

    /** As a fault of the bridge: the reading went on without the incident. */
    @Test
    void anIncidentThatCouldNotBeHeardIsHeardWholeWhenItIsReplayed() {
        bench.jdbi()
                .useHandle(handle ->
                        handle.execute("alter table journal_entry add constraint deaf check (origin <> 'PERSON')"));
        agent.comment(sysId(), "We ordered a new cable.");
        bench.close(ROOM, SIGNAL);
        for (int i = 0; i < 10; i++) {
            look();
        }
        assertThat(letters()).extracting(DeadLetter::reason).containsExactly(Reason.EXHAUSTED);
        bench.jdbi().useHandle(handle -> handle.execute("alter table journal_entry drop constraint deaf"));
        look();
        assertThat(told()).as("its turn is over").isEmpty();

        replayAfter(Duration.ofDays(3));

        assertThat(told()).hasSize(2);
        assertThat(told().get(0)).contains("We ordered a new cable.");
        assertThat(told().get(1)).contains("resolved");
    }

    private void replayAfter(Duration time) {
        bench.pass(time);
        bench.letters()
                .ask(
                        new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty()),
                        "Beth Anglin",
                        "The mapping was mended",
                        bench.clock.instant());
        bench.replayAll();
        look();
        look();
    }

    /** The mapping of the shipped name fails, as one that an administrator broke. */
    private void cannotSay(String name) throws IOException {
        Files.writeString(
                mappings.resolve(name + ".jslt"),
                "if (.author == \"Contoso SOC\") error(\"no such field\") else \"said\"");
        bench.mappings(MappingVersion.load(MappingDirectory.read(mappings), Serving.UNKNOWN));
    }

    private void canSay() {
        bench.mappings(MappingVersion.shipped());
    }

    private void look() {
        bench.machine.advance(Duration.ofSeconds(15));
        bench.poll(hub::add);
    }

    private List<DeadLetter> letters() {
        return bench.store().deadLetters();
    }

    private List<String> told() {
        return hub.stream()
                .filter(command -> command.name().equals("message-add"))
                .map(OutgoingCommand::body)
                .toList();
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }
}
