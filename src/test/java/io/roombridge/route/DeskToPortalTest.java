package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.sandbox.servicenow.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write and do in ServiceNow reaches the portal, each thing once, and nothing that is the bridge's own. */
class DeskToPortalTest {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final List<OutgoingCommand> hub = new ArrayList<>();
    private Bench bench;
    private Person agent;

    @BeforeEach
    void aTicketThatThePortalKnows() {
        bench = new Bench(directory);
        agent = bench.serviceNow.desk().as("beth.anglin");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void theFirstLookShowsTheIncidentsNumberAtTheTicket() {
        look();
        assertThat(names()).containsExactly("link-snow");
        assertThat(data(hub.get(0)).path("number").asText())
                .isEqualTo(bench.incident(ROOM, SIGNAL).number());

        look();
        assertThat(names()).as("nothing more to tell").containsExactly("link-snow");
    }

    @Test
    void aCommentIsToldOnceHoweverOftenItIsRead() {
        look();
        agent.comment(sysId(), "We ordered a new cable.");
        for (int i = 0; i < 5; i++) {
            look();
            bench.machine.advance(Duration.ofSeconds(15));
        }
        assertThat(messages()).containsExactly("We ordered a new cable.");
    }

    @Test
    void whatWasWrittenBeforeTheFirstLookIsToldToo() {
        agent.comment(sysId(), "Written before anybody looked.");
        bench.machine.advance(Duration.ofHours(5));
        look();
        assertThat(names()).containsExactly("link-snow", "message-add");
    }

    @Test
    void aWorkNoteNeverLeavesServiceNow() {
        agent.workNote(sysId(), "The customer is difficult.");
        look();
        assertThat(messages()).isEmpty();
    }

    @Test
    void theBridgesOwnEntriesAreNotTold() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1).message("m-1", "It is dark in here."));
        look();
        assertThat(messages()).isEmpty();
        assertThat(bench.outcomes().countsOfDesk()).containsKey("echo(own-write)");
    }

    @Test
    void aCommandThatTheHubRefusesIsSentAgainAndTheLookIsRepeated() {
        look();
        agent.comment(sysId(), "first");
        agent.comment(sysId(), "second");
        bench.poll(command -> false);
        bench.restart();
        bench.machine.advance(Duration.ofMinutes(30));
        look();
        assertThat(messages()).containsExactly("first", "second");
    }

    private void look() {
        bench.poll(hub::add);
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }

    private List<String> names() {
        return hub.stream().map(OutgoingCommand::name).toList();
    }

    private List<String> messages() {
        return hub.stream()
                .filter(command -> command.name().equals("message-add"))
                .map(command -> data(command).path("text").asText())
                .toList();
    }

    private static JsonNode data(OutgoingCommand command) {
        try {
            return JSON.readTree(command.body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
