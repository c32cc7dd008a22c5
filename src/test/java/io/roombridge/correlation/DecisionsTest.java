package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.correlation.HourlyCounts.What;
import io.roombridge.report.DecisionReport;
import io.roombridge.report.Format;
import io.roombridge.report.Period;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What reports read says the same on both databases. */
class DecisionsTest {

    private static final Instant MORNING = Instant.parse("2026-06-01T08:59:59Z");
    private static final Period JUNE = new Period(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 30), ZoneOffset.UTC);

    private static String report(Database database) {
        try (database) {
            Jdbi jdbi = Jdbi.create(database.dataSource());
            jdbi.useTransaction(handle -> {
                Changes.record(handle, opened("e-1", new Outcome.Delivered(Reason.INCIDENT_CREATED)));
                Changes.record(handle, opened("e-2", new Outcome.Ignored(Reason.SUPPRESSED)));
            });
            HourlyCounts one = new HourlyCounts(jdbi, () -> MORNING);
            HourlyCounts other = new HourlyCounts(jdbi, () -> MORNING);
            one.count(What.CALL, "main", "read", 3);
            other.count(What.CALL, "main", "read", 4);
            one.write();
            other.write();
            one.write();
            return new DecisionReport(jdbi).of(JUNE, Format.CSV);
        }
    }

    private static ChangeRecord opened(String id, Outcome outcome) {
        return new ChangeRecord("contoso", new ChangeId(id), Optional.empty(), "ticket.opened", outcome, MORNING);
    }

    @Test
    void bothDatabasesCountAlikeAndNodesAddToTheSameHour() throws IOException {
        String ofH2 = report(Database.open("jdbc:h2:mem:decisions", "sa", ""));

        assertThat(ofH2)
                .contains("headline,reports of faults,,2\n")
                .contains("busiest-hour,calls,\"main, 2026-06-01 08:00\",7\n");
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThat(report(Database.open(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")))
                    .isEqualTo(ofH2);
        }
    }

    @Test
    void whatTheStoreDidNotTakeIsWrittenTheNextTime() {
        Database away = Database.open("jdbc:h2:mem:decisions-away", "sa", "");
        HourlyCounts counts = new HourlyCounts(Jdbi.create(away.dataSource()), () -> MORNING);
        counts.count(What.CALL, "main", "read", 3);
        Jdbi jdbi = Jdbi.create(away.dataSource());
        jdbi.useHandle(handle -> handle.execute("alter table hourly_count rename to elsewhere"));
        assertThatThrownBy(counts::write).isInstanceOf(RuntimeException.class);
        counts.count(What.CALL, "main", "read", 4);
        jdbi.useHandle(handle -> handle.execute("alter table elsewhere rename to hourly_count"));

        counts.write();

        assertThat(new DecisionReport(jdbi).of(JUNE, Format.CSV)).contains("calls-by-day,calls,2026-06-01,7\n");
        away.close();
    }
}
