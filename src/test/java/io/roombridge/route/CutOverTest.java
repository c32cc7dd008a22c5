package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Adoption;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.ticket.IncidentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole estate goes from the native integration to the bridge, lives on, and goes back. */
@Tag("length")
class CutOverTest {

    private static final int NATIVE = 300;
    private static final int DOUBTFUL = 40;

    private final Bench bench = Bench.inShadow();
    private final CutOver cutOver = new CutOver(bench);

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private List<Adoption> rows(State state) {
        return bench.books().adoptions().all().stream()
                .filter(row -> row.state() == state)
                .toList();
    }

    private void pass(int minutes) {
        for (int i = 0; i < 4; i++) {
            bench.pass(Duration.ofMinutes(minutes));
        }
    }

    private PortalEvent now(String room) {
        return PortalEvent.of(room, "Camera").at(bench.clock.instant());
    }

    @Test
    void anEstateIsTakenOverLivesOnAndGoesBack() {
        cutOver.nativeYears(NATIVE, DOUBTFUL);
        List<String> incidents = sysIds();
        cutOver.importIt();
        assertThat(bench.serviceNow.requests().writes()).isEmpty();

        bench.goLive();
        pass(1);
        bench.poll();
        assertThat(rows(State.UNCERTAIN)).hasSize(DOUBTFUL);
        assertThat(rows(State.LINKED)).hasSize(NATIVE - DOUBTFUL);
        assertThat(sysIds()).isEqualTo(incidents);
        assertThat(cutOver.perTicket().values()).containsOnly(1L).hasSize(NATIVE - DOUBTFUL);
        cutOver.historiesAreIntact();
        assertThat(bench.told()).doesNotContain("message-add", "attachment-add");

        lifeGoesOn();
        assertThat(sysIds()).isEqualTo(incidents);

        bench.planAdoption().rollBack(Optional.empty(), Optional.empty(), "Beth Anglin", "not this month");
        pass(1);
        cutOver.certain.keySet().forEach(room -> bench.deliver(now(room).reopened(9, 9)));
        pass(15);
        assertThat(rows(State.ROLLED_BACK)).hasSize(NATIVE - DOUBTFUL);
        assertThat(cutOver.ofTheBridge()).isEmpty();
        assertThat(sysIds()).isEqualTo(incidents);
    }

    private List<String> sysIds() {
        return bench.serviceNow.desk().incidents().stream().map(Incident::sysId).toList();
    }

    /** Recoveries, relapses and comments in both directions, on every incident that was linked. */
    private void lifeGoesOn() {
        List<String> rooms = new ArrayList<>(cutOver.certain.keySet());
        for (String room : rooms) {
            bench.deliver(now(room).resolved(2));
        }
        bench.pass(Duration.ofMinutes(16));
        pass(1);
        // A third is nobody's, and so resolved; people keep the others.
        assertThat(rooms.stream()
                        .filter(room -> bench.state(room, "Camera") == IncidentState.RESOLVED)
                        .collect(Collectors.toSet()))
                .isEqualTo(rooms.stream().filter(cutOver::nobodys).collect(Collectors.toSet()));
        for (String room : rooms) {
            bench.deliver(now(room).reopened(3, 2));
            bench.deliver(now(room).sequence(3).message("m-" + room, "Still dark in " + room));
            bench.serviceNow.desk().as("beth.anglin").comment(cutOver.certain.get(room), "On our way to " + room);
        }
        bench.pass(Duration.ofMinutes(1));
        bench.poll();
        for (String room : rooms) {
            assertThat(bench.state(room, "Camera").active()).as(room).isTrue();
            assertThat(bench.journal(room, "Camera"))
                    .as(room)
                    .filteredOn(text -> text.contains("Still dark in " + room))
                    .hasSize(1);
        }
        assertThat(bench.told().stream().filter("message-add"::equals)).hasSize(rooms.size());
    }
}
