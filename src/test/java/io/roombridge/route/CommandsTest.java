package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reference;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private static final String SYS_ID = "9d385017c611228701d22104cc95c371";
    private static final Request HELLO = new Request.MessageAdd("Hello", true, Optional.empty());

    @TempDir
    Path directory;

    @Test
    void theSameDecisionMakesTheSameCommand() {
        try (Bench bench = new Bench(directory)) {
            bench.deliver(PortalEvent.of("room-12", "Camera").opened(1));
            Commands commands = new Commands(true, bench.clock);
            var ticket = bench.ticket("room-12", "Camera");

            var once = commands.about(ticket, Commands.journal("main", SYS_ID, 1), HELLO);
            var again = commands.about(ticket, Commands.journal("main", SYS_ID, 1), HELLO);

            assertThat(once).isEqualTo(again).hasSize(1);
            OutgoingCommand command = once.get(0);
            assertThat(command.id()).isEqualTo("rb-journal-main-" + SYS_ID);
            assertThat(command.name()).isEqualTo("message-add");
            assertThat(command.partitionKey()).isEqualTo("contoso|t-room-12");
            assertThat(command.body()).contains("\"ticketid\":\"T-room-12\"", "\"text\":\"Hello\"");
        }
    }

    @Test
    void whereNothingIsSentNothingIsQueued() {
        try (Bench bench = new Bench(directory)) {
            bench.deliver(PortalEvent.of("room-12", "Camera").opened(1));

            assertThat(new Commands(false, bench.clock)
                            .about(bench.ticket("room-12", "Camera"), Commands.link("main", SYS_ID), HELLO))
                    .isEmpty();
        }
    }

    @Test
    void idsOfCommandsAreKnownByTheirFormAndTicketIdsAreNot() {
        assertThat(Commands.haveTheForm(Commands.journal("main", SYS_ID, 2))).isTrue();
        assertThat(Commands.haveTheForm(Commands.file("main", SYS_ID))).isTrue();
        assertThat(Commands.haveTheForm(Commands.state("main", SYS_ID, 7))).isTrue();
        assertThat(Commands.haveTheForm(Commands.link("main", SYS_ID))).isTrue();
        assertThat(Commands.haveTheForm(Commands.closed("main", Reference.of(new ChangeId("m-1"), 2))))
                .isTrue();
        assertThat(Commands.haveTheForm("rb-" + "0".repeat(40))).isFalse();
        assertThat(Commands.haveTheForm("m-1")).isFalse();
    }
}
