package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist 10 to 13: comments and work notes. */
class JournalsTest extends ServiceNowTest {

    private String one(String sysId) {
        return INCIDENTS + "/" + sysId;
    }

    @Test
    void notesOfACreateAndOfAnUpdateBecomeEntries() {
        String sysId = client.incident(Map.of("comments", "first"));
        clock.advance(Duration.ofSeconds(1));
        client.patch(one(sysId), Map.of("comments", "second", "work_notes", "internal"));

        Client.Answer entries = client.find("sys_journal_field", "element_id=" + sysId + "^ORDERBYvalue");

        assertThat(entries.column("value")).containsExactly("first", "internal", "second");
        assertThat(entries.column("element")).containsExactly("comments", "work_notes", "comments");
        assertThat(entries.column("name")).containsOnly("incident");
        assertThat(entries.column("sys_created_by")).containsOnly("roombridge");
        assertThat(entries.column("sys_created_on"))
                .containsExactly("2026-06-01 08:00:00", "2026-06-01 08:00:01", "2026-06-01 08:00:01");
        assertThat(entries.result().get(0).has("sys_updated_on")).isFalse();
    }

    @Test
    void theFieldItselfReadsEmptyAndItsDisplayValueIsTheWholeJournalNewestFirst() {
        String sysId = client.incident(Map.of("comments", "first"));
        clock.advance(Duration.ofMinutes(1));
        snow.desk().as("beth.anglin").comment(sysId, "second\nline");
        snow.desk().as("beth.anglin").workNote(sysId, "internal");

        JsonNode all = client.get(one(sysId) + "?sysparm_display_value=all&sysparm_fields=comments,work_notes")
                .result();
        String asText = client.get(one(sysId) + "?sysparm_display_value=true").field("comments");

        assertThat(client.get(one(sysId)).field("comments")).isEmpty();
        assertThat(all.get("comments").get("value").asText()).isEmpty();
        assertThat(all.get("comments").get("display_value").asText())
                .isEqualTo("2026-06-01 08:01:00 - Beth Anglin (Additional comments)\nsecond\nline\n\n"
                        + "2026-06-01 08:00:00 - Roombridge Integration (Additional comments)\nfirst\n\n");
        assertThat(all.get("work_notes").get("display_value").asText())
                .isEqualTo("2026-06-01 08:01:00 - Beth Anglin (Work notes)\ninternal\n\n");
        assertThat(asText).isEqualTo(all.get("comments").get("display_value").asText());
    }

    @Test
    void theMergedJournalHasBothKindsInTheReadersTimeZone() {
        String sysId = client.incident(Map.of("comments", "seen", "work_notes", "internal"));
        Client beth = new Client(snow.url(), snow.accounts().of("beth.anglin"));

        String merged = beth.get(one(sysId) + "?sysparm_display_value=true").field("comments_and_work_notes");

        assertThat(merged)
                .contains("2026-06-01 10:00:00 - Roombridge Integration (Additional comments)\nseen")
                .contains("2026-06-01 10:00:00 - Roombridge Integration (Work notes)\ninternal");
    }

    @Test
    void theAnswerToAWriteIsItsReadBack() {
        String sysId = client.incident(Map.of());

        Client.Answer answer = client.patch(
                one(sysId) + "?sysparm_display_value=all&sysparm_fields=state,work_notes",
                Map.of("work_notes", "ref rb-1"));

        assertThat(answer.result().get("work_notes").get("display_value").asText())
                .contains("ref rb-1");
    }

    @Test
    void unreadableJournalsLookLikeNoJournals() {
        String sysId = client.incident(Map.of("comments", "x"));
        snow.switches().journalsReadable(false);

        Client.Answer answer = client.find("sys_journal_field", "element_id=" + sysId);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"result\":[]}");
        assertThat(client.get(one(sysId) + "?sysparm_display_value=true").field("comments"))
                .contains("x");
        assertThat(admin.find("sys_journal_field", "element_id=" + sysId).result())
                .hasSize(1);
    }

    @Test
    void aNoteOnAClosedIncidentVanishesWithStatus200() {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);
        client.patch(one(sysId), Map.of("state", "7", "comments", "comes with the closing"));

        assertThat(client.patch(one(sysId), Map.of("comments", "too late")).status())
                .isEqualTo(200);
        assertThat(snow.desk().journal(sysId))
                .extracting(JournalEntry::value)
                .containsExactly("comes with the closing");

        snow.switches().journalOnClosedDropped(false);
        client.patch(one(sysId), Map.of("comments", "kept here"));
        assertThat(snow.desk().journal(sysId)).extracting(JournalEntry::value).contains("kept here");
    }

    @Test
    void nobodyWritesTheJournalTableItself() {
        assertThat(admin.post("/api/now/table/sys_journal_field", Map.of("value", "x"))
                        .status())
                .isEqualTo(403);
    }
}
