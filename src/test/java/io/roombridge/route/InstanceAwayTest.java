package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.correlation.LetterFilter;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An instance that takes nothing, and holds more than its half of the window, lets go of its changes; none is lost. */
class InstanceAwayTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    @Test
    void whatIsParkedIsAppliedInOrderWhenTheInstanceIsBack() {
        bench.crowded = true;
        bench.serviceNow.faults().on(RequestMatcher.writes()).always(Fault.rateLimited(Duration.ofSeconds(1)));

        assertThat(bench.attempt(event().opened(1))).isEqualTo(new Outcome.Parked(Reason.INSTANCE_AWAY));
        assertThat(bench.attempt(event().message("m-1", "First")))
                .as("behind it, without another try")
                .isEqualTo(new Outcome.Parked(Reason.BEHIND_DEAD));
        assertThat(bench.attempt(event().message("m-2", "Second"))).isEqualTo(new Outcome.Parked(Reason.BEHIND_DEAD));
        bench.replay();
        assertThat(open()).as("it is away still").hasSize(3);

        bench.serviceNow.faults().clear();
        bench.machine.advance(Duration.ofMinutes(1));
        bench.replayAll();

        assertThat(open()).isEmpty();
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.entries(bench.ticket(ROOM, SIGNAL), "comments"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("First"),
                        second -> assertThat(second).contains("Second"));
    }

    @Test
    void insideItsHalfAChangeIsPresentedAgain() {
        bench.serviceNow.faults().on(RequestMatcher.writes()).always(Fault.rateLimited(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> bench.attempt(event().opened(1))).isInstanceOf(RetryLater.class);
        assertThat(open()).isEmpty();
    }

    private List<?> open() {
        return bench.letters()
                .list(new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty()), 100);
    }

    private static PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL);
    }
}
