package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ops.ClosingEndpoints;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.ManagementServer;
import io.roombridge.ops.Refusal;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a script sees it: exit codes and what is printed. */
class MainTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();

    @Test
    void badConfigurationIsExitCode78WithEveryFault() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.properties"), "roombridge.hub.evnts=x\n");

        assertThat(execute("check", "--config", file.toString())).isEqualTo(78);
        assertThat(out.toString())
                .contains("1) ", "did you mean roombridge.hub.events?", "roombridge.mode: is required");
    }

    @Test
    void goodConfigurationIsSaidToBeGood() throws IOException {
        Path file = Files.writeString(directory.resolve("good.properties"), """
                roombridge.mode=live
                roombridge.hub.connection-string=Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=k
                roombridge.instances.main.url=https://example.service-now.com
                roombridge.instances.main.user=roombridge
                roombridge.instances.main.client-id=id
                roombridge.instances.main.client-secret=secret
                """);

        assertThat(execute("check", "--config", file.toString())).isZero();
        assertThat(out.toString()).contains("settings and mappings are good").doesNotContain("secret");
    }

    @Test
    void aWrongCommandIsExitCode2() {
        assertThat(execute("sandbx")).isEqualTo(2);
        assertThat(execute("sandbox", "--play", "nothing")).isEqualTo(2);
        assertThat(execute()).isEqualTo(2);
    }

    @Test
    void theShippedMappingsPassTheirTests() {
        assertThat(execute("mapping", "test")).isZero();
        assertThat(out.toString()).contains(" passed, 0 failed");
    }

    @Test
    void aDueDateIsExplainedDayByDay() {
        assertThat(execute(
                        "closing",
                        "--explain",
                        "--region",
                        "DE-BY",
                        "--class",
                        "customer",
                        "--from",
                        "2026-12-23T10:00+01:00",
                        "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"dueAt\"", "2026-12-30T00:00", "\"skipped\"", "2026-12-25", "2026-12-26");
    }

    @Test
    void anExplanationNeedsItsRegion() {
        assertThat(execute("closing", "--explain", "--class", "customer", "--from", "2026-12-23T10:00+01:00"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("Missing required option: '--region=CODE'");
    }

    @Test
    void theBrakeIsReleasedByANamedPersonAndTheListOfClosingsIsShown(@TempDir Path directory) throws IOException {
        Path config = Files.writeString(
                directory.resolve("roombridge.properties"),
                String.join(
                        "\n",
                        "roombridge.mode=live",
                        "roombridge.hub.connection-string=Endpoint=sb://x/",
                        "roombridge.instances.main.url=https://example.service-now.com",
                        "roombridge.instances.main.auth=basic",
                        "roombridge.instances.main.user=roombridge",
                        "roombridge.instances.main.password=s3cret",
                        "roombridge.data-dir=" + directory));
        assertThat(execute(
                        "closing",
                        "release",
                        "--config",
                        config.toString(),
                        "--tenant",
                        "Contoso",
                        "--by",
                        "Beth Anglin",
                        "--reason",
                        "A building was given up"))
                .isZero();
        assertThat(out.toString()).contains("the brake of tenant contoso is released by Beth Anglin");
        assertThat(execute("closing", "--within", "7d", "--config", config.toString()))
                .isZero();
        assertThat(out.toString()).contains("nothing will be closed in that time");
        assertThat(execute("closing", "--simulate", "--days", "30", "--json", "--config", config.toString()))
                .isZero();
        assertThat(out.toString()).contains("\"wouldBeClosed\" : 0", "\"customerDays\" : 3");
        assertThat(execute("closing", "--simulate", "--calendar", "nowhere.yaml", "--config", config.toString()))
                .isEqualTo(2);
        assertThat(execute("closing", "--within", "soon", "--config", config.toString()))
                .isEqualTo(2);
    }

    @Test
    void aCommandAsksTheBridgeThatRuns() throws IOException {
        Path config = Files.writeString(
                directory.resolve("roombridge.properties"),
                String.join(
                        "\n",
                        "roombridge.mode=live",
                        "roombridge.hub.connection-string=Endpoint=sb://x/",
                        "roombridge.instances.main.url=https://example.service-now.com",
                        "roombridge.instances.main.auth=basic",
                        "roombridge.instances.main.user=roombridge",
                        "roombridge.instances.main.password=s3cret",
                        "roombridge.data-dir=" + directory));
        Endpoint running = Endpoint.get(ClosingEndpoints.EXPECTED, call -> {
            throw Refusal.badRequest("the running bridge was asked for " + call.values());
        });
        try (ManagementServer server = ManagementServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(),
                directory,
                new Endpoints(List.of(running)),
                new Random(1),
                Clock.systemUTC())) {
            assertThat(execute("closing", "--within", "7d", "--config", config.toString()))
                    .as("asked at " + server.url())
                    .isEqualTo(1);
        }
        assertThat(out.toString()).isEqualTo("the running bridge was asked for {within=PT168H}\n");
        assertThat(directory.resolve("store.mv.db")).doesNotExist();
    }

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }
}
