package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checklist 1, 2, 4, 18, 26 to 33, 42, 43, 59 to 61: the shape of the Table API. */
class TableApiTest extends ServiceNowTest {

    @Test
    void aCreatedIncidentIsAnsweredWithItsLocationAndOnlyStrings() {
        Client.Answer answer = client.post(INCIDENTS, Map.of("short_description", "No audio"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.field("sys_id")).matches("[0-9a-f]{32}");
        assertThat(answer.field("number")).matches("INC\\d{7}");
        assertThat(answer.header("Location")).isEqualTo(snow.url() + INCIDENTS + "/" + answer.field("sys_id"));
        assertThat(answer.result()).hasSizeGreaterThan(60);
        answer.result()
                .forEach(value -> assertThat(value.isTextual() || value.has("value"))
                        .as(value.toString())
                        .isTrue());
    }

    @Test
    void aNewIncidentHasTheDefaultsOfAnInstance() {
        Client.Answer answer = client.post(INCIDENTS, Map.of());

        assertThat(answer.field("state")).isEqualTo("1");
        assertThat(answer.field("incident_state")).isEqualTo("1");
        assertThat(List.of(answer.field("impact"), answer.field("urgency"), answer.field("priority")))
                .containsExactly("3", "3", "5");
        assertThat(answer.field("active")).isEqualTo("true");
        assertThat(answer.field("opened_at")).isEqualTo("2026-06-01 08:00:00");
        assertThat(answer.field("sys_created_by")).isEqualTo("roombridge");
        assertThat(answer.field("caller_id")).isEmpty();
    }

    @Test
    void numbersAreUniqueUnderParallelCreates() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(10);
        try {
            List<Future<String>> numbers = pool.invokeAll(Collections.nCopies(
                    50, () -> client.post(INCIDENTS, Map.of()).field("number")));
            Set<String> seen = new HashSet<>();
            for (Future<String> number : numbers) {
                assertThat(seen.add(number.get())).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(snow.desk().incidents()).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/now/table/incident", "/api/now/v1/table/incident", "/api/now/v2/table/incident"})
    void everyVersionReadsAndWrites(String incidents) {
        String sysId = client.post(incidents, Map.of("short_description", "a", "description", "kept"))
                .field("sys_id");
        String one = incidents + "/" + sysId;

        assertThat(client.get(one).field("short_description")).isEqualTo("a");
        assertThat(client.patch(one, Map.of("short_description", "b")).status()).isEqualTo(200);
        Client.Answer put = client.send(
                "PUT", one, Client.json(Map.of("short_description", "c")), Map.of("Content-Type", "application/json"));
        assertThat(put.field("short_description")).isEqualTo("c");
        assertThat(put.field("description")).as("PUT is partial too").isEqualTo("kept");
        assertThat(client.get(incidents).result()).hasSize(1);
        Client.Answer deleted = admin.send("DELETE", one, BodyPublishers.noBody(), Map.of());
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
    }

    @Test
    void linksOfReferencesCarryTheVersionOfTheRequest() {
        String sysId = client.incident(Map.of());

        JsonNode opener =
                client.get("/api/now/v2/table/incident/" + sysId).result().get("opened_by");

        assertThat(opener.get("link").asText())
                .isEqualTo(snow.url() + "/api/now/v2/table/sys_user/"
                        + opener.get("value").asText());
    }

    @Test
    void anUnknownRecordIsNotFoundByAnyVerb() {
        String unknown = INCIDENTS + "/" + "0".repeat(32);
        for (Client.Answer answer : List.of(
                client.get(unknown),
                client.patch(unknown, Map.of("state", "2")),
                client.send("DELETE", unknown, BodyPublishers.noBody(), Map.of()),
                client.get("/api/now/attachment/" + "0".repeat(32)))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text())
                    .isEqualTo("{\"error\":{\"message\":\"No Record found\",\"detail\":\"Record doesn't exist or ACL"
                            + " restricts the record retrieval\"},\"status\":\"failure\"}");
        }
    }

    @Test
    void anUnknownTableOrPathIsABadRequest() {
        assertThat(client.get("/api/now/table/nope").text())
                .isEqualTo("{\"error\":{\"message\":\"Invalid table nope\",\"detail\":null},\"status\":\"failure\"}");
        assertThat(client.get("/api/now/nope/incident").text())
                .contains("Requested URI does not represent any resource");
    }

    @Test
    void unknownAndReadOnlyFieldsAreIgnoredWithoutAWord() {
        Client.Answer answer = client.post(
                INCIDENTS,
                Map.of("bunk_field", "x", "sys_created_by", "x", "sys_mod_count", "9", "priority", "1", "u_x", ""));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.result().has("bunk_field")).isFalse();
        assertThat(answer.field("sys_created_by")).isEqualTo("roombridge");
        assertThat(answer.field("sys_mod_count")).isEqualTo("0");
        assertThat(answer.field("priority")).isEqualTo("5");
    }

    @Test
    void onlyTheFieldsThatWereAskedForComeBackAndNonsenseIsLeftOut() {
        String sysId = client.incident(Map.of());

        JsonNode row = client.get(INCIDENTS + "/" + sysId + "?sysparm_fields=number,opened_by.user_name,nope,a.b")
                .result();

        assertThat(row).hasSize(2);
        assertThat(row.get("opened_by.user_name").asText()).isEqualTo("roombridge");
    }

    @Test
    void referencesHaveFourShapes() {
        String one = INCIDENTS + "/" + client.incident(Map.of()) + "?sysparm_fields=opened_by,state&";
        String user = snow.desk().find("sys_user", "user_name", "roombridge").orElseThrow();
        String link = snow.url() + "/api/now/table/sys_user/" + user;

        assertThat(client.get(one + "sysparm_display_value=false").result().toString())
                .isEqualTo("{\"opened_by\":{\"link\":\"" + link + "\",\"value\":\"" + user + "\"},\"state\":\"1\"}");
        assertThat(client.get(one + "sysparm_exclude_reference_link=true")
                        .result()
                        .toString())
                .isEqualTo("{\"opened_by\":\"" + user + "\",\"state\":\"1\"}");
        assertThat(client.get(one + "sysparm_display_value=true").result().toString())
                .isEqualTo("{\"opened_by\":{\"display_value\":\"Roombridge Integration\",\"link\":\"" + link
                        + "\"},\"state\":\"New\"}");
        assertThat(client.get(one + "sysparm_display_value=all&sysparm_exclude_reference_link=true")
                        .result()
                        .toString())
                .isEqualTo("{\"opened_by\":{\"display_value\":\"Roombridge Integration\",\"value\":\"" + user
                        + "\"},\"state\":{\"display_value\":\"New\",\"value\":\"1\"}}");
    }

    @Test
    void pagesSayHowManyRowsThereAreAndWhereTheNextOnesAre() {
        for (int i = 0; i < 5; i++) {
            client.incident(Map.of());
        }

        Client.Answer first = client.find("incident", "active=true^ORDERBYnumber", "sysparm_limit=2");
        Client.Answer last =
                client.find("incident", "active=true^ORDERBYnumber", "sysparm_limit=2", "sysparm_offset=4");

        assertThat(first.result()).hasSize(2);
        assertThat(first.header("X-Total-Count")).isEqualTo("5");
        String page = snow.url() + INCIDENTS + "?sysparm_query=active%3Dtrue%5EORDERBYnumber&sysparm_limit=2";
        assertThat(first.header("Link"))
                .isEqualTo("<%1$s&sysparm_offset=0>;rel=\"first\",<%1$s&sysparm_offset=-2>;rel=\"prev\","
                                .formatted(page)
                        + "<%1$s&sysparm_offset=2>;rel=\"next\",<%1$s&sysparm_offset=4>;rel=\"last\"".formatted(page));
        assertThat(last.result()).hasSize(1);
        assertThat(last.header("Link")).doesNotContain("rel=\"next\"");
    }

    @Test
    void countAndLinksCanBeLeftOut() {
        client.incident(Map.of());
        client.incident(Map.of());

        Client.Answer answer = client.find(
                "incident", "", "sysparm_limit=1", "sysparm_no_count=true", "sysparm_suppress_pagination_header=true");

        assertThat(answer.header("X-Total-Count")).isEmpty();
        assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void aPageIsCutBeforeTheAclsTakeRowsAway() {
        String hidden = client.incident(Map.of("short_description", "a"));
        client.incident(Map.of("short_description", "b"));
        client.incident(Map.of("short_description", "c"));
        snow.switches().hideRows(hidden::equals);

        Client.Answer answer = client.find("incident", "ORDERBYshort_description", "sysparm_limit=2");

        assertThat(answer.column("short_description")).containsExactly("b");
        assertThat(answer.header("X-Total-Count")).isEqualTo("3");
        assertThat(answer.header("Link")).contains("rel=\"next\"");
        assertThat(client.get(INCIDENTS + "/" + hidden).status()).isEqualTo(404);
    }

    @Test
    void anEmptyListIsNotFoundInVersionOneOnly() {
        assertThat(client.get("/api/now/v1/table/incident").status()).isEqualTo(404);
        assertThat(client.get("/api/now/v2/table/incident").text()).isEqualTo("{\"result\":[]}");
    }

    @Test
    void namesAndValuesFilterAndEverythingElseIsIgnored() {
        client.incident(Map.of("short_description", "a", "impact", "1"));
        client.incident(Map.of("short_description", "b"));

        assertThat(client.get(INCIDENTS + "?impact=1").column("short_description"))
                .containsExactly("a");
        assertThat(client.get(INCIDENTS + "?impact=1%20-%20High&state=New").column("short_description"))
                .containsExactly("a");
        assertThat(client.get(INCIDENTS + "?query=number%3DINC1&sysparm_nope=1").result())
                .hasSize(2);
    }

    @Test
    void aSysIdOfTheClientIsHonouredOnceAndRefusedTwice() {
        String own = "0123456789abcdef0123456789abcdef";

        assertThat(client.incident(Map.of("sys_id", own))).isEqualTo(own);
        assertThat(client.post(INCIDENTS, Map.of("sys_id", own)).status()).isEqualTo(403);
        snow.switches().clientSysId(Switches.ClientSysId.IGNORED);
        assertThat(client.incident(Map.of("sys_id", own))).isNotEqualTo(own);
    }

    @Test
    void aCorrelationIdMayOccurTwice() {
        client.incident(Map.of("correlation_id", "rb-1"));
        client.incident(Map.of("correlation_id", "rb-1"));

        assertThat(client.find("incident", "correlation_id=rb-1").result()).hasSize(2);
    }

    @Test
    void anEmptyBodyCreatesARecordAndOfAnArrayOnlyTheFirstElementCounts() {
        Map<String, String> json = Map.of("Content-Type", "application/json");

        assertThat(client.send("POST", INCIDENTS, BodyPublishers.noBody(), json).status())
                .isEqualTo(201);
        client.send(
                "POST",
                INCIDENTS,
                BodyPublishers.ofString("[{'short_description':'a'},{'short_description':'b'}]"),
                json);

        assertThat(snow.desk().incidents())
                .extracting(incident -> incident.field("short_description"))
                .containsExactly("", "a");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        Client.Answer answer = client.send(
                "POST", INCIDENTS, BodyPublishers.ofString("{\"a\":"), Map.of("Content-Type", "application/json"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Exception while reading request");
        assertThat(snow.desk().incidents()).isEmpty();
    }

    @Test
    void aBodyOfMoreThanTenMegabytesIsRefusedInTheInstancesWords() {
        String body = "{\"description\":\"" + "x".repeat(10_485_760) + "\"}";

        Client.Answer answer = client.send(
                "POST", INCIDENTS, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail())
                .isEqualTo("Rejected large REST payload with content-length = %d bytes. Max allowed: 10485760 bytes."
                        .formatted(body.length()));
    }

    @Test
    void theVerbCanBeOverriddenAndTheBodyOfTheAnswerLeftOut() {
        String sysId = client.incident(Map.of());

        Client.Answer answer = client.send(
                "POST",
                INCIDENTS + "/" + sysId,
                Client.json(Map.of("state", "2")),
                Map.of(
                        "Content-Type",
                        "application/json",
                        "X-http-method-override",
                        "PATCH",
                        "X-no-response-body",
                        "true"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        assertThat(snow.desk().incident(sysId).orElseThrow().state()).isEqualTo("2");
    }

    @Test
    void wrongVerbsAndMediaTypesHaveTheirOwnStatus() {
        assertThat(client.send("PATCH", INCIDENTS, BodyPublishers.noBody(), Map.of())
                        .status())
                .isEqualTo(405);
        assertThat(client.send("GET", INCIDENTS, BodyPublishers.noBody(), Map.of("Accept", "image/png"))
                        .status())
                .isEqualTo(406);
        assertThat(client.send(
                                "POST",
                                INCIDENTS,
                                BodyPublishers.ofString("a=b"),
                                Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void headIsAnsweredWithoutABody() {
        client.incident(Map.of());

        Client.Answer answer = client.send("HEAD", INCIDENTS, BodyPublishers.noBody(), Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Total-Count")).isEqualTo("1");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void generatedLinksMayCarryAnotherHost() {
        snow.switches().linkHost(Optional.of(URI.create("https://contoso.example")));

        Client.Answer answer = client.post(INCIDENTS, Map.of());

        assertThat(answer.header("Location")).startsWith("https://contoso.example/api/now/table/incident/");
        assertThat(answer.result().get("opened_by").get("link").asText()).startsWith("https://contoso.example/");
    }

    @Test
    void displayValuesMayBeSentWhenTheRequestSaysSo() {
        client.post(
                INCIDENTS + "?sysparm_input_display_value=true",
                Map.of("caller_id", "Abel Tuter", "impact", "1 - High", "assignment_group", "Nobody"));

        Incident incident = snow.desk().incidents().get(0);

        assertThat(incident.field("caller_id"))
                .isEqualTo(
                        snow.desk().find("sys_user", "user_name", "abel.tuter").orElseThrow());
        assertThat(incident.field("impact")).isEqualTo("1");
        assertThat(incident.field("assignment_group")).isEmpty();
    }

    @Test
    void aUserInAnotherTimeZoneSeesAndSendsOtherTimes() {
        Client beth = new Client(snow.url(), snow.accounts().of("beth.anglin"));
        String one = INCIDENTS + "/" + client.incident(Map.of());

        JsonNode opened = beth.get(one + "?sysparm_display_value=all&sysparm_fields=opened_at")
                .result()
                .get("opened_at");
        beth.patch(one + "?sysparm_input_display_value=true", Map.of("follow_up", "2026-12-01 10:00:00"));

        assertThat(opened.get("value").asText()).isEqualTo("2026-06-01 08:00:00");
        assertThat(opened.get("display_value").asText()).isEqualTo("2026-06-01 10:00:00");
        assertThat(client.get(one).field("follow_up")).as("winter time").isEqualTo("2026-12-01 09:00:00");
    }
}
