package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Whole days of a campus through the real protocols, as the command line plays them: duplicated, late, reordered and
 * broken events, people at work on the desk, and in the end every admitted ticket has exactly one chain of incidents.
 *
 * <p>Replay one day with {@code java -jar target/roombridge.jar sandbox --play campus-day --exit --seed N}.
 */
class CampusDayPlayTest {

    private static final long SEEDS = Long.getLong("campus-day.seeds", 1);

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyAdmittedTicketHasExactlyOneChainInTheRightState(long seed) {
        StringWriter printed = new StringWriter();
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));

        int exitCode = command.execute(
                "sandbox",
                "--play",
                "campus-day",
                "--exit",
                "--seed",
                Long.toString(seed),
                "--data-dir",
                directory.resolve("day").toString(),
                "--hubs-port",
                "0",
                "--servicenow-port",
                "0",
                "--servicenow-https-port",
                "0");

        assertThat(exitCode).as(printed.toString()).isZero();
        assertThat(printed.toString()).endsWith("duplicates 0, lost 0\n");
    }
}
