package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Adoption;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.JournalEntry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Linking and giving back, cut off by a crash at every place there is: no twin, no second note, and in the end done.
 * {@link Bench#dieAtStoreAccess} says why these are all places.
 */
class AdoptionCrashTest {

    private static final Duration LONGER_THAN_DOUBT = Duration.ofMinutes(2);

    private final Bench bench = Bench.inShadow();
    private final CutOver cutOver = new CutOver(bench);

    @BeforeEach
    void goLive() {
        bench.goLive();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private String planned(int place) {
        String room = "room-" + place;
        String sysId = cutOver.nativeIncident(0, room);
        cutOver.exported(room, cutOver.number(sysId));
        cutOver.importIt();
        bench.deliver(PortalEvent.of(room, "Camera").at(bench.clock.instant()).opened(1));
        return sysId;
    }

    private State state(String sysId) {
        return bench.books().adoptions().all().stream()
                .filter(row -> row.incident().equals(Optional.of(sysId)))
                .map(Adoption::state)
                .findFirst()
                .orElseThrow();
    }

    private long notes(String sysId, String words) {
        return bench.serviceNow.desk().journal(sysId).stream()
                .map(JournalEntry::value)
                .filter(text -> text.contains(words))
                .count();
    }

    /** Returns whether the process died. */
    private boolean diesAt(int place) {
        bench.dieAtStoreAccess(place);
        try {
            bench.adopt();
            bench.reborn();
            return false;
        } catch (MortalDataSource.Crash crash) {
            bench.reborn();
            return true;
        }
    }

    private void goOn() {
        for (int i = 0; i < 3; i++) {
            bench.pass(LONGER_THAN_DOUBT);
            bench.poll();
        }
    }

    @Test
    void aLinkThatIsCutOffIsDoneOnceAndHasNoTwin() {
        boolean died = true;
        int place = 0;
        int said = 0;
        for (; died; place++) {
            String sysId = planned(place);
            int before = bench.serviceNow.desk().incidents().size();
            died = diesAt(place + 1);
            if (cutOver.incident(sysId).correlationId().startsWith("rb-")) {
                // Whether or not the bridge knows of its own link yet, this is no history.
                bench.pass(Duration.ofSeconds(2));
                bench.serviceNow.desk().as("beth.anglin").comment(sysId, "On our way");
                said++;
            }
            goOn();

            String where = "cut off at store access " + (place + 1);
            assertThat(state(sysId)).as(where).isEqualTo(State.LINKED);
            assertThat(bench.incident("room-" + place, "Camera").sysId())
                    .as(where)
                    .isEqualTo(sysId);
            assertThat(notes(sysId, "From now on Roombridge follows")).as(where).isEqualTo(1);
            assertThat(bench.serviceNow.desk().incidents()).as(where).hasSize(before);
            assertThat(bench.told().stream().filter("message-add"::equals))
                    .as(where)
                    .hasSize(said);
        }
        assertThat(place).as("places to crash at").isGreaterThan(6);
        assertThat(said).as("links that were cut off").isGreaterThan(1);
    }

    @Test
    void aRollbackThatIsCutOffIsDoneOnceAndMakesNoIncident() {
        boolean died = true;
        int place = 0;
        for (; died; place++) {
            String sysId = planned(place);
            goOn();
            int before = bench.serviceNow.desk().incidents().size();
            bench.planAdoption().rollBack(Optional.empty(), Optional.of("T-room-" + place), "Beth Anglin", "not yet");
            died = diesAt(place + 1);
            goOn();

            String where = "cut off at store access " + (place + 1);
            assertThat(state(sysId)).as(where).isEqualTo(State.ROLLED_BACK);
            assertThat(cutOver.incident(sysId).correlationId()).as(where).isEmpty();
            assertThat(notes(sysId, "does not follow this incident any more"))
                    .as(where)
                    .isEqualTo(1);
            assertThat(bench.serviceNow.desk().incidents()).as(where).hasSize(before);
        }
        assertThat(place).as("places to crash at").isGreaterThan(6);
    }

    @Test
    void aLinkWhoseAnswerNeverCameIsNotWrittenAgain() {
        String sysId = planned(0);
        bench.once(Fault.truncated(), "PATCH");
        bench.adopt();
        goOn();

        assertThat(state(sysId)).isEqualTo(State.LINKED);
        assertThat(notes(sysId, "From now on Roombridge follows")).isEqualTo(1);
    }
}
