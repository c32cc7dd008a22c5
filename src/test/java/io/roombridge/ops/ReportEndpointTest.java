package io.roombridge.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.correlation.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be asked of the report, and how a wrong question is answered. */
class ReportEndpointTest {

    private final Database database = Database.open("jdbc:h2:mem:report-endpoint", "sa", "");
    private final Endpoints api = new Endpoints(List.of(ReportEndpoint.of(Jdbi.create(database.dataSource()))));

    @AfterEach
    void closeStore() {
        database.close();
    }

    private String asked(String from, String to, String zone, String format) {
        Call call = Call.get(ReportEndpoint.PATH, Map.of("from", from, "to", to, "zone", zone, "format", format));
        try (ByteArrayOutputStream answer = new ByteArrayOutputStream()) {
            api.ask(call, answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEmptyStoreSaysThatItKnowsNothing() {
        assertThat(asked("2026-06-01", "2026-06-30", "", ""))
                .startsWith("# Meeting rooms in ServiceNow: 1 to 30 June 2026\n\nDays of UTC.")
                .contains("The store has no decision about any event");
    }

    @Test
    void aQuestionThatCannotBeAnsweredSaysWhy() {
        assertThatThrownBy(() -> asked("yesterday", "2026-06-30", "UTC", "csv"))
                .isInstanceOf(Refusal.class)
                .hasMessage("from=yesterday is no day; it is written like 2026-06-01");
        assertThatThrownBy(() -> asked("2026-06-01", "2026-05-30", "UTC", "csv"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("swap the two days");
        assertThatThrownBy(() -> asked("2020-06-01", "2026-05-30", "UTC", "csv"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 400 days");
        assertThatThrownBy(() -> asked("2026-06-01", "2026-06-30", "Berlin", "csv"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("zone=Berlin is no time zone");
        assertThatThrownBy(() -> asked("2026-06-01", "2026-06-30", "UTC", "pdf"))
                .isInstanceOf(Refusal.class)
                .hasMessage("format=pdf: expected markdown, html or csv");
    }
}
