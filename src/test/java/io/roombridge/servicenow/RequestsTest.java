package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.servicenow.ScriptedInstance.Call;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What leaves the gateway, to the byte, and what it makes of good answers. */
class RequestsTest extends OnScriptedInstance {

    @Test
    void aCreateIsOnePostAndItsAnswerIsTheReadBack() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":" + ROW + "}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            IncidentRecord incident = gateway.create(Map.of("short_description", "100 % ^ %5E javascript: ü"));

            // Then
            assertThat(instance.calls()).hasSize(1);
            Call call = instance.calls().get(0);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.target()).startsWith("/api/now/table/incident?");
            assertThat(parameters(call))
                    .containsEntry("sysparm_exclude_reference_link", "true")
                    .containsEntry("sysparm_display_value", "false")
                    .containsEntry("sysparm_fields", String.join(",", IncidentRecord.FIELDS));
            assertThat(call.body()).isEqualTo("{\"short_description\":\"100 % ^ %5E javascript: ü\"}");
            assertThat(incident)
                    .isEqualTo(new IncidentRecord(
                            SYS_ID,
                            "INC0010001",
                            "1",
                            "3",
                            "1",
                            "3",
                            "",
                            "aaaa",
                            "",
                            "",
                            "",
                            TICKET.value(),
                            true,
                            "Kamera, Zürich",
                            4,
                            Optional.of(Instant.parse("2026-06-01T08:00:00Z")),
                            Optional.of(Instant.parse("2026-06-01T08:00:59Z")),
                            "bbbb",
                            "",
                            ""));
            assertThat(incident.state()).contains(IncidentState.NEW);
        }
    }

    @Test
    void anUpdateIsOnePatchOfTheFieldsNamed() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":" + ROW + "}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            gateway.update(SYS_ID, Map.of("work_notes", ""));

            // Then
            assertThat(instance.calls()).singleElement().satisfies(call -> {
                assertThat(call.method()).isEqualTo("PATCH");
                assertThat(call.target()).startsWith("/api/now/table/incident/" + SYS_ID + "?");
                assertThat(call.body()).isEqualTo("{\"work_notes\":\"\"}");
            });
        }
    }

    @Test
    void requestsStayOnPlainHttp11WithoutCookies() throws Exception {
        try (ScriptedInstance instance = new ScriptedInstance(call ->
                        json(200, "{\"result\":" + ROW + "}", "Set-Cookie: glide_session_store=1; Path=/; HttpOnly"));
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            gateway.read(SYS_ID);
            gateway.read(SYS_ID);

            // Then
            assertThat(instance.calls())
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call.headers())
                            .doesNotContainKeys("upgrade", "http2-settings", "cookie")
                            .containsEntry("authorization", "Basic YnJpZGdlOnNlY3JldC13b3Jk"));
        }
    }

    @Test
    void anEarlierCallDoesNotSteerTheNext() throws Exception {
        try (ScriptedInstance instance = new ScriptedInstance(call -> json(
                        200, call.target().contains("sys_choice") ? "{\"result\":[]}" : "{\"result\":" + ROW + "}"));
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            gateway.choices("incident", "close_code");
            gateway.read(SYS_ID);

            // Then
            assertThat(parameters(instance.calls().get(1))).doesNotContainKeys("sysparm_query", "sysparm_limit");
        }
    }

    @Test
    void whatBelongsToTheLanguageOfQueriesIsEscaped() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":[]}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            gateway.named("cmdb_ci", "name", "a^ORname=b %5EORname=c 50% & + ü");

            // Then
            assertThat(parameters(instance.calls().get(0)))
                    .containsEntry("sysparm_query", "name=a^^ORname=b %5EORname=c 50% & + ü");
        }
    }

    @Test
    void whatHasNoEscapeIsNeverSent() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":[]}");
                ServiceNowGateway gateway = gateway(instance)) {
            assertThatThrownBy(() -> gateway.named("cmdb_ci", "name", " JavaScript:gs.log('x')"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> gateway.named("cmdb_ci", "name^ORactive", "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> gateway.read("abc/../../sys_user/x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> gateway.update(SYS_ID.toUpperCase(Locale.ROOT), Map.of("state", "2")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> gateway.fieldLengths(List.of("a,b"))).isInstanceOf(IllegalArgumentException.class);
            assertThat(instance.calls()).isEmpty();
        }
    }

    @Test
    void aLookUpThatReturnsOtherIncidentsIsNotAnAnswer() throws Exception {
        String foreign = ROW.replace(TICKET.value(), "");
        try (ScriptedInstance instance = always("{\"result\":[" + foreign + "]}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.findByCorrelation(TICKET));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED_BY_ACL);
            assertThat(failure.detail()).contains("correlation_id");
        }
    }

    @Test
    void anAnswerAboutAnotherIncidentDoesNotMeanThatThisOneIsGone() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":" + ROW + "}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID.replace('0', '9')));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void aLookUpComparesTheKeyAndAsksForTheOldestFirst() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":[" + ROW + "]}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            List<IncidentRecord> found = gateway.findByCorrelation(TICKET);

            // Then
            assertThat(found).extracting(IncidentRecord::number).containsExactly("INC0010001");
            assertThat(parameters(instance.calls().get(0)))
                    .containsEntry("sysparm_query", "correlation_id=" + TICKET + "^ORDERBYsys_created_on^ORDERBYsys_id")
                    .containsEntry("sysparm_limit", "500");
        }
    }

    @Test
    void recordsAreFoundByTheValueThatWasAskedForAndNoOther() throws Exception {
        String rows = "{\"sys_id\":\"" + SYS_ID + "\",\"name\":\"ROOM 1\"}";
        assertThat(foundAmong("{\"result\":[" + rows + "]}")).containsExactly(SYS_ID);
        assertThat(foundAmong("{\"result\":[" + rows + "," + rows + "]}")).hasSize(2);
        assertThat(foundAmong("{\"result\":[" + rows.replace("ROOM 1", "Room 2") + "]}"))
                .isEmpty();
        assertThat(foundAmong("{\"result\":[]}")).isEmpty();
    }

    @Test
    void journalEntriesOfOtherRecordsAreLeftOut() throws Exception {
        String entry = "{\"sys_id\":\"1\",\"element_id\":\"%s\",\"element\":\"comments\",\"value\":\"Hello\","
                + "\"sys_created_by\":\"abel\",\"sys_created_on\":\"2026-06-01 08:00:00\"}";
        try (ScriptedInstance instance =
                        always("{\"result\":[" + entry.formatted(SYS_ID) + "," + entry.formatted("another") + "]}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            List<JournalEntry> entries = gateway.journal(SYS_ID, 20);

            // Then
            assertThat(entries)
                    .containsExactly(new JournalEntry(
                            "1",
                            SYS_ID,
                            "comments",
                            "Hello",
                            "abel",
                            Optional.of(Instant.parse("2026-06-01T08:00:00Z"))));
            assertThat(parameters(instance.calls().get(0)))
                    .containsEntry(
                            "sysparm_query",
                            "element_id=" + SYS_ID + "^elementINcomments,work_notes"
                                    + "^ORDERBYDESCsys_created_on^ORDERBYDESCsys_id");
        }
    }

    @Test
    void theLengthOfTheIncidentsOwnFieldCounts() throws Exception {
        String row = "{\"name\":\"%s\",\"element\":\"%s\",\"max_length\":\"%s\"}";
        try (ScriptedInstance instance = always("{\"result\":["
                        + row.formatted("incident", "short_description", "200") + ","
                        + row.formatted("task", "short_description", "160") + "]}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            Map<String, Integer> lengths =
                    gateway.fieldLengths(List.of("short_description", "description", "u_unknown"));

            // Then
            assertThat(lengths).containsExactly(Map.entry("description", 4000), Map.entry("short_description", 200));
        }
    }

    @Test
    void aDictionaryThatMayNotBeReadLeavesTheStandardLengths() throws Exception {
        try (ScriptedInstance instance = new ScriptedInstance(call -> json(
                        403, "{\"error\":{\"message\":\"Insufficient rights to query records\",\"detail\":null}}"));
                ServiceNowGateway gateway = gateway(instance)) {
            assertThat(gateway.fieldLengths(List.of("short_description")))
                    .containsExactly(Map.entry("short_description", 160));
        }
    }

    @Test
    void recordsAreCountedByTheInstance() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":{\"stats\":{\"count\":\"12\"}}}");
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            long count = gateway.count("incident", Query.where("active", "true"));

            // Then
            assertThat(count).isEqualTo(12);
            assertThat(instance.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.target())
                            .startsWith("/api/now/stats/incident?")
                            .contains("sysparm_count=true"));
        }
    }

    private static List<String> foundAmong(String answer) throws Exception {
        try (ScriptedInstance instance = always(answer);
                ServiceNowGateway gateway = gateway(instance)) {
            return gateway.named("cmdb_ci", "name", "Room 1").stream()
                    .map(NamedRecord::sysId)
                    .toList();
        }
    }

    private static Map<String, String> parameters(Call call) {
        String query = call.target().substring(call.target().indexOf('?') + 1);
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, second) -> first));
    }
}
