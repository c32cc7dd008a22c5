package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.Database;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Faults;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bridge in a process of its own is killed by SIGKILL at every step of a closing and around its warning, each in a week
 * of its own. The instance lives here and kills it when the request of that step arrives. The next process makes good what
 * the killed one left, and is killed at the next step.
 */
@Tag("length")
class ClosingKillTest {

    private static final Instant MONDAY = Instant.parse("2026-06-08T08:00:00Z");
    private static final Duration TO_WEDNESDAY = Duration.ofHours(47);
    private static final Duration TO_FRIDAY = Duration.ofHours(95);

    @TempDir
    Path directory;

    private final JumpingClock clock = new JumpingClock(MONDAY);
    private final EmbeddedServiceNow serviceNow =
            EmbeddedServiceNow.start(Setup.defaults().withClock(clock));
    private Process bridge;
    private BufferedReader answers;

    /** The request at whose arrival the process dies: the n-th of its kind in that look. */
    private enum Killed {
        WARNING_UNDER_WAY(TO_WEDNESDAY, RequestMatcher.method("PATCH"), 1),
        WARNING_WRITTEN_AND_NOT_RECORDED(TO_WEDNESDAY, RequestMatcher.table("sys_journal_field"), 1),
        BEFORE_THE_REREAD(TO_FRIDAY, RequestMatcher.table("incident"), 2),
        AFTER_THE_CLAIM(TO_FRIDAY, RequestMatcher.table("sys_journal_field"), 2),
        CLOSING_UNDER_WAY(TO_FRIDAY, RequestMatcher.method("PATCH"), 1),
        AFTER_THE_PATCH(TO_FRIDAY, RequestMatcher.table("sys_journal_field"), 3),
        BEFORE_THE_RECORD(TO_FRIDAY, RequestMatcher.table("sys_attachment"), 3);

        private final Duration look;
        private final RequestMatcher request;
        private final int nth;

        Killed(Duration look, RequestMatcher request, int nth) {
            this.look = look;
            this.request = request;
            this.nth = nth;
        }
    }

    @AfterEach
    void stop() {
        if (bridge != null) {
            bridge.destroyForcibly().onExit().join();
        }
        serviceNow.close();
    }

    @Test
    void killedAtAnyStepItClosesOnceWithOneNote() throws Exception {
        start();
        for (Killed step : Killed.values()) {
            Instant monday = MONDAY.plus(Duration.ofDays(7L * step.ordinal()));
            order("opened " + step, monday);
            lookOrDie(step, monday, TO_WEDNESDAY);
            lookOrDie(step, monday, TO_FRIDAY);
        }
        answers.close();
        bridge.getOutputStream().close();
        assertThat(bridge.onExit().get().exitValue()).isZero();

        for (Killed step : Killed.values()) {
            Incident incident = incident(step);
            assertThat(incident.state()).as("%s", step).isEqualTo("6");
            assertThat(entries(incident, "Closed for inactivity"))
                    .as("%s", step)
                    .hasSize(1);
            assertThat(entries(incident, "it will be closed")).as("%s", step).hasSize(1);
        }
        assertThat(closings())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Killed.values())
                        .map(step -> incident(step).sysId())
                        .toList());
    }

    /** The look of the step kills the process; the next one looks two minutes and ten minutes later. */
    private void lookOrDie(Killed step, Instant monday, Duration look) throws Exception {
        Instant now = monday.plus(look);
        if (!look.equals(step.look)) {
            order("look", now);
            return;
        }
        AtomicInteger left = new AtomicInteger(step.nth);
        Faults.Armed armed = serviceNow.faults().on(step.request).always(Fault.meanwhile(() -> {
            if (left.decrementAndGet() == 0) {
                bridge.toHandle().destroyForcibly();
                bridge.onExit().join();
            }
        }));
        try (armed) {
            assertThat(send("look", now)).as("%s has to die", step).isNull();
        }
        start();
        order("look", now.plus(Duration.ofMinutes(2)));
        order("look", now.plus(Duration.ofMinutes(10)));
    }

    private void order(String what, Instant now) throws IOException {
        assertThat(send(what, now)).as(() -> what + ": " + log()).isEqualTo("done");
    }

    /** What the process answers; null when it died. */
    private String send(String what, Instant now) throws IOException {
        clock.reach(now);
        Writer orders = bridge.outputWriter(StandardCharsets.UTF_8);
        orders.write(what + " " + now + "\n");
        orders.flush();
        String answer = answers.readLine();
        while (answer != null && !answer.equals("done")) {
            answer = answers.readLine();
        }
        return answer;
    }

    private void start() throws IOException {
        var account = serviceNow.accounts().integration();
        bridge = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ClosingChild.class.getName(),
                        directory.toString(),
                        serviceNow.url().toString(),
                        account.name(),
                        account.password()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        answers = bridge.inputReader(StandardCharsets.UTF_8);
    }

    private Incident incident(Killed step) {
        return serviceNow.desk().incidents().stream()
                .filter(incident -> incident.field("short_description").contains(step.name())
                        || incident.field("correlation_display").contains(step.name()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> entries(Incident incident, String text) {
        return serviceNow.desk().journal(incident.sysId()).stream()
                .map(JournalEntry::value)
                .filter(value -> value.contains(text))
                .toList();
    }

    private List<String> closings() {
        try (Database database = Database.open(Database.fileIn(directory.resolve("store-0")), "sa", "")) {
            return new ClosingBook(Jdbi.create(database.dataSource()))
                    .records(Step.CLOSED, Instant.EPOCH).stream()
                            .map(ClosingRecord::incident)
                            .toList();
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
