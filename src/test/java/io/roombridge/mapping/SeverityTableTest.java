package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.SeverityTable.Priority;
import io.roombridge.ticket.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeverityTableTest {

    private static final SeverityTable SHIPPED = Tables.shipped(SeverityTable.FILE, SeverityTable::read);

    @ParameterizedTest
    @CsvSource({
        "CRITICAL,    false, Sales, 3, 1, 3",
        "IMPORTANT,   false, Sales, 3, 2, 4",
        "WARNING,     false, Sales, 3, 3, 5",
        "RECOMMENDED, false, Sales, 3, 3, 5",
        "CRITICAL,    true,  Sales, 2, 1, 2",
        "IMPORTANT,   true,  Sales, 2, 2, 3",
        "IMPORTANT,   false, vip,   2, 2, 3",
        "WARNING,     true,  VIP,   2, 3, 4"
    })
    void severityHighImpactAndTagsMakeImpactAndUrgency(
            Severity severity, String highImpact, String tag, int impact, int urgency, int priority) {
        // When
        Priority made = SHIPPED.of(severity, Tables.traits("highImpact", highImpact, "tag", tag));
        // Then
        assertThat(made.impact()).isEqualTo(impact);
        assertThat(made.urgency()).isEqualTo(urgency);
        assertThat(made.value()).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource({"1,1,2", "1,1,3", "1,2,3", "2,1,4", "3,1,5", "1,3,5", "1,1,5"})
    void nothingIsMoreUrgentThanTheCeiling(int impact, int urgency, int ceiling) {
        // Given
        String level = "{ impact: " + impact + ", urgency: " + urgency + " }";
        SeverityTable table = Tables.read(
                "severities: { critical: %s, important: %s, warning: %s, recommended: %s }\npriority-ceiling: %d"
                        .formatted(level, level, level, level, ceiling),
                SeverityTable::read);
        // When
        Priority made = table.of(Severity.CRITICAL, Tables.traits());
        // Then
        assertThat(made.value()).isEqualTo(ceiling);
        assertThat(made.impact()).isBetween(impact, 3);
        assertThat(made.urgency()).isBetween(urgency, 3);
    }

    @Test
    void theReasonNamesWhatRaisedIt() {
        assertThat(SHIPPED.of(Severity.IMPORTANT, Tables.traits("tag", "Sales,VIP"))
                        .reason())
                .isEqualTo("important, tag is VIP");
    }
}
