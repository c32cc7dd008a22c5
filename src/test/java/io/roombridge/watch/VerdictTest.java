package io.roombridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.SelfIncident;
import io.roombridge.correlation.SelfIncident.Phase;
import io.roombridge.ticket.IncidentState;
import io.roombridge.watch.Facts.Letters;
import io.roombridge.watch.Trouble.Kind;
import io.roombridge.watch.Verdict.Act;
import io.roombridge.watch.Verdict.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the bridge says about itself, and when it holds its tongue. */
class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final Duration HOLD_DOWN = Duration.ofMinutes(15);
    private static final Seen NOBODY = new Seen(IncidentState.NEW, Optional.empty());

    @Test
    void nothingIsWrongWhileEveryLimitIsKept() {
        assertThat(facts(Duration.ofMinutes(20), Duration.ofMinutes(30), Duration.ofMinutes(10), 0.9)
                        .troubles())
                .isEmpty();
    }

    @Test
    void eachLimitThatIsPassedIsOneTrouble() {
        assertThat(facts(Duration.ofMinutes(21), Duration.ofMinutes(31), Duration.ofMinutes(11), 0.91)
                        .troubles())
                .extracting(Trouble::kind)
                .containsExactly(Kind.values());
    }

    @Test
    void anIncidentIsMadeWhenSomethingIsWrongAndNoneIsThere() {
        assertThat(due(SelfIncident.NONE, "A")).isEqualTo(Act.CREATE);
        assertThat(due(SelfIncident.NONE)).isEqualTo(Act.NOTHING);
    }

    @Test
    void theSameIsSaidOnceAndSomethingElseAfterAnHour() {
        assertThat(due(open(Duration.ofDays(1), "A"), "A")).isEqualTo(Act.NOTHING);
        assertThat(due(open(Duration.ofMinutes(59), "A"), "A", "B")).isEqualTo(Act.NOTHING);
        assertThat(due(open(Duration.ofMinutes(60), "A"), "A", "B")).isEqualTo(Act.TELL);
        assertThat(due(open(Duration.ofMinutes(60), "A", "B"), "A")).isEqualTo(Act.TELL);
    }

    @Test
    void itIsResolvedWhenAllHasBeenWellForTheHoldDown() {
        SelfIncident open = open(Duration.ofMinutes(5), "A");
        assertThat(due(open)).isEqualTo(Act.RECORD_WELL);
        assertThat(due(open.well(Optional.of(NOW.minus(Duration.ofMinutes(14))))))
                .isEqualTo(Act.NOTHING);
        assertThat(due(open.well(Optional.of(NOW.minus(HOLD_DOWN))))).isEqualTo(Act.RESOLVE);
        assertThat(due(open.well(Optional.of(NOW.minus(HOLD_DOWN))), "A"))
                .as("a relapse within the hold-down begins it anew")
                .isEqualTo(Act.RECORD_UNWELL);
    }

    @Test
    void whoeverTookTheIncidentOverResolvesIt() {
        SelfIncident open = open(Duration.ofHours(2), "A");
        Seen taken = new Seen(IncidentState.NEW, Optional.of("it is assigned"));

        Verdict verdict = new Verdict(Act.RESOLVE, "").after(Optional.of(taken), open, Set.of());

        assertThat(verdict).isEqualTo(new Verdict(Act.TELL_WELL, "it is assigned, so resolving it is a person's"));
        assertThat(new Verdict(Act.RESOLVE, "")
                        .after(Optional.of(NOBODY), open, Set.of())
                        .act())
                .isEqualTo(Act.RESOLVE);
    }

    @Test
    void aPersonWhoResolvesItIsNotContradictedUntilSomethingElseIsWrong() {
        SelfIncident open = open(Duration.ofHours(2), "A", "B");
        Optional<Seen> resolved = Optional.of(new Seen(IncidentState.RESOLVED, Optional.empty()));

        assertThat(new Verdict(Act.TELL, "").after(resolved, open, Set.of("A")).act())
                .isEqualTo(Act.LEAVE);
        assertThat(new Verdict(Act.TELL, "").after(resolved, open, Set.of("C")).act())
                .isEqualTo(Act.CREATE);
        assertThat(due(open.in(Phase.LEFT), "A")).isEqualTo(Act.NOTHING);
        assertThat(due(open.in(Phase.LEFT), "A", "C")).isEqualTo(Act.CREATE);
        assertThat(due(open.in(Phase.LEFT).well(Optional.of(NOW.minus(HOLD_DOWN)))))
                .isEqualTo(Act.FORGET);
    }

    @Test
    void whatTheBridgeResolvedItReopensUnlessItIsClosed() {
        SelfIncident resolved = open(Duration.ofMinutes(5), "A").in(Phase.RESOLVED);
        assertThat(due(resolved, "A")).isEqualTo(Act.REOPEN);
        assertThat(reopened(resolved, Optional.of(new Seen(IncidentState.RESOLVED, Optional.empty()))))
                .isEqualTo(Act.REOPEN);
        assertThat(reopened(resolved, Optional.of(new Seen(IncidentState.CLOSED, Optional.empty()))))
                .isEqualTo(Act.CREATE);
        assertThat(reopened(resolved, Optional.empty())).isEqualTo(Act.CREATE);
        assertThat(reopened(resolved, Optional.of(NOBODY)))
                .as("a person reopened it before")
                .isEqualTo(Act.TELL);
    }

    private static Act reopened(SelfIncident known, Optional<Seen> seen) {
        return new Verdict(Act.REOPEN, "").after(seen, known, Set.of("A")).act();
    }

    private static Act due(SelfIncident known, String... wrong) {
        return Verdict.due(known, Set.of(wrong), HOLD_DOWN, NOW).act();
    }

    private static SelfIncident open(Duration writtenAgo, String... told) {
        return new SelfIncident(
                1,
                Phase.OPEN,
                Optional.of("a".repeat(32)),
                Set.of(told),
                Optional.of(NOW.minus(writtenAgo)),
                Optional.empty(),
                Optional.empty());
    }

    private static Facts facts(Duration silent, Duration letter, Duration behind, double spent) {
        return new Facts(
                NOW,
                NOW.minus(silent),
                Duration.ofMinutes(20),
                List.of(new Letters(1, "refused", NOW.minus(letter))).stream().findFirst(),
                Map.of("main", behind),
                Map.of("main", spent));
    }
}
