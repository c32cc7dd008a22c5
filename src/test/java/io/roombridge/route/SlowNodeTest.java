package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Commit;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A node is slow and loses its partition; the other one reads the same events and goes on. Then the first one wakes up, at
 * every place where that can be, one after the other.
 */
class SlowNodeTest extends OnBench {

    private static final String SIGNAL = "Camera";

    @Test
    void whatTheOtherNodeHasWrittenMeanwhileIsNotGatheredAgain() {
        AtomicBoolean overtaken = new AtomicBoolean(true);
        int place = 0;
        while (overtaken.getAndSet(false)) {
            String room = "room-" + ++place;
            bench.deliver(of(room).opened(1));
            PortalEvent output = of(room).remediation("r-" + room, "the restart failed");
            bench.meanwhile(place, () -> {
                overtaken.set(true);
                bench.deliver(output);
                bench.deliver(of(room).message("m-" + room, "Is anybody there?"));
            });
            deliver(output);
            bench.meanwhile(Integer.MAX_VALUE, () -> {});
            bench.pass(Duration.ofMinutes(3));

            assertThat(said(room)).as("place %s", place).containsOnlyOnce("the restart failed");
            assertThat(outcomes(room)).as("place %s", place).containsOnly("delivered");
        }
        assertThat(place).as("places to be slow at").isGreaterThan(3);
    }

    @Test
    void aRefusedAppointmentThatIsOvertakenWaitsForItsNextTurn() {
        AtomicBoolean overtaken = new AtomicBoolean(true);
        int place = 0;
        while (overtaken.getAndSet(false)) {
            String room = "room-" + ++place;
            bench.deliver(of(room).opened(1));
            bench.deliver(of(room).resolved(2));
            bench.serviceNow
                    .faults()
                    .on(RequestMatcher.method("PATCH"))
                    .next(1, Fault.forbidden("Operation Failed", "aborted by Business Rule 'No robots'"));
            bench.meanwhile(place, () -> {
                overtaken.set(true);
                bench.store().commit(new Commit().ticket(bench.ticket(room, SIGNAL)));
            });
            bench.pass(Duration.ofMinutes(20));
            bench.meanwhile(Integer.MAX_VALUE, () -> {});
            bench.pass(Duration.ofHours(2));
            bench.pass(Duration.ofHours(2));

            assertThat(bench.incident(room, SIGNAL).state())
                    .as("place %s", place)
                    .isEqualTo("6");
        }
        assertThat(place).as("places to be slow at").isGreaterThan(3);
    }

    private void deliver(PortalEvent event) {
        try {
            bench.attempt(event);
        } catch (RetryLater again) {
            assertThat(bench.deliver(event)).isInstanceOf(Outcome.Duplicate.class);
        }
    }

    private String said(String room) {
        return String.join("\n", bench.journal(room, SIGNAL));
    }

    private List<String> outcomes(String room) {
        return bench.jdbi()
                .withHandle(handle -> handle.createQuery("select outcome from change_outcome where ticket_id = ?")
                        .bind(0, bench.ticket(room, SIGNAL).id().value())
                        .mapTo(String.class)
                        .list());
    }

    private PortalEvent of(String room) {
        return PortalEvent.of(room, SIGNAL).at(bench.clock.instant());
    }
}
