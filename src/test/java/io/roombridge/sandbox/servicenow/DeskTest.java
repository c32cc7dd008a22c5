package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist 48 to 50: the people of the desk, and the history that nobody can change. */
class DeskTest extends ServiceNowTest {

    private static final String BETH = "beth.anglin";

    @Test
    void everyVerbIsSignedWithThePersonWhoDidIt() {
        String sysId = client.incident(Map.of());
        Person beth = snow.desk().as(BETH);

        beth.comment(sysId, "We are on it");
        beth.workNote(sysId, "Cable?");
        beth.attach(sysId, "photo.png", "image/png", "bytes".getBytes(StandardCharsets.UTF_8));
        beth.assign(sysId, "david.loo");
        beth.hold(sysId, "4");
        beth.reopen(sysId);
        beth.resolve(sysId, "Solution provided", "Cable replaced");
        beth.close(sysId);

        assertThat(snow.desk().journal(sysId))
                .extracting(JournalEntry::createdBy)
                .containsOnly(BETH);
        assertThat(snow.desk().attachments(sysId))
                .extracting(Attachment::createdBy)
                .containsExactly(BETH);
        assertThat(snow.desk().incident(sysId).orElseThrow().field("sys_updated_by"))
                .isEqualTo(BETH);
        assertThat(snow.history().of(sysId))
                .extracting(write -> write.changed().get("state"))
                .containsExactly("1", null, null, "2", "3", "2", "6", "7");
    }

    @Test
    void theRulesHoldForPeopleToo() {
        String sysId = client.incident(Map.of());

        assertThatThrownBy(() -> snow.desk().as(BETH).resolve(sysId, "no such code", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Resolution code");
        assertThatThrownBy(() -> snow.desk().as("nobody")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> snow.desk().as(BETH).comment("0", "x")).hasMessageContaining("no such incident: 0");
    }

    @Test
    void aDuplicateIsCanceledWithItsCode() {
        String sysId = client.incident(Map.of());

        Incident canceled = snow.desk().as(BETH).cancel(sysId, "Duplicate");

        assertThat(canceled.state()).isEqualTo("8");
        assertThat(canceled.field("close_code")).isEqualTo("Duplicate");
        assertThat(canceled.isActive()).isFalse();
    }

    @Test
    void theHistoryTellsWhatChangedFromWhatToWhat() {
        String sysId = client.incident(Map.of("urgency", "3"));
        snow.desk().as(BETH).set(sysId, Map.of("urgency", "1", "work_notes", "the board meets there"));
        snow.desk().as("admin").delete(sysId);

        Write update = snow.history().of(sysId).get(1);

        assertThat(update.user()).isEqualTo(BETH);
        assertThat(update.time()).isEqualTo(clock.instant());
        assertThat(update.changed()).isEqualTo(Map.of("urgency", "1", "priority", "3"));
        assertThat(update.previous()).isEqualTo(Map.of("urgency", "3", "priority", "5"));
        assertThat(snow.history().to("sys_journal_field").get(0).changed()).containsEntry("element_id", sysId);
        assertThat(snow.desk().incident(sysId)).isEmpty();
    }

    @Test
    void rowsOfOtherTablesAreMadeOnDemand() {
        String room = snow.desk().as("admin").insert("cmdb_ci", Map.of("name", "Room 4.12"));
        String sysId = client.incident(Map.of("cmdb_ci", room));

        assertThat(client.get(INCIDENTS + "/" + sysId
                                + "?sysparm_display_value=true&sysparm_exclude_reference_link=true")
                        .field("cmdb_ci"))
                .isEqualTo("Room 4.12");
    }

    @Test
    void theSameSeedGivesTheSameIdsAndSecrets() {
        String first = client.incident(Map.of());
        try (EmbeddedServiceNow twin = EmbeddedServiceNow.start(Setup.defaults().withClock(clock))) {
            Client other = new Client(twin.url(), snow.accounts().integration());
            other.get(INCIDENTS);
            assertThat(other.incident(Map.of())).isEqualTo(first);
        }
        try (EmbeddedServiceNow stranger =
                EmbeddedServiceNow.start(Setup.defaults().withClock(clock).withSeed(2))) {
            assertThat(new Client(stranger.url(), snow.accounts().integration())
                            .get(INCIDENTS)
                            .status())
                    .isEqualTo(401);
        }
    }
}
