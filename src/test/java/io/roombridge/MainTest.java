package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    void whatOnlyAStartWouldFindIsFoundByCheck() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        Path file = Files.writeString(SmallestSettings.in(directory), """

                roombridge.tls.ca-file=%s
                roombridge.closing.region=Atlantis
                """.formatted(ca), StandardOpenOption.APPEND);

        assertThat(execute("check", "--config", file.toString())).isEqualTo(78);
        assertThat(out.toString())
                .contains(
                        "roombridge.tls.ca-file",
                        "expected certificates in PEM",
                        "roombridge.closing.region = Atlantis");
    }

    @Test
    void aRouteFileThatIsNoRouteIsNamed() throws IOException {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Files.writeString(routes.resolve("own.camel.yaml"), "- route:\n    frm:\n      uri: direct:x\n");
        Files.copy(Path.of("routes/portal-events.camel.yaml"), routes.resolve("portal-events.camel.yaml"));

        assertThat(OfflineCheck.routes(routes))
                .singleElement()
                .satisfies(fault -> assertThat(fault.key()).endsWith("own.camel.yaml"));
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

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }
}
