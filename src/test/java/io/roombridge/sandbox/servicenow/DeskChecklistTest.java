package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist 40 and 44 to 50 as far as no other test has them: what the rest of the desk does to a reader of changes. */
class DeskChecklistTest extends ServiceNowTest {

    private static final String BETH = "beth.anglin";

    @Test
    void aJournalRowMayBecomeVisibleAMinuteAfterItsTime() {
        String sysId = client.incident(Map.of());
        snow.switches()
                .lateRows((table, row) -> table.equals("sys_journal_field") ? Duration.ofSeconds(60) : Duration.ZERO);
        snow.desk().as(BETH).comment(sysId, "late");

        clock.advance(Duration.ofSeconds(59));
        assertThat(client.find("sys_journal_field", "element_id=" + sysId).result())
                .isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(client.find("sys_journal_field", "element_id=" + sysId).column("sys_created_on"))
                .containsExactly("2026-06-01 08:00:00");
    }

    @Test
    void anIncidentMayBecomeVisibleAfterItsTimeToo() {
        snow.switches().lateRows((table, row) -> Duration.ofSeconds(30));
        String sysId = client.incident(Map.of("correlation_id", "rb-1"));

        assertThat(client.find("incident", "correlation_id=rb-1").result()).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        assertThat(client.find("incident", "correlation_id=rb-1").column("sys_id"))
                .containsExactly(sysId);
    }

    @Test
    void aBusinessRuleCopiesCommentsButNoCopies() {
        String one = client.incident(Map.of());
        String two = client.incident(Map.of());
        snow.switches().copyComments("Copied: ", sysId -> List.of(one, two));

        client.patch(INCIDENTS + "/" + one, Map.of("comments", "We look at it"));

        assertThat(snow.desk().journal(one))
                .extracting(JournalEntry::value)
                .containsExactly("We look at it", "Copied: We look at it");
        assertThat(snow.desk().journal(two))
                .extracting(JournalEntry::value, JournalEntry::createdBy)
                .containsExactly(tuple("Copied: We look at it", "roombridge"));
    }

    @Test
    void aRangeOverTheTimeOfCreationMayBeDenied() {
        client.incident(Map.of("correlation_id", "rb-1"));
        snow.switches().rangeQueriesDenied().add("sys_created_on");

        assertThat(client.find("incident", "sys_created_on>=2026-06-01 00:00:00")
                        .status())
                .isEqualTo(403);
        assertThat(client.find("incident", "correlation_id=rb-1").result()).hasSize(1);
    }

    @Test
    void aResolvedIncidentIsClosedByTheJobAfterItsDays() {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);

        clock.advance(Duration.ofDays(7).minusSeconds(1));
        snow.autoclose();
        assertThat(state(sysId)).isEqualTo("6");

        clock.advance(Duration.ofSeconds(1));
        snow.autoclose();
        assertThat(state(sysId)).isEqualTo("7");
        assertThat(snow.desk().incident(sysId).orElseThrow().field("sys_updated_by"))
                .isEqualTo("system");
        assertThat(snow.desk().journal(sysId))
                .extracting(JournalEntry::value)
                .containsExactly("Incident automatically closed after 7 days in the Resolved state.");
        client.patch(INCIDENTS + "/" + sysId, Map.of("comments", "too late"));
        assertThat(snow.desk().journal(sysId)).hasSize(1);
    }

    @ParameterizedTest(name = "by {0}: {1}")
    @CsvSource({"RESOLVED_AT, 7", "LAST_UPDATE, 6"})
    void aCommentPutsTheClosingOffOnlyWhereTheLastUpdateCounts(Autoclose.Basis basis, String state) {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);
        snow.autocloseAfter(2, basis);

        clock.advance(Duration.ofDays(1));
        snow.desk().as(BETH).comment(sysId, "Thanks");
        clock.advance(Duration.ofDays(1));
        snow.autoclose();

        assertThat(state(sysId)).isEqualTo(state);
    }

    @Test
    void zeroDaysSwitchTheJobOff() {
        String sysId = client.incident(Map.of());
        client.resolve(sysId);
        snow.autocloseAfter(0, Autoclose.Basis.RESOLVED_AT);

        clock.advance(Duration.ofDays(400));
        snow.autoclose();

        assertThat(state(sysId)).isEqualTo("6");
    }

    @Test
    void aFileMovesTheTimeOfItsRecordOnlyWhereTheSwitchSaysSo() {
        String sysId = client.incident(Map.of());
        clock.advance(Duration.ofMinutes(1));
        byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);

        snow.desk().as(BETH).attach(sysId, "a.txt", "text/plain", bytes);
        assertThat(updatedOn(sysId)).isEqualTo("2026-06-01 08:00:00");

        snow.switches().filesTouchTheirRecord(true);
        snow.desk().as(BETH).attach(sysId, "b.txt", "text/plain", bytes);
        assertThat(updatedOn(sysId)).isEqualTo("2026-06-01 08:01:00");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, 2026-06-01 10:00:00",
        "MM-dd-yyyy HH:mm:ss, 06-01-2026 10:00:00",
        "dd/MM/yyyy hh:mm:ss a, 01/06/2026 10:00:00 AM",
        "dd.MM.yyyy HH.mm.ss, 01.06.2026 10.00.00"
    })
    void timesAreShownInTheFormatAndZoneOfTheReader(String format, String shown) {
        String sysId = client.incident(Map.of("comments", "hello"));
        snow.switches().dateFormat(format);
        Client beth = new Client(snow.url(), snow.accounts().of(BETH));

        Client.Answer answer = beth.get(INCIDENTS + "/" + sysId + "?sysparm_display_value=true");

        assertThat(answer.field("sys_created_on")).isEqualTo(shown);
        assertThat(answer.field("comments")).startsWith(shown + " - Roombridge Integration (Additional comments)\n");
        assertThat(client.get(INCIDENTS + "/" + sysId).field("sys_created_on")).isEqualTo("2026-06-01 08:00:00");
    }

    private String state(String sysId) {
        return snow.desk().incident(sysId).orElseThrow().state();
    }

    private String updatedOn(String sysId) {
        return snow.desk().incident(sysId).orElseThrow().field("sys_updated_on");
    }
}
