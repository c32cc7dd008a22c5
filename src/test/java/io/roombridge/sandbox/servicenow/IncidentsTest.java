package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist 5 to 9, 41, 45 to 47, 49 to 54: the rules of an incident. */
class IncidentsTest extends ServiceNowTest {

    private static final String MANDATORY = "Data Policy Exception: The following fields are mandatory: ";

    private Client.Answer patch(String sysId, Map<String, String> values) {
        return client.patch(INCIDENTS + "/" + sysId, values);
    }

    private Incident incident(String sysId) {
        return snow.desk().incident(sysId).orElseThrow();
    }

    @Test
    void resolvingWithoutCloseInformationIsRefusedAndChangesNothing() {
        String sysId = client.incident(Map.of());
        Incident before = incident(sysId);

        Client.Answer answer = patch(sysId, Map.of("state", "6", "short_description", "other", "comments", "bye"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("error").path("message").asText()).isEqualTo("Operation Failed");
        assertThat(answer.detail())
                .startsWith(MANDATORY)
                .contains("Resolution code")
                .contains("Resolution notes");
        assertThat(incident(sysId)).isEqualTo(before);
        assertThat(snow.desk().journal(sysId)).isEmpty();
    }

    @Test
    void anUnknownCloseCodeIsDroppedAndThenMissing() {
        String sysId = client.incident(Map.of());

        Client.Answer answer = patch(sysId, Map.of("state", "6", "close_code", "Closed by robot", "close_notes", "x"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.detail()).isEqualTo(MANDATORY + "Resolution code");
    }

    @Test
    void aResolvedIncidentIsStampedAndStaysActive() {
        String sysId = client.incident(Map.of());
        clock.advance(Duration.ofMinutes(5));

        assertThat(client.resolve(sysId).status()).isEqualTo(200);

        Incident incident = incident(sysId);
        assertThat(incident.field("resolved_at")).isEqualTo("2026-06-01 08:05:00");
        assertThat(incident.field("resolved_by"))
                .isEqualTo(
                        snow.desk().find("sys_user", "user_name", "roombridge").orElseThrow());
        assertThat(incident.isActive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"7", "8"})
    void aClosedOrCanceledIncidentIsInactiveAndStamped(String state) {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);

        patch(sysId, Map.of("state", state));

        Incident incident = incident(sysId);
        assertThat(incident.state()).isEqualTo(state);
        assertThat(incident.isActive()).isFalse();
        assertThat(incident.field("closed_at")).isEqualTo("2026-06-01 08:00:00");
        assertThat(incident.field("closed_by")).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({"state", "incident_state"})
    void bothFieldsOfTheStateFollowEachOther(String field) {
        String sysId = client.incident(Map.of());

        patch(sysId, Map.of(field, "2"));

        assertThat(incident(sysId).field("state")).isEqualTo("2");
        assertThat(incident(sysId).field("incident_state")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,2,2", "1,3,3", "2,1,2", "2,2,3", "2,3,4", "3,1,3", "3,2,4", "3,3,5"})
    void priorityFollowsFromImpactAndUrgencyAndCannotBeWritten(String impact, String urgency, String priority) {
        String sysId = client.incident(Map.of("impact", impact, "urgency", urgency, "priority", "1"));
        assertThat(incident(sysId).priority()).isEqualTo(priority);

        patch(sysId, Map.of("priority", "2"));
        assertThat(incident(sysId).priority()).isEqualTo(priority);
    }

    @Test
    void reopeningIsCountedAndStamped() {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);
        clock.advance(Duration.ofMinutes(1));

        patch(sysId, Map.of("state", "2"));

        Incident incident = incident(sysId);
        assertThat(incident.field("reopen_count")).isEqualTo("1");
        assertThat(incident.field("reopened_time")).isEqualTo("2026-06-01 08:01:00");
        assertThat(incident.field("reopened_by")).hasSize(32);
        assertThat(incident.field("resolved_at")).isEmpty();
    }

    @Test
    void aClosedIncidentIsReopenedByAnAdminOnly() {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);
        snow.desk().as("admin").close(sysId);

        assertThat(patch(sysId, Map.of("state", "2")).status()).isEqualTo(200);
        assertThat(incident(sysId).state()).isEqualTo("7");
        snow.desk().as("admin").reopen(sysId);
        assertThat(incident(sysId).state()).isEqualTo("2");
    }

    @Test
    void holdReasonGoesWithTheHold() {
        String sysId = client.incident(Map.of());

        patch(sysId, Map.of("state", "3", "hold_reason", "1"));
        assertThat(incident(sysId).field("hold_reason")).isEqualTo("1");
        patch(sysId, Map.of("state", "2"));
        assertThat(incident(sysId).field("hold_reason")).isEmpty();
    }

    @Test
    void aCommentOfTheCallerEndsTheWaitForTheCaller() {
        String caller = snow.desk().find("sys_user", "user_name", "abel.tuter").orElseThrow();
        String sysId = client.incident(Map.of("caller_id", caller, "state", "3", "hold_reason", "1"));

        snow.desk().as("beth.anglin").comment(sysId, "Any news?");
        assertThat(incident(sysId).state()).isEqualTo("3");
        snow.desk().as("abel.tuter").comment(sysId, "It works again.");
        assertThat(incident(sysId).state()).isEqualTo("2");
    }

    @Test
    void theChildrenOfAResolvedIncidentAreResolvedWithItsNotes() {
        String parent = client.incident(Map.of());
        String child = client.incident(Map.of("parent_incident", parent));

        client.resolve(parent);

        assertThat(incident(child).state()).isEqualTo("6");
        assertThat(incident(child).field("close_notes")).isEqualTo("Cable replaced");
    }

    @Test
    void everyEffectiveWriteCountsAndAWriteOfTheSameValuesDoesNot() {
        String sysId = client.incident(Map.of());
        clock.advance(Duration.ofSeconds(10));

        patch(sysId, Map.of("state", "2"));
        clock.advance(Duration.ofSeconds(10));
        patch(sysId, Map.of("state", "2"));
        assertThat(incident(sysId).field("sys_mod_count")).isEqualTo("1");
        assertThat(incident(sysId).field("sys_updated_on")).isEqualTo("2026-06-01 08:00:10");

        patch(sysId, Map.of("state", "2", "work_notes", "a note always counts"));
        assertThat(incident(sysId).field("sys_mod_count")).isEqualTo("2");

        snow.switches().noOpUpdate(Switches.NoOpUpdate.COUNTED);
        patch(sysId, Map.of("state", "2"));
        assertThat(incident(sysId).field("sys_mod_count")).isEqualTo("3");
    }

    @Test
    void closeCodesDifferByReleaseAndAreReadFromTheChoices() {
        String query = "name=incident^element=close_code^inactive=false^language=en";
        assertThat(client.find("sys_choice", query).column("value")).contains("Solution provided");

        snow.legacyCloseCodes();

        assertThat(client.find("sys_choice", query).column("value"))
                .contains("Solved (Permanently)")
                .doesNotContain("Solution provided");
        assertThat(client.resolve(client.incident(Map.of())).status()).isEqualTo(403);
    }

    @Test
    void unknownChoicesAreDropped() {
        String sysId = client.incident(Map.of("category", "nonsense", "urgency", "9", "state", "99"));

        assertThat(incident(sysId).field("category")).isEqualTo("inquiry");
        assertThat(incident(sysId).field("urgency")).isEqualTo("3");
        assertThat(incident(sysId).state()).isEqualTo("1");
    }

    @Test
    void longTextsAreTruncatedByCodePointsOrRejected() {
        String long161 = "\uD83D\uDE00".repeat(161);

        String sysId = client.incident(Map.of("short_description", long161));
        assertThat(incident(sysId).field("short_description")).isEqualTo("\uD83D\uDE00".repeat(160));

        snow.switches().longText(Switches.LongText.REJECTED);
        assertThat(client.post(INCIDENTS, Map.of("short_description", long161)).status())
                .isEqualTo(403);
        assertThat(client.find(
                                "sys_dictionary",
                                "nameINincident,task^elementINshort_description,correlation_id^ORDERBYelement")
                        .column("max_length"))
                .containsExactly("100", "160");
    }

    @Test
    void aCustomerMayMakeFieldsMandatory() {
        snow.switches().mandatoryOnInsert().add("caller_id");

        assertThat(client.post(INCIDENTS, Map.of()).detail()).isEqualTo(MANDATORY + "Caller");
        assertThat(snow.desk().incidents()).isEmpty();
    }

    @Test
    void aBusinessRuleMayAbortAWrite() {
        snow.switches().abortWrites("Detect EICAR", text -> text.contains("EICAR"));

        Client.Answer answer = client.post(INCIDENTS, Map.of("short_description", "EICAR"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.detail())
                .matches("Operation against file 'incident' was aborted by Business Rule 'Detect EICAR\\^\\w{32}'\\."
                        + " Business Rule Stack:Detect EICAR");
    }

    @Test
    void aFieldIsClearedByAnEmptyText() {
        String sysId = client.incident(Map.of("description", "x"));

        patch(sysId, Map.of("description", "", "state", ""));

        assertThat(incident(sysId).field("description")).isEmpty();
        assertThat(incident(sysId).state())
                .as("there is no incident without a state")
                .isEqualTo("1");
    }

    @Test
    void aDeletedIncidentIsGoneWithItsJournal() {
        String sysId = client.incident(Map.of("comments", "x"));

        admin.send("DELETE", INCIDENTS + "/" + sysId, BodyPublishers.noBody(), Map.of());

        assertThat(client.get(INCIDENTS + "/" + sysId).status()).isEqualTo(404);
        assertThat(admin.find("sys_journal_field", "element_id=" + sysId).result())
                .isEmpty();
        assertThat(snow.history().of(sysId))
                .extracting(Write::operation)
                .containsExactly(Write.Operation.INSERT, Write.Operation.DELETE);
    }
}
