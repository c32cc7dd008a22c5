package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.sandbox.servicenow.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bridge's own writes never come back as changes, and no person's words are taken for them. */
class NoEchoTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<OutgoingCommand> hub = new ArrayList<>();

    @BeforeEach
    void aConversationThatHasBegun() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        say("m-1", "It is dark in here.");
    }

    @Test
    void aPersonWhoSharesTheIntegrationUserIsHeard() {
        look();
        Person shared = bench.serviceNow.desk().as(bench.integrationUser());
        shared.comment(sysId(), "Written by another tool under the same user.");
        say("m-2", "And this comes from the portal.");
        look();
        assertThat(messages()).containsExactly("Written by another tool under the same user.");
    }

    @Test
    void whatABusinessRuleCopiesFromTheBridgeIsNotTold() {
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        String other = bench.incident("room-2", SIGNAL).sysId();
        bench.serviceNow.switches().copyComments("Copied from a related incident:\n", id -> List.of(other));
        say("m-2", "Still dark.");
        look();
        assertThat(messages()).isEmpty();
    }

    @Test
    void afterARestartNothingIsToldAgain() {
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "We are on our way.");
        look();
        bench.restart();
        say("m-2", "Thank you.");
        look();
        assertThat(messages()).containsExactly("We are on our way.");
    }

    @Test
    void afterTheStoreWasLostOurOwnAreKnownByTheirFormAndPeoplesComeUnderTheSameIds() {
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "We are on our way.");
        look();
        List<String> before = ids();
        bench.clock.advance(Duration.ofHours(1));
        bench.machine.advance(Duration.ofHours(1));
        bench.loseTheStore();
        say("m-3", "Is anybody there?");
        hub.clear();
        // On the bench the two clocks differ; the first look finds out the instance's time.
        look();
        look();
        assertThat(messages()).as("only what a person wrote").containsExactly("We are on our way.");
        assertThat(ids()).as("ids that the relay has performed already").isSubsetOf(before);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void oneWayConfigurationTellsNothingAndNothingDies() {
        bench.commandsOff();
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "Nobody in the portal reads this.");
        look();
        assertThat(hub).isEmpty();
        assertThat(bench.outbox().unsent(10)).isEmpty();
        assertThat(bench.store().deadLetters()).isEmpty();
        assertThat(bench.outcomes().countsOfDesk()).containsEntry("ignored(commands-off)", 1L);
    }

    private void say(String id, String text) {
        bench.deliver(
                PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).opened(1).message(id, text));
    }

    private void look() {
        bench.poll(hub::add);
    }

    private String sysId() {
        return bench.serviceNow.desk().incidents().get(0).sysId();
    }

    private List<String> ids() {
        return hub.stream().map(OutgoingCommand::id).toList();
    }

    private List<String> messages() {
        return hub.stream()
                .filter(command -> command.name().equals("message-add"))
                .map(NoEchoTest::text)
                .toList();
    }

    private static String text(OutgoingCommand command) {
        try {
            return JSON.readTree(command.body()).path("data").path("text").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
