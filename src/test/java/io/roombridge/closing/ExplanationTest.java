package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Calendars CALENDARS = new Calendars();
    private static final TimeZones ZONES = new TimeZones();

    @Test
    void jsonHasTheDueInstantTheZoneAndEverySkippedDayByName() throws JsonProcessingException {
        JsonNode json = json(explain("DE-BY", "customer", "2026-12-23T10:00+01:00", Optional.empty()));

        assertThat(json.get("dueAt").asText()).isEqualTo("2026-12-30T00:00:00+01:00");
        assertThat(json.get("zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(json.get("region").asText()).isEqualTo("DE-BY");
        assertThat(json.get("class").asText()).isEqualTo("customer");
        assertThat(json.get("businessDays").asInt()).isEqualTo(3);
        assertThat(json.get("from").asText()).isEqualTo("2026-12-23T10:00:00+01:00");
        assertThat(json.get("warnAt").asText()).isEqualTo("2026-12-28T09:00:00+01:00");
        assertThat(json.get("executeFrom").asText()).isEqualTo("2026-12-30T09:00:00+01:00");
        assertThat(json.get("text").asText()).isEqualTo("end of Tuesday 29 December 2026 (Europe/Berlin)");
        assertThat(json.get("skipped")).hasToString("""
                        [{"date":"2026-12-25","name":"1st Christmas day","reason":"holiday"},\
                        {"date":"2026-12-26","name":"2nd Christmas day","reason":"holiday"},\
                        {"date":"2026-12-27","name":"Sunday","reason":"weekend"}]""");
    }

    @Test
    void systemTicketsWaitFifteenBusinessDays() throws JsonProcessingException {
        JsonNode json = json(explain("DE-BY", "system", "2026-12-23T10:00+01:00", Optional.empty()));

        assertThat(json.get("businessDays").asInt()).isEqualTo(15);
        assertThat(json.get("counted")).hasSize(15);
        assertThat(json.get("dueAt").asText()).isEqualTo("2027-01-19T00:00:00+01:00");
    }

    @Test
    void theZoneOfTheRoomDecidesNotTheOffsetOfTheStart() throws JsonProcessingException {
        JsonNode json = json(explain("US", "customer", "2026-07-17T05:30Z", Optional.of("Hawaiian Standard Time")));

        assertThat(json.get("from").asText()).isEqualTo("2026-07-16T19:30:00-10:00");
        assertThat(json.get("dueAt").asText()).isEqualTo("2026-07-22T00:00:00-10:00");
    }

    @Test
    void anAssumedZoneAndAWholeCountryAreSaid() {
        assertThat(explain("US", "customer", "2026-10-09T10:00-04:00", Optional.empty())
                        .notes())
                .containsExactly(
                        "US has several time zones; America/New_York is assumed, give --zone for another one",
                        "no subdivision given: a holiday of any subdivision counts");
        assertThat(explain("DE-BY", "customer", "2026-10-09T10:00+02:00", Optional.empty())
                        .notes())
                .isEmpty();
    }

    @Test
    void quebecIsExplainedAndFlagged() throws JsonProcessingException {
        Explanation quebec = explain("CA-QC", "customer", "2027-06-23T10:00-04:00", Optional.of("America/Toronto"));

        assertThat(json(quebec).get("supported").asBoolean()).isFalse();
        assertThat(quebec.text()).contains("Note           the managed service excludes Quebec (seed 004)");
    }

    @Test
    void aWrongWordIsRefusedWithWhatWasExpected() {
        assertThat(refusal("DE", "vip", "2026-10-09T10:00+02:00"))
                .contains("vip")
                .contains("customer or system");
        assertThat(refusal("DE", "system", "yesterday")).contains("yesterday").contains("2026-12-23T10:00+01:00");
        assertThat(refusal("DE", "system", "2026-10-09T10:00")).contains("date, time and offset");
        assertThat(refusal("FR", "system", "2026-10-09T10:00+02:00")).contains("\"FR\"");
        assertThat(ask("DE", "system", "2026-10-09T10:00+02:00", Optional.of("Mars/Olympus"))
                        .refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Mars/Olympus"));
    }

    @Test
    void theExamplesOfTheDocumentationAreTrue() throws IOException {
        String page = Files.readString(Path.of("docs/closing.md"));
        List<String> examples = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(examples).hasSize(3).allSatisfy(example -> {
            String command = example.lines().findFirst().orElseThrow();
            assertThat(explain(
                                    argument(command, "region").orElseThrow(),
                                    argument(command, "class").orElseThrow(),
                                    argument(command, "from").orElseThrow(),
                                    argument(command, "zone"))
                            .text())
                    .isEqualTo(example.substring(command.length() + 1));
        });
    }

    private static Optional<String> argument(String command, String name) {
        Matcher matcher = Pattern.compile("--" + name + " (\\S+)").matcher(command);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Explanation explain(String region, String ticketClass, String from, Optional<String> zone) {
        return ask(region, ticketClass, from, zone).toOptional().orElseThrow();
    }

    private static String refusal(String region, String ticketClass, String from) {
        return ask(region, ticketClass, from, Optional.empty()).refusal().orElseThrow();
    }

    private static Finding<Explanation> ask(String region, String ticketClass, String from, Optional<String> zone) {
        return ExplainRequest.parse(region, ticketClass, from, zone)
                .then(request -> Explanation.of(CALENDARS, ZONES, InactivityRule.OF_THE_SERVICE, request));
    }

    private static JsonNode json(Explanation explanation) throws JsonProcessingException {
        return JsonMapper.builder().build().readTree(explanation.json());
    }
}
