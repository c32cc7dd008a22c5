package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Erasure;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person asks to be forgotten: no row of the store names them afterwards, and tickets go on. */
class EraseTest {

    private final Bench bench = Bench.inShadow();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private List<String> tablesThatName(String person) {
        return new StoreTexts(bench.jdbi()).naming(person);
    }

    @Test
    void noTableNamesThePersonAfterwards() {
        PortalEvent camera = PortalEvent.of("room-1", "Camera");
        bench.deliver(camera.opened(1));
        bench.deliver(PortalEvent.of("room-1", "Camera").sequence(1).message("m-1", "Call me: 555-0100"));
        bench.deliver(PortalEvent.of("room-1", "Camera")
                .titled("Reported by Megan Bowen")
                .severity(2, "critical"));
        assertThat(tablesThatName("Megan Bowen")).contains("TICKET", "SHADOW_WRITE");
        Erasure erasure = new Erasure(bench.jdbi());

        var expected = erasure.look("megan bowen");
        assertThat(tablesThatName("Megan Bowen")).as("a dry run").contains("TICKET");
        var erased = erasure.erase("megan bowen", "Beth Anglin", "request 4711", bench.clock.instant());

        assertThat(erased).isEqualTo(expected).containsKeys("ticket", "shadow_write");
        assertThat(tablesThatName("Megan Bowen")).isEmpty();
        assertThat(tablesThatName("555-0100")).isEmpty();
        assertThat(bench.books().audit().since(bench.clock.instant().minus(Duration.ofDays(1)), 10))
                .anySatisfy(entry ->
                        assertThat(entry.act() + " " + entry.subject()).startsWith("erased a person, sha256 "));
        assertThat(bench.deliver(PortalEvent.of("room-1", "Camera")
                                .at(bench.clock.instant())
                                .resolved(3))
                        .reason())
                .isEqualTo(Reason.HOLD_DOWN_STARTED);
    }
}
