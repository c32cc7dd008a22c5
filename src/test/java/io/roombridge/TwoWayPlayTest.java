package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The conversation of one ticket through the real protocols, as the command line plays it. */
class TwoWayPlayTest {

    @TempDir
    Path directory;

    @Test
    void bothSidesOfOneTicketAreEqual() {
        StringWriter printed = new StringWriter();
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));

        int exitCode = command.execute(
                "sandbox",
                "--play",
                "two-way",
                "--exit",
                "--data-dir",
                directory.resolve("play").toString(),
                "--hubs-port",
                "0",
                "--servicenow-port",
                "0",
                "--servicenow-https-port",
                "0");

        assertThat(exitCode).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("PORTAL", "SERVICENOW", "[internal]")
                .endsWith(" 0 wrong\n");
    }
}
