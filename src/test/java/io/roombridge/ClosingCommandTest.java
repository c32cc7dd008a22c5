package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Database;
import io.roombridge.ops.ClosingEndpoints;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.ManagementServer;
import io.roombridge.ops.Refusal;
import io.roombridge.ops.SimulationEndpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator asks about closings, of the bridge that runs or, where none does, of its store. */
class ClosingCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        config = SmallestSettings.in(directory);
    }

    @Test
    void theBrakeIsReleasedByANamedPerson() {
        aTicketOf("contoso");

        assertThat(released("Contoso")).isZero();

        assertThat(out.toString()).contains("the brake of tenant contoso is released by Beth Anglin");
    }

    @Test
    void theBrakeOfATenantThatNobodyKnowsIsNotReleased() {
        aTicketOf("contoso");
        aTicketOf("fabrikam");

        assertThat(released("Contosso")).isEqualTo(1);

        assertThat(out.toString()).contains("there is no ticket of tenant contosso; known are: contoso, fabrikam");
    }

    @Test
    void whatWillBeClosedIsListed() {
        assertThat(execute("closing", "--within", "7d")).isZero();
        assertThat(out.toString()).contains("nothing will be closed in that time");
        assertThat(execute("closing", "--within", "soon")).isEqualTo(2);
    }

    @Test
    void thePastIsReplayedUnderTheRuleOfTheSettingsOrAProposedOne() {
        assertThat(execute("closing", "--simulate", "--days", "30", "--system-days", "10", "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"wouldBeClosed\" : 0", "\"customerDays\" : 3", "\"systemDays\" : 10");
        assertThat(execute("closing", "--simulate")).isZero();
        assertThat(out.toString()).contains("with 3 and 15 business days");
    }

    @Test
    void aProposalThatMakesNoSenseIsRefused() throws IOException {
        assertThat(execute("closing", "--simulate", "--calendar", "nowhere.yaml"))
                .isEqualTo(2);
        Path calendar = Files.writeString(directory.resolve("proposed.yaml"), "version: trial\n");
        assertThat(execute("closing", "--simulate", "--calendar", calendar.toString()))
                .isEqualTo(2);
        assertThat(execute("closing", "--simulate", "--days", "0")).isEqualTo(1);
        assertThat(out.toString())
                .contains("nowhere.yaml: cannot be read")
                .contains("proposed.yaml: expected \"version\" and a list of \"corrections\"")
                .contains("\"days\" is 0: expected a whole number from 1 to 3650");
    }

    @Test
    void theBridgeThatRunsIsAskedAndItsStoreIsLeftAlone() throws IOException {
        Path calendar = Files.writeString(directory.resolve("proposed.yaml"), "version: trial\ncorrections: []\n");
        List<Endpoint> running = Stream.of(
                        Endpoint.get(ClosingEndpoints.EXPECTED, call -> {
                            throw Refusal.badRequest("the running bridge was asked for " + call.values());
                        }),
                        Endpoint.post(SimulationEndpoint.PATH, call -> {
                            throw Refusal.badRequest("the running bridge was asked for " + call.body());
                        }))
                .toList();
        ManagementServer server = ManagementServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(),
                directory,
                new Endpoints(running),
                new Random(1),
                Clock.systemUTC());
        try (server) {
            assertThat(execute("closing", "--within", "7d")).isEqualTo(1);
            assertThat(execute("closing", "--simulate", "--customer-days", "5", "--calendar", calendar.toString()))
                    .isEqualTo(1);
        }

        assertThat(out.toString().lines())
                .containsExactly(
                        "the running bridge was asked for {within=PT168H}",
                        "the running bridge was asked for {\"days\":30,\"customerDays\":5,"
                                + "\"calendar\":\"version: trial\\ncorrections: []\\n\"}");
        assertThat(directory.resolve("store.mv.db")).doesNotExist();
    }

    private int released(String tenant) {
        return execute(
                "closing", "release", "--tenant", tenant, "--by", "Beth Anglin", "--reason", "A building was given up");
    }

    private void aTicketOf(String tenant) {
        try (Database database = Database.open(Database.fileIn(directory), "sa", "")) {
            Jdbi.create(database.dataSource())
                    .useHandle(handle -> handle.execute(
                            "insert into ticket (tenant, instance, id, version, canonical_key, condition, document,"
                                    + " created_at) values (?, 'main', 'rb-1', 1, 'key', 'UNHEALTHY', '{}',"
                                    + " current_timestamp)",
                            tenant));
        }
    }

    private int execute(String... words) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                        .toArray(String[]::new));
    }
}
