package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.SelfIncidents;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.watch.SelfDesk;
import io.roombridge.watch.SelfWatch;
import io.roombridge.watch.Trouble;
import io.roombridge.watch.Trouble.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bridge says in ServiceNow what is wrong with itself: once, in one incident, and never over a person's work. */
class SelfWatchTest extends OnBench {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final List<Trouble> wrong = new ArrayList<>();
    private String name = "test";

    @Test
    void whatIsWrongStandsInOneIncidentOfTheGroup() {
        wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));

        minutes(90);

        Incident incident = theOne();
        assertThat(incident.field("assignment_group"))
                .isEqualTo(bench.serviceNow
                        .desk()
                        .find("sys_user_group", "name", group())
                        .orElseThrow());
        assertThat(incident.field("description"))
                .contains("The hub has delivered nothing.", "Is the portal", "\"RoombridgeHubSilent\"");
        assertThat(notes(incident)).isEmpty();
    }

    @Test
    void somethingElseIsAddedAfterAnHourAndTheEndResolvesIt() {
        wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));
        minutes(5);
        wrong.add(new Trouble(Kind.DEAD_LETTER_OLD, "3 changes wait."));
        minutes(50);
        assertThat(notes(theOne())).as("at most once an hour").isEmpty();
        minutes(10);
        assertThat(notes(theOne())).singleElement().asString().contains("3 changes wait.");

        wrong.clear();
        minutes(14);
        assertThat(theOne().state()).isEqualTo("1");
        minutes(3);

        assertThat(theOne().state()).isEqualTo("6");
        wrong.add(new Trouble(Kind.POLL_BLOCKED, "Nothing is read."));
        minutes(2);
        assertThat(theOne().state()).as("reopened, not made again").isEqualTo("1");
    }

    @Test
    void whoeverTookItOverIsToldAndResolvesIt() {
        wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));
        minutes(2);
        person().assign(theOne().sysId(), "beth.anglin");
        wrong.clear();

        minutes(60);

        assertThat(theOne().state()).isIn("1", "2");
        assertThat(notes(theOne())).singleElement().asString().contains("Please resolve this incident");
    }

    @Test
    void itIsNeverReadAsAChangeOfATicket() {
        wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));
        minutes(1);
        person().comment(theOne().sysId(), "I am looking at the bridge.");

        bench.poll();

        assertThat(bench.outbox().unsent(10)).isEmpty();
        assertThat(bench.letters().due(0, 10)).isEmpty();
    }

    @Test
    void aCreateWithoutAnAnswerIsLookedForAndNotRepeated() {
        wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));
        bench.once(Fault.lateCommit(Duration.ofSeconds(50)), "POST");

        minutes(1);
        minutes(5);

        theOne();
    }

    @Test
    void aProcessThatDiesAnywhereMakesNoSecondIncidentAndNoSecondNote() {
        for (int n = 1; n <= 4; n++) {
            name = "death-" + n;
            wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));
            dyingAt(n);
            minutes(60);
            wrong.add(new Trouble(Kind.DEAD_LETTER_OLD, "3 changes wait."));
            dyingAt(n);
            minutes(60);
            assertThat(notes(theOne())).as(name).hasSize(1);
            wrong.clear();
            minutes(1);
            bench.clock.advance(Duration.ofMinutes(20));
            dyingAt(n);
            minutes(5);
            assertThat(theOne().state()).as(name).isEqualTo("6");
            assertThat(notes(theOne())).as(name).hasSize(2);
        }
    }

    @Test
    void aStoreThatIsLostFindsItsIncidentAgain() {
        wrong.add(new Trouble(Kind.HUB_SILENT, "The hub has delivered nothing."));
        minutes(2);
        bench.loseTheStore();

        minutes(3);

        assertThat(notes(theOne())).hasSize(1);
    }

    /** The process dies at its n-th access to the store, and is there again. */
    private void dyingAt(int n) {
        bench.dieAtStoreAccess(n);
        try {
            minutes(2);
        } catch (MortalDataSource.Crash died) {
            bench.reborn();
        }
        minutes(5);
    }

    private void minutes(int minutes) {
        SelfWatch watch = new SelfWatch(
                new SelfIncidents(bench.jdbi()),
                new SelfDesk(bench.desks().all().get(0), group(), name),
                () -> List.copyOf(wrong),
                Duration.ofMinutes(15),
                new Clocks(bench.clock, bench.machine));
        for (int i = 0; i < minutes; i++) {
            watch.look();
            bench.clock.advance(A_MINUTE);
            bench.machine.advance(A_MINUTE);
        }
    }

    private String group() {
        return bench.serviceNow.accounts().groups().get(0);
    }

    private Person person() {
        return bench.serviceNow.desk().as("beth.anglin");
    }

    private List<Incident> ours() {
        return bench.serviceNow.desk().correlatedTo("roombridge-self-" + name);
    }

    private Incident theOne() {
        assertThat(ours()).hasSize(1);
        return ours().get(0);
    }

    private List<String> notes(Incident incident) {
        return bench.serviceNow.desk().journal(incident.sysId()).stream()
                .map(JournalEntry::value)
                .toList();
    }
}
