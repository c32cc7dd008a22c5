package io.roombridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A ticket is compared with its surroundings; comparing again changes nothing. */
class SurroundingsTest {

    private static final Instant NOW = Changes.MORNING.plus(Duration.ofHours(1));
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @Test
    void whatIsMarkedOnceIsNotMarkedAgain() {
        Surroundings suppressed = around(Optional.of(NOW), Optional.of(NOW), Sight.CLEAR);
        Surroundings lost = around(Optional.empty(), Optional.empty(), new Sight(Optional.of(NOW), Optional.empty()));

        Ticket silent = suppressed.mark(open(), NOW);
        Ticket unseen = lost.mark(open(), NOW);

        assertThat(suppressed.mark(silent, NOW.plusSeconds(60))).isEqualTo(silent);
        assertThat(lost.mark(unseen, NOW.plusSeconds(60))).isEqualTo(unseen);
    }

    @Test
    void aRemovalIsDueADayAfterTheStatementWheneverItIsLookedAt() {
        Surroundings removed = around(Optional.empty(), Optional.of(NOW), Sight.CLEAR);

        assertThat(removed.mark(open(), NOW.plus(Duration.ofDays(3))).appointments())
                .containsEntry(Appointment.UNENROLMENT, NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void whatIsBackLeavesNoMarkBehind() {
        Ticket unseen = around(Optional.empty(), Optional.of(NOW), new Sight(Optional.of(NOW), Optional.empty()))
                .mark(open(), NOW);

        assertThat(Surroundings.quiet(QUARTER, QUARTER).mark(unseen, NOW)).isEqualTo(open());
    }

    @Test
    void onlyWhatWasToldInFullSightIsBelieved() {
        Sight back = new Sight(Optional.empty(), Optional.of(NOW));

        assertThat(back.believes(NOW.minusMillis(1))).isFalse();
        assertThat(back.believes(NOW)).isTrue();
        assertThat(back.and(new Sight(Optional.of(NOW), Optional.empty())).believes(NOW.plusSeconds(9)))
                .isFalse();
    }

    private static Surroundings around(Optional<Instant> suppressed, Optional<Instant> unenrolled, Sight sight) {
        return new Surroundings(
                Optional.empty(),
                suppressed,
                Optional.empty(),
                unenrolled,
                sight,
                false,
                Optional.empty(),
                QUARTER,
                QUARTER);
    }

    private static Ticket open() {
        Change opened = Changes.opened(1);
        return Ticket.born(opened, "main", NOW)
                .seeing(opened)
                .followedBy(new Incident(
                        "0".repeat(32),
                        "INC0010001",
                        IncidentState.NEW,
                        1,
                        opened.id(),
                        Optional.empty(),
                        new Incident.Baseline("3", "2", "title"),
                        Told.nothingBut(IncidentState.NEW),
                        NOW));
    }
}
