package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist 14 to 17, 40, 58: encoded queries. Four incidents a, b, c, d are in the way of every query. */
class SearchTest extends ServiceNowTest {

    @BeforeEach
    void fourIncidents() {
        String abel = snow.desk().find("sys_user", "user_name", "abel.tuter").orElseThrow();
        incident("a", "1", "1", Map.of("caller_id", abel, "correlation_id", "rb-1"));
        incident("b", "1", "2", Map.of("correlation_id", "rb-2"));
        incident("c", "2", "1", Map.of("caller_id", abel));
        incident("d", "3", "3", Map.of("correlation_id", "x^ORstate=1"));
    }

    private void incident(String name, String impact, String urgency, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.putAll(Map.of("short_description", name, "impact", impact, "urgency", urgency));
        client.incident(values);
    }

    private String found(String query) {
        return String.join("", client.find("incident", query).column("short_description"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "impact=1^urgency=1 | a",
                "impact=2^ORimpact=3 | cd",
                "urgency=1^impact=2^ORimpact=3 | c",
                "impact=1^urgency=1^NQimpact=3 | ad",
                "impact=1^urgency=9^NQimpact=1^urgency=2^EQ | b",
                "impactIN1,2^ORDERBYDESCshort_description | cba",
                "impactNOT IN1,2 | d",
                "ORDERBYDESCimpact^ORDERBYDESCurgency | dcba",
                "ORDERBYurgency^ORDERBYDESCimpact | cabd",
                "correlation_idSTARTSWITHrb- | ab",
                "correlation_idENDSWITH2 | b",
                "correlation_idLIKEB-1 | a",
                "correlation_idNOT LIKErb | cd",
                "correlation_idISEMPTY | c",
                "correlation_idISNOTEMPTY | abd",
                "correlation_id!=rb-1 | bcd",
                "impact>=2 | cd",
                "impact<2 | ab",
                "impactBETWEEN2@3 | cd",
                "impactSAMEASurgency | ad",
                "caller_id.user_name=abel.tuter | ac",
                "caller_id.emailENDSWITH@contoso.example | ac",
                "caller_idLIKEAbel | ac",
                "sys_created_on>=2026-06-01 08:00:00 | abcd",
                "sys_created_on>2026-06-01 08:00:00 | ''",
                "number=inc0010001 | a",
            })
    void conditionsJoinAndCompareAsOnAnInstance(String query, String expected) {
        assertThat(found(query)).isEqualTo(expected);
    }

    @Test
    void anUnescapedCircumflexInjectsAndADoubledOneDoesNot() {
        String key = "x^ORstate=1";

        assertThat(found("correlation_id=" + key)).as("injected").isEqualTo("abcd");
        assertThat(found("correlation_id=" + key.replace("^", "^^"))).isEqualTo("d");
    }

    @Test
    void aConditionOnAnUnknownFieldIsIgnoredAndTheRestRemains() {
        assertThat(found("correlation_idd=rb-1")).as("the whole table").isEqualTo("abcd");
        assertThat(found("impact=1^nope=1")).isEqualTo("ab");
        assertThat(found("impact=1^urgency=1^ORnope=1")).isEqualTo("a");
        assertThat(found("impact~1")).as("an unknown operator").isEqualTo("abcd");
    }

    @Test
    void anUnknownFieldMayAlsoMeanNoRowsOrARefusal() {
        snow.switches().unknownQueryField(Switches.UnknownQueryField.NO_ROWS);
        assertThat(found("nope=1")).isEmpty();

        snow.switches().unknownQueryField(Switches.UnknownQueryField.FORBIDDEN);
        Client.Answer answer = client.find("incident", "nope=1");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("error").path("message").asText())
                .isEqualTo("Insufficient rights to query records");
    }

    @Test
    void rangesCanBeDeniedWhileEqualityIsAllowed() {
        snow.switches().rangeQueriesDenied().add("sys_created_on");

        assertThat(client.find("incident", "sys_created_on>=2026-01-01 00:00:00")
                        .status())
                .isEqualTo(403);
        assertThat(client.find("incident", "ORDERBYsys_created_on").status()).isEqualTo(403);
        assertThat(client.find("incident", "sys_created_on=2026-06-01 08:00:00").status())
                .isEqualTo(200);
        assertThat(admin.find("incident", "ORDERBYsys_created_on").status()).isEqualTo(200);
    }

    @Test
    void rowsOfOneSecondAreOrderedByTheirRandomSysIds() {
        incident("e", "1", "1", Map.of());

        Client.Answer answer = client.find("incident", "ORDERBYsys_created_on^ORDERBYsys_id");
        List<String> ids = answer.column("sys_id");

        assertThat(answer.column("sys_created_on")).hasSize(5).containsOnly("2026-06-01 08:00:00");
        assertThat(ids).isSorted();
        assertThat(ids).as("not the order of creation").isNotEqualTo(inOrderOfCreation());
        assertThat(client.find("incident", "sys_created_on=2026-06-01 08:00:00^sys_id>" + ids.get(2))
                        .result())
                .hasSize(2);
    }

    private List<String> inOrderOfCreation() {
        return snow.desk().incidents().stream()
                .sorted(Comparator.comparing(Incident::number))
                .map(Incident::sysId)
                .toList();
    }

    @Test
    void theQueryIsDecodedExactlyOnce() {
        String text = "100% +1 \uD83D\uDE00 \u05D0\u05D1 & a=b";
        client.incident(Map.of("short_description", text));

        assertThat(found("short_description=" + text)).isEqualTo(text);
        assertThat(client.get(INCIDENTS + "?sysparm_query=short_descriptionLIKE100%25%20%2B1%20&sysparm_fields=number")
                        .result())
                .hasSize(1);
        assertThat(found("short_description=%61")).as("not decoded twice").isEmpty();
    }

    @Test
    void aScriptOfTheClientIsNotAValue() {
        assertThat(found("correlation_id=javascript:gs.beginningOfToday()")).isEqualTo("abcd");
        assertThat(found("opened_by=javascript:gs.getUserID()")).isEqualTo("abcd");
    }

    @Test
    void theParentTableHasTheRowsOfItsChildren() {
        assertThat(client.find("task", "number=INC0010001").column("sys_class_name"))
                .containsExactly("incident");
    }
}
