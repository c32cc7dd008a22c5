package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Activity;
import io.roombridge.closing.Activity.Kind;
import io.roombridge.sandbox.servicenow.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A first change that is cut off leaves a ticket of which nothing is recorded yet. Who raised it, and what the portal said
 * then, are told by the attempt that gets through; otherwise a customer's ticket would be closed that nobody ever answered.
 */
class OpeningCutOffTest extends OnBench {

    private static final String SIGNAL = "Camera";

    @Test
    void aTicketWhoseCreationGotNoAnswerIsItsCustomersWord() {
        bench.once(Fault.timeoutAfterCommit(), "POST");
        bench.deliver(opened("room-12"));
        bench.poll();

        bench.closeInactive();

        assertThat(kinds("room-12")).containsExactlyInAnyOrder(Kind.CUSTOMER_ENTRY, Kind.PORTAL_STATUS);
        assertThat(bench.closings()
                        .clock(bench.ticket("room-12", SIGNAL))
                        .orElseThrow()
                        .reason())
                .isEqualTo("the soc has the ball: the customer was the last to say something");
    }

    @Test
    void aTicketWhoseOpeningDiedAtAnyPlaceIsItsCustomersWord() {
        boolean died = true;
        for (int place = 1; died; place++) {
            String room = "room-" + place;
            died = dies(opened(room), place);
            bench.reborn();
            bench.pass(Duration.ofMinutes(2));
            bench.deliver(opened(room));

            assertThat(kinds(room))
                    .as("died at access %s", place)
                    .containsExactlyInAnyOrder(Kind.CUSTOMER_ENTRY, Kind.PORTAL_STATUS);
        }
    }

    private PortalEvent opened(String room) {
        return PortalEvent.of(room, SIGNAL)
                .at(PortalEvent.MORNING)
                .in("DE-BE", "Europe/Berlin", "customer")
                .opened(1);
    }

    private boolean dies(PortalEvent event, int place) {
        try {
            bench.dieAtStoreAccess(place);
            bench.deliver(event);
            return false;
        } catch (MortalDataSource.Crash died) {
            return true;
        }
    }

    private List<Kind> kinds(String room) {
        return bench.activities().of(bench.ticket(room, SIGNAL)).stream()
                .map(Activity::kind)
                .toList();
    }
}
