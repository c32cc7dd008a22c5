package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.portal.DayCheck.Verdict;
import io.roombridge.sandbox.portal.Truth.Expectation;
import io.roombridge.sandbox.portal.Truth.Expected;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge against a desk as it should be, and against the same desk with one fault planted. */
final class DayCheckTest {

    private static final String NEW = "1";
    private static final String RESOLVED = "6";
    private static final String CLOSED = "7";
    private static final String CANCELED = "8";

    private static final Truth TRUTH = CampusDay.of(7, LocalDate.of(2026, 6, 4)).truth();

    private final Truth truth = TRUTH;
    private final Desk desk = new Desk();

    @BeforeEach
    void aPerfectDesk() {
        truth.tickets().stream().filter(Expectation::admitted).forEach(ticket -> {
            String sysId = desk.open(ticket.ticket().correlationId(), "");
            for (int episode = 1; episode < ticket.episodes(); episode++) {
                desk.set(sysId, RESOLVED);
                desk.set(sysId, NEW);
            }
            if (ticket.state() == Expected.RESOLVED) {
                desk.set(sysId, RESOLVED);
            }
        });
    }

    @Test
    void aPerfectDeskPasses() {
        Verdict verdict = judge();

        assertThat(verdict.wrong()).isEmpty();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict).isEqualTo(new Verdict(truth.admitted(), truth.admitted(), 0, 0, List.of()));
    }

    @Test
    void aSecondIncidentOfATicketIsADuplicate() {
        desk.open(any(Expected.RESOLVED).ticket().correlationId(), "");

        assertThat(judge().duplicates()).isEqualTo(1);
        assertThat(judge().passed()).isFalse();
    }

    @Test
    void aFollowUpOfAnIncidentThatIsOnlyResolvedIsADuplicate() {
        Expectation ticket = any(Expected.RESOLVED);
        desk.open(ticket.ticket().correlationId(), desk.sysId(ticket));

        assertThat(judge().duplicates()).isEqualTo(1);
    }

    @Test
    void aFollowUpOfAClosedIncidentIsItsChain() {
        Expectation ticket = any(expected -> expected.state() == Expected.ACTIVE && expected.episodes() == 2);
        String first = desk.sysId(ticket);
        desk.forget(first);
        String again = desk.open(ticket.ticket().correlationId(), "");
        desk.set(again, CLOSED);
        desk.open(ticket.ticket().correlationId(), again);

        assertThat(judge().wrong()).isEmpty();
    }

    @Test
    void aTicketWithoutAnIncidentIsLost() {
        desk.forget(desk.sysId(any(Expected.ACTIVE)));

        assertThat(judge().lost()).isEqualTo(1);
        assertThat(judge().wrong()).singleElement().asString().contains("has no incident");
    }

    @Test
    void aStateThatDoesNotFitTheSignalIsWrong() {
        Expectation ticket = any(expected -> expected.state() == Expected.ACTIVE && expected.unhealthy());
        desk.set(desk.sysId(ticket), RESOLVED);

        assertThat(judge().wrong())
                .singleElement()
                .asString()
                .contains("is Resolved; expected ACTIVE, because the signal is unhealthy");
        assertThat(judge().passed()).isFalse();
    }

    @Test
    void anIncidentThatIsNotResolvedAfterTheRecoveryIsWrong() {
        Expectation ticket = any(Expected.RESOLVED);
        desk.forget(desk.sysId(ticket));
        desk.open(ticket.ticket().correlationId(), "");

        assertThat(judge().wrong()).anyMatch(line -> line.contains("is New; expected RESOLVED"));
    }

    @Test
    void aCanceledIncidentIsWrong() {
        desk.set(desk.sysId(any(Expected.RESOLVED_OR_WORKED_ON)), CANCELED);

        assertThat(judge().wrong()).singleElement().asString().contains("not canceled");
    }

    @Test
    void anEpisodeTooManyIsWrong() {
        Expectation ticket = any(Expected.RESOLVED);
        desk.set(desk.sysId(ticket), NEW);
        desk.set(desk.sysId(ticket), RESOLVED);

        assertThat(judge().wrong()).singleElement().asString().contains("opened or reopened");
    }

    @Test
    void anIncidentOfATicketThatWasSetAsideIsWrong() {
        desk.open(any(Expected.NO_INCIDENT).ticket().correlationId(), "");

        assertThat(judge().wrong()).singleElement().asString().contains("had to be set aside as");
    }

    @Test
    void anIncidentOfNoTicketIsWrongButOtherPeoplesIncidentsAreNot() {
        desk.open("rb-0000000000000000000000000000000000000000", "");
        desk.open("", "");
        desk.open("monitoring-77", "");

        assertThat(judge().wrong()).singleElement().asString().contains("belongs to no ticket of the day");
    }

    @Test
    void aRingOfParentsIsFoundAndEndsTheSearch() {
        Expectation ticket = any(Expected.ACTIVE);
        String first = desk.sysId(ticket);
        String second = desk.open(ticket.ticket().correlationId(), first);
        desk.reparent(first, second);

        assertThat(judge().passed()).isFalse();
    }

    @Test
    void theLastLineOfTheSummaryIsForScripts() {
        desk.forget(desk.sysId(any(Expected.ACTIVE)));
        desk.open(any(Expected.RESOLVED).ticket().correlationId(), "");

        String text =
                new Summary(7, truth, Map.of("ticket.opened", 100L, "stream.heartbeat", 40L), 250, judge()).text();

        assertThat(text).endsWith("\nduplicates 1, lost 1\n").contains("100, and 40 heartbeats", "2.50 per event");
    }

    private Verdict judge() {
        return DayCheck.judge(truth, desk);
    }

    private Expectation any(Expected state) {
        return any(ticket -> ticket.state() == state);
    }

    private Expectation any(Predicate<Expectation> wanted) {
        return truth.tickets().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** A desk that keeps what it is told, rules or not. */
    private static final class Desk implements DeskRecords {

        private final List<IncidentRow> rows = new ArrayList<>();
        private final List<FieldWrite> writes = new ArrayList<>();
        private int opened;

        String open(String correlationId, String parent) {
            opened++;
            String sysId = "%032x".formatted(opened);
            rows.add(new IncidentRow(sysId, "INC%07d".formatted(opened), correlationId, NEW, parent));
            writes.add(new FieldWrite(sysId, Map.of("state", NEW, "correlation_id", correlationId)));
            return sysId;
        }

        void set(String sysId, String state) {
            writes.add(new FieldWrite(sysId, Map.of("state", state)));
            rows.replaceAll(row -> row.sysId().equals(sysId)
                    ? new IncidentRow(sysId, row.number(), row.correlationId(), state, row.parent())
                    : row);
        }

        void reparent(String sysId, String parent) {
            rows.replaceAll(row -> row.sysId().equals(sysId)
                    ? new IncidentRow(sysId, row.number(), row.correlationId(), row.state(), parent)
                    : row);
        }

        void forget(String sysId) {
            rows.removeIf(row -> row.sysId().equals(sysId));
        }

        String sysId(Expectation ticket) {
            return rows.stream()
                    .filter(row -> row.correlationId().equals(ticket.ticket().correlationId()))
                    .findFirst()
                    .orElseThrow()
                    .sysId();
        }

        @Override
        public List<IncidentRow> incidents() {
            return List.copyOf(rows);
        }

        @Override
        public List<FieldWrite> writes() {
            return List.copyOf(writes);
        }
    }
}
