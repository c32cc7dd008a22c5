package io.roombridge.eventhubs;

import static io.roombridge.eventhubs.ReadingBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.eventhubs.KilledReader.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that reads the hub dies by SIGKILL at a bad moment, and a healthy one takes its place: every event has been done
 * at least once. Each waits until the first process has written every checkpoint that it will write.
 */
class KillTest {

    @TempDir
    Path directory;

    private final ReadingBench bench = new ReadingBench(1);
    private Process reader;

    @AfterEach
    void close() {
        kill();
        bench.close();
    }

    @Test
    void poisonedEventThatIsBeingRetriedIsNotLost() {
        List<String> events = Stream.of(ordinary(0, 5), Stream.of("stuck-p"), ordinary(5, 10))
                .flatMap(each -> each)
                .toList();
        send(events);

        start(Mode.FAILING);
        eventually()
                .until(() -> lines("done").size() == 10
                        && lines("begun").stream().filter("stuck-p"::equals).count() >= 5);
        eventually().until(() -> checkpoint() >= 4);
        kill();

        start(Mode.HEALTHY);
        eventually().until(() -> lines("done").containsAll(events));
    }

    @Test
    void eventInFlightWhileLaterOnesFinishIsNotLost() {
        List<String> events = Stream.of(ordinary(0, 3), Stream.of("stuck-s"), ordinary(3, 12))
                .flatMap(each -> each)
                .toList();
        send(events);

        start(Mode.HANGING);
        eventually().until(() -> lines("done").size() == 12 && lines("begun").contains("stuck-s"));
        eventually().until(() -> checkpoint() >= 2);
        kill();

        start(Mode.HEALTHY);
        eventually().until(() -> lines("done").containsAll(events));
    }

    @Test
    void halfFullWindowIsNotLost() {
        // Given eight events that run for ever among sixteen of the window, in every other place
        List<String> events = Stream.concat(
                        ordinary(0, 4), IntStream.range(0, 16).mapToObj(i -> i % 2 == 0 ? "stuck-" + i : "passes-" + i))
                .toList();
        send(events);

        start(Mode.HANGING);
        eventually()
                .until(() -> lines("begun").stream()
                                .filter(event -> event.startsWith("stuck-"))
                                .count()
                        == 8);
        eventually().until(() -> checkpoint() >= 3);
        kill();
        assertThat(text("done").lines()).as("the window was not empty").hasSizeLessThan(events.size());

        start(Mode.HEALTHY);
        eventually().until(() -> lines("done").containsAll(events));
    }

    private static Stream<String> ordinary(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> (char) ('a' + i) + "-" + i);
    }

    /** With keys of their own, or the stuck ones would hold up each other. */
    private void send(List<String> events) {
        events.forEach(bench::sendAlone);
    }

    private void start(Mode mode) {
        try {
            reader = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx192m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            KilledReader.class.getName(),
                            bench.hubs.connectionString(ReadingBench.HUB),
                            directory.toString(),
                            mode.name())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() {
        if (reader != null) {
            reader.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private long checkpoint() {
        return lines("checkpoints").stream().mapToLong(Long::parseLong).max().orElse(-1);
    }

    private List<String> lines(String journal) {
        assertThat(reader.isAlive())
                .as(() -> "the reader lives, see its log: " + text("log"))
                .isTrue();
        return text(journal).lines().toList();
    }

    private String text(String file) {
        Path path = directory.resolve(file);
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
