package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.TicketAddress;
import io.roombridge.correlation.TicketCache;
import io.roombridge.portal.Decoded;
import io.roombridge.portal.PortalEvents;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One ticket as somebody at a terminal sees it. No bridge runs here: the command opens the store. */
class TicketsCommandTest {

    private static final Instant MORNING = Instant.parse("2026-06-01T08:00:00Z");

    @TempDir
    Path directory;

    private Path config;
    private Ticket ticket;

    @BeforeEach
    void oneTicketWithADeadComment() throws IOException {
        config = SmallestSettings.in(directory);
        Decoded.Accepted opened = (Decoded.Accepted) new PortalEvents()
                .decode(
                        Files.readAllBytes(Path.of("mappings/example-event.json")),
                        Optional.of("application/cloudevents+json"),
                        Map.of())
                .get(0);
        ticket = Ticket.born(opened.change(), "main", MORNING)
                .followedBy(new Incident(
                        "0".repeat(32),
                        "INC0010023",
                        IncidentState.IN_PROGRESS,
                        1,
                        opened.change().id(),
                        Optional.empty(),
                        new Incident.Baseline("3", "1", "Display"),
                        null,
                        MORNING));
        try (Database database = Database.open(Database.fileIn(directory), "sa", "")) {
            CorrelationStore store = new CorrelationStore(Jdbi.create(database.dataSource()), NOTHING);
            store.commit(new Commit()
                    .ticket(ticket)
                    .history(List.of(line("delivered (incident-created): INC0010023")))
                    .deadLetter(new DeadLetter(
                            ticket.tenant(),
                            "main",
                            new ChangeId("e-2"),
                            Optional.of(ticket.id()),
                            DeadLetter.Kind.EVENT,
                            Lane.CONVERSATION,
                            DeadLetter.State.DEAD,
                            Reason.REFUSED_BY_ACL,
                            "ACL Exception: you may not\ncomment " + "on this ".repeat(20),
                            "{}",
                            1,
                            MORNING.plusSeconds(3600))));
        }
    }

    private static HistoryEntry line(String text) {
        return new HistoryEntry(MORNING, new ChangeId("e-1"), "opened", text);
    }

    @Test
    void theNumberOfAnIncidentShowsTheTicketOnOneScreen() {
        String screen = tickets(0, "inc0010023");

        assertThat(screen.lines()).hasSizeLessThan(40).allMatch(line -> line.length() <= 100);
        assertThat(screen)
                .contains("ticket " + ticket.id(), ticket.key().canonical())
                .contains("INC0010023, in-progress, episode 1, since 2026-06-01 08:00")
                .contains("clock     has not been looked at")
                .contains(
                        "  2026-06-01 09:00  dead           refused-by-acl: ACL Exception: you may not comment on this")
                .contains("  2026-06-01 08:00  opened         delivered (incident-created): INC0010023");
    }

    @Test
    void theTicketIdAndTheKeyNameItToo() {
        assertThat(tickets(0, ticket.id().value())).isEqualTo(tickets(0, "INC0010023"));
        assertThat(tickets(0, ticket.key().canonical())).isEqualTo(tickets(0, "INC0010023"));
        assertThat(tickets(0, "INC0010023", "--json")).contains("\"waiting\"", "(dead show 1)");
    }

    @Test
    void whatTheBridgeDoesNotKnowIsSaidWithWhereToLook() {
        assertThat(tickets(1, "INC0000001"))
                .contains("the bridge has no ticket \"INC0000001\"", "dead list")
                .doesNotContain("\tat ");
    }

    private String tickets(int exitCode, String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = new String[arguments.length + 3];
        all[0] = "tickets";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--config";
        all[arguments.length + 2] = config.toString();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all);
        assertThat(code).as(out.toString()).isEqualTo(exitCode);
        return out.toString();
    }

    private static final TicketCache NOTHING = new TicketCache() {
        @Override
        public Optional<Ticket> get(TicketAddress address) {
            return Optional.empty();
        }

        @Override
        public void refresh(Ticket ticket) {}

        @Override
        public void forget(TicketAddress address) {}
    };
}
