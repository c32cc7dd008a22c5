package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.TicketAddress;
import io.roombridge.correlation.TicketCache;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters as somebody at a terminal sees them at night. No bridge runs here: the commands open the store. */
class DeadCommandTest {

    private static final TicketId TICKET = new TicketId("rb-" + "0".repeat(40));

    @TempDir
    Path directory;

    private Path config;

    @BeforeEach
    void twoLettersOfOneTicket() throws IOException {
        config = SmallestSettings.in(directory);
        try (Database database = Database.open(Database.fileIn(directory), "sa", "")) {
            CorrelationStore store = new CorrelationStore(Jdbi.create(database.dataSource()), NOTHING);
            store.commit(new Commit()
                    .deadLetter(
                            letter(
                                    "e-1",
                                    DeadLetter.State.DEAD,
                                    Reason.REFUSED_BY_POLICY,
                                    "Data Policy Exception: Mandatory fields are empty: Business service. Ask an administrator"))
                    .deadLetter(
                            letter("e-2", DeadLetter.State.PARKED, Reason.BEHIND_DEAD, Reason.BEHIND_DEAD.meaning())));
        }
    }

    @Test
    void theListFitsANarrowTerminal() {
        String list = dead(0, "list");

        assertThat(list).contains("    1 dead   06-01 08:00 rb-00000000… state        refused-by-policy Data Policy");
        assertThat(list).contains("    2 parked", "behind-dead", "2 in all");
        assertThat(list.lines()).allMatch(line -> line.length() <= 100);
        assertThat(dead(0, "list", "--reason", "behind-dead"))
                .contains("1 in all")
                .doesNotContain("refused");
        assertThat(dead(0, "list", "--ticket", "INC0000001")).contains("there is none");
    }

    @Test
    void oneLetterIsShownWithTheInstancesWordsAndItsEvent() {
        assertThat(dead(0, "show", "1"))
                .contains("dead letter 1, dead", "Mandatory fields are empty", "\"room\" : \"room-12\"");
        assertThat(dead(1, "show", "99")).contains("there is no dead letter 99");
    }

    @Test
    void aReplayIsAskedForByANamedPerson() {
        assertThat(dead(0, "replay", "1", "--by", "Beth Anglin", "--reason", "The policy was changed"))
                .contains("1 letter (1) will be tried again");
        assertThat(dead(0, "show", "1"))
                .contains("to be tried again", "asked", "by Beth Anglin: The policy was changed");
        assertThat(dead(0, "list")).contains("    1 asked ");
    }

    @Test
    void whatIsParkedIsNotReplayedByItself() {
        assertThat(dead(1, "replay", "2", "--by", "Beth Anglin", "--reason", "x"))
                .contains("2 waits behind an earlier dead change");
    }

    @Test
    void whatIsDroppedIsRememberedWithItsReason() {
        assertThat(dead(0, "drop", "--all", "--by", "Beth Anglin", "--reason", "The building is gone"))
                .contains("2 letters (1, 2) given up");
        assertThat(dead(0, "list")).contains("there is none");
        assertThat(dead(0, "list", "--state", "dropped")).contains("2 in all");
        assertThat(dead(0, "show", "2")).contains("by Beth Anglin: The building is gone");
    }

    @Test
    void nobodyDecidesNamelessOrAboutNothing() {
        assertThat(dead(2, "drop", "--all", "--by", "Beth Anglin")).contains("--reason");
        assertThat(dead(2, "drop", "--by", "Beth Anglin", "--reason", "x")).contains("--all");
        assertThat(dead(1, "drop", "--all", "--by", " ", "--reason", "x")).contains("\"by\" is missing");
        assertThat(dead(1, "list", "--reason", "weather")).contains("reason=weather is not known; expected one of");
    }

    @Test
    void theExportHasOneLetterALineWithItsEvent() throws IOException {
        Path file = directory.resolve("letters.jsonl");

        dead(0, "export", file.toString());

        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.contains("room-12"));
        assertThat(Files.getPosixFilePermissions(file))
                .as("what people said is for the owner only")
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(dead(2, "export", file.toString())).contains("is there already");
    }

    private static DeadLetter letter(String id, DeadLetter.State state, Reason reason, String detail) {
        return new DeadLetter(
                "contoso",
                "main",
                new ChangeId("/portal#" + id),
                Optional.of(TICKET),
                DeadLetter.Kind.EVENT,
                Lane.STATE,
                state,
                reason,
                detail,
                "{\"room\":\"room-12\"}",
                1,
                Instant.parse("2026-06-01T08:00:00Z"));
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

    private String dead(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = new String[arguments.length + 3];
        all[0] = "dead";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--config";
        all[arguments.length + 2] = config.toString();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all);
        assertThat(code).as(out.toString()).isEqualTo(expected);
        return out.toString();
    }
}
