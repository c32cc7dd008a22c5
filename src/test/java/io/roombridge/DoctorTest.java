package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.doctor.Level;
import io.roombridge.doctor.Result;
import io.roombridge.sandbox.eventhubs.Subscriber;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a set-up is found by doctor, each thing by its own line and with its remedy, and nothing else is blamed. */
class DoctorTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.roombridge.Misconfiguration#every")
    void isFoundWithItsRemedyAndNothingElseIsBlamed(Misconfiguration wrong) throws Exception {
        try (ExaminedBed bed =
                new ExaminedBed(directory, wrong.clock(), wrong.area().equals(Misconfiguration.HUB))) {
            wrong.plant().in(bed);

            List<Result> results = bed.examine(false, wrong.area()::equals);

            List<Result> blamed = results.stream()
                    .filter(result -> result.level() == Level.AMBER || result.level() == Level.RED)
                    .toList();
            assertThat(blamed).isNotEmpty().allSatisfy(result -> {
                assertThat(result.name()).isEqualTo(wrong.finding());
                assertThat(result.level()).isEqualTo(wrong.level());
                assertThat(result.finding().remedy()).contains(wrong.remedy());
                assertThat(result.finding().expected()).isNotBlank();
            });
            assertThat(results)
                    .as("what is not proven follows from what is red")
                    .filteredOn(result -> result.level() == Level.UNPROVEN)
                    .allSatisfy(result -> assertThat(result.finding().seen()).contains("because"));
        }
    }

    @Test
    void aHealthySetUpIsAllGreenAndOnlyACanceledIncidentIsLeft() throws Exception {
        try (ExaminedBed bed = new ExaminedBed(directory, Clock.systemUTC(), true)) {
            List<Result> results = bed.examine(false, area -> true);
            assertThat(results).allSatisfy(result -> assertThat(result.level()).isEqualTo(Level.GREEN));
            assertThat(bed.serviceNow().desk().incidents()).singleElement().satisfies(left -> {
                assertThat(left.state()).isEqualTo("8");
                assertThat(left.correlationId()).startsWith("doctor-");
                assertThat(left.field("short_description")).contains("[Roombridge doctor]");
                assertThat(left.field("assignment_group")).isEmpty();
            });
            assertThat(bed.hubs().total("portal-commands")).isZero();
        }
    }

    @Test
    void readOnlyMakesNothingAndSaysWhatWasNotProven() throws Exception {
        try (ExaminedBed bed = new ExaminedBed(directory, Clock.systemUTC(), true)) {
            List<Result> results = bed.examine(true, area -> true);

            assertThat(bed.serviceNow().requests().all())
                    .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
            assertThat(results)
                    .filteredOn(result -> result.level() == Level.UNPROVEN)
                    .extracting(Result::name)
                    .contains("create", "journal", "attachments", "resolve");
            assertThat(results).noneSatisfy(result -> assertThat(result.level()).isEqualTo(Level.RED));
        }
    }

    @Test
    void anInstanceThatInsistsOnAGroupGetsTheExamplesAndIsNotBlamed() throws Exception {
        try (ExaminedBed bed = new ExaminedBed(directory, Clock.systemUTC(), false)) {
            bed.serviceNow().switches().mandatoryOnInsert().add("assignment_group");

            List<Result> results = bed.examine(false, Misconfiguration.SERVICENOW::equals);

            assertThat(results).allSatisfy(result -> assertThat(result.level()).isEqualTo(Level.GREEN));
            assertThat(bed.serviceNow().desk().incidents())
                    .singleElement()
                    .satisfies(
                            left -> assertThat(left.field("assignment_group")).isNotEmpty());
        }
    }

    @Test
    void anIncidentWhoseCreationGotNoAnswerIsCleanedUpAllTheSame() throws Exception {
        try (ExaminedBed bed = new ExaminedBed(directory, Clock.systemUTC(), false)) {
            bed.serviceNow().faults().on(RequestMatcher.method("POST")).next(1, Fault.timeoutAfterCommit());

            List<Result> results = bed.examine(false, Misconfiguration.SERVICENOW::equals);

            assertThat(said(results, "left behind")).contains("INC0010001 canceled");
            assertThat(bed.serviceNow().desk().incidents())
                    .singleElement()
                    .satisfies(left -> assertThat(left.state()).isEqualTo("8"));
        }
    }

    @Test
    void aRedFindingIsExitCode1AndTellsScriptsWhatToDo() throws Exception {
        try (ExaminedBed bed = new ExaminedBed(directory, Clock.systemUTC(), true)) {
            bed.set("hub.consumer-group", "somebody");

            StringWriter said = new StringWriter();
            assertThat(Main.commandLine()
                            .setOut(new PrintWriter(said))
                            .execute(
                                    "doctor",
                                    "--read-only",
                                    "--json",
                                    "--config",
                                    bed.file().toString()))
                    .isEqualTo(1);

            JsonNode told = new ObjectMapper().readTree(said.toString());
            assertThat(told.path("healthy").asBoolean(true)).isFalse();
            assertThat(told.path("findings"))
                    .filteredOn(finding -> finding.path("level").asText().equals("red"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.path("area").asText()).isEqualTo("hub");
                        assertThat(finding.path("name").asText()).isEqualTo("consumer group");
                        assertThat(finding.path("remedy").asText()).contains("roombridge.hub.consumer-group");
                    });
            assertThat(said.toString())
                    .doesNotContain(bed.serviceNow().accounts().integration().password());
        }
    }

    @Test
    void besideARunningBridgeItDisturbsNothing() throws Exception {
        try (ExaminedBed bed = new ExaminedBed(directory, Clock.systemUTC(), true)) {
            bed.set("management.port", "0").set("poll.interval", "PT1S").set("hub.load-balancing-interval", "PT1S");
            try (Bridge bridge = Bridge.start(bed.settings(), Clock.systemUTC(), Clock.systemUTC())) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .until(() -> bridge.reading().size() == 1
                                && bed.hubs().subscribers().size() == 1);
                List<Subscriber> before = bed.hubs().subscribers();

                List<Result> results = bed.examine(false, area -> true);

                assertThat(results)
                        .noneSatisfy(result -> assertThat(result.level()).isEqualTo(Level.RED));
                assertThat(said(results, "store")).contains("a bridge runs here");
                assertThat(said(results, "consumer group")).contains("a bridge reads it");
                assertThat(bed.hubs().subscribers()).as("nobody was put out").isEqualTo(before);
                long asked = bed.serviceNow().requests().to("incident").size();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .until(() -> bed.serviceNow().requests().to("incident").size() >= asked + 3);
                assertThat(bed.hubs().total("portal-commands"))
                        .as("the portal is told nothing of the scratch incident")
                        .isZero();
                assertThat(bed.serviceNow().desk().incidents()).hasSize(1);
            }
        }
    }

    private static String said(List<Result> results, String name) {
        return results.stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow()
                .finding()
                .seen();
    }
}
