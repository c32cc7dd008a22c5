package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.portal.PortalEvents;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was said in words leaves the store after seven days, and decisions go on without it (issue 8, item 8). */
class PurgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAID = "Zq9planted";
    private static final Duration A_WEEK = Duration.ofDays(7);

    private final Bench bench = Bench.inMemory();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    /** The event with the word in every text that is no trait of its ticket. */
    private static byte[] saying(PortalEvent event) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(event.bytes());
            json.put("subject", SAID).put("traceparent", SAID).put("extension", SAID);
            ObjectNode data = (ObjectNode) json.get("data");
            data.put("firstMessage", SAID).put("reason", SAID).put("organizer", SAID);
            data.withObject("/nobodyKnows").put("this", SAID);
            data.withObject("/ticket")
                    .put("description", SAID)
                    .put("recommendedAction", SAID)
                    .put("portalUrl", "https://portal.example/t?sig=" + SAID)
                    .put("new", SAID);
            ((ObjectNode) data.withArray("/rooms").get(0))
                    .put("resourceAccountUpn", "a-room@contoso.example")
                    .put("contact", SAID);
            data.withObject("/device")
                    .put("deviceId", "d-" + event.room())
                    .put("serial", SAID)
                    .put("hostName", SAID);
            data.withObject("/actor")
                    .put("type", "customer")
                    .put("displayName", SAID)
                    .put("upn", SAID + "@contoso.example");
            return json.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PortalEvent camera(String room) {
        return PortalEvent.of(room, "Camera");
    }

    private static void pass(Bench on, Duration time) {
        on.pass(time);
        new Retention(on.books().purge(), Duration.ofDays(90), Duration.ofDays(30), on.clock).forget();
    }

    private static List<String> where(Bench on) {
        return new StoreTexts(on.jdbi()).naming(SAID);
    }

    private static void aConversation(Bench on, String room) {
        on.attempt(saying(camera(room).opened(1)));
        on.attempt(saying(camera(room).message(room + "-m1", SAID)));
        on.attempt(saying(camera(room).remediation(room + "-r1", SAID)));
        on.attempt(saying(camera(room).severity(2, "critical")));
        on.pass(Duration.ofMinutes(3));
    }

    @Test
    void afterSevenDaysNoTableHasTheWordsOfAnEventOrOfTheDesk() {
        aConversation(bench, "room-1");
        Person agent = bench.serviceNow.desk().as("beth.anglin");
        agent.comment(bench.incident("room-1", "Camera").sysId(), SAID);
        agent.resolve(bench.incident("room-1", "Camera").sysId(), "Resolved by caller", SAID);
        bench.poll();
        assertThat(where(bench)).contains("TICKET", "PORTAL_COMMAND", "DEVICE_PLACE");

        pass(bench, A_WEEK.minusHours(4));
        assertThat(where(bench)).contains("TICKET", "PORTAL_COMMAND", "DEVICE_PLACE");
        pass(bench, Duration.ofHours(6));

        assertThat(where(bench)).isEmpty();
    }

    @Test
    void norHasTheStoreOfShadowModeWhichGoesOnDeciding() {
        try (Bench shadow = Bench.inShadow()) {
            aConversation(shadow, "room-1");
            assertThat(where(shadow)).contains("TICKET", "SHADOW_WRITE");

            pass(shadow, A_WEEK.plusHours(1));
            assertThat(where(shadow)).isEmpty();

            shadow.deliver(camera("room-1").at(shadow.clock.instant()).resolved(3));
            shadow.pass(Duration.ofMinutes(16));
            assertThat(shadow.ticket("room-1", "Camera").current().orElseThrow().state())
                    .isEqualTo(IncidentState.RESOLVED);
        }
    }

    @Test
    void aDeadLetterKeepsItsWordsUntilAPersonDropsItAndThenThirtyDays() {
        bench.serviceNow.switches().mandatoryOnInsert().add("business_service");
        bench.attempt(saying(camera("room-1").opened(1)));
        bench.attempt(saying(camera("room-1").message("m-1", SAID)));
        pass(bench, Duration.ofDays(60));
        assertThat(where(bench)).containsExactly("DEAD_LETTER");

        LetterFilter all = new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty());
        assertThat(bench.letters().drop(all, "Beth Anglin", "The room is gone", bench.clock.instant()))
                .hasSize(2);
        pass(bench, Duration.ofDays(29));
        assertThat(where(bench)).containsExactly("DEAD_LETTER");
        pass(bench, Duration.ofDays(2));

        assertThat(where(bench)).isEmpty();
        assertThat(bench.books().audit().since(PortalEvent.MORNING, 10))
                .as("who decided it stays")
                .extracting(entry -> entry.by() + " " + entry.act())
                .contains("Beth Anglin dead-letter-dropped");
    }

    @Test
    void theHashAndTheDecisionStay() throws Exception {
        byte[] event = saying(camera("room-1").opened(1));
        bench.attempt(event);
        String whole = bench.ticket("room-1", "Camera").lastEvent();
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8)));

        pass(bench, A_WEEK);
        pass(bench, A_WEEK);

        assertThat(bench.ticket("room-1", "Camera").lastEvent()).contains("\"reducedfrom\":\"" + hash + "\"");
        assertThat(bench.attempt(event)).isEqualTo(new Outcome.Duplicate(Reason.SAME_EVENT));
    }

    @Test
    void aTicketHeldBackForWeeksGetsItsIncidentFromWhatIsLeft() {
        bench.attempt(saying(camera("room-1")
                .in("PT", "Europe/Lisbon", "system")
                .titled("No picture")
                .opened(1)));
        bench.deliver(RoomEvent.ofSignal("suppressed", "room-2", "Camera", bench.clock.instant()));
        bench.attempt(saying(camera("room-2")
                .in("PT", "Europe/Lisbon", "system")
                .titled("No picture")
                .opened(1)));
        pass(bench, Duration.ofDays(20));

        bench.deliver(RoomEvent.ofSignal("unsuppressed", "room-2", "Camera", bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));

        var now = bench.incident("room-2", "Camera");
        var then = bench.incident("room-1", "Camera");
        for (String field : List.of("impact", "urgency", "category", "assignment_group", "caller_id")) {
            assertThat(now.field(field)).as(field).isEqualTo(then.field(field));
        }
        assertThat(now.field("short_description")).isEqualTo("[Room room-2] Camera: No picture");
        assertThat(now.field("description"))
                .contains("Room: Room room-2", "https://portal.example/t")
                .doesNotContain(SAID);
    }

    @Test
    void whereTheRoomStandsIsKnownForTheInactivityOfACustomer() {
        bench.attempt(
                saying(camera("room-1").in("PT", "Europe/Lisbon", "system").opened(1)));
        RoomPlaces places = new RoomPlaces(new PortalEvents(), Optional.empty());
        var known = places.of(bench.ticket("room-1", "Camera"));

        pass(bench, A_WEEK);

        assertThat(places.of(bench.ticket("room-1", "Camera"))).isEqualTo(known).hasSize(1);
    }

    @Test
    void aReportOfAnotherSourceStillFindsTheRoomOfItsDevice() {
        bench.attempt(
                saying(camera("room-1").in("PT", "Europe/Lisbon", "system").opened(1)));
        pass(bench, A_WEEK.plusHours(1));

        String blocks = bench.books()
                .places()
                .blocks("contoso", "d-room-1", Optional.empty())
                .orElseThrow();

        assertThat(blocks)
                .contains("\"roomId\":\"room-1\"", "\"region\":\"PT\"")
                .doesNotContain(SAID, "a-room@contoso.example");
        assertThat(bench.books().places().blocks("contoso", "unknown", Optional.of("a-room@contoso.example")))
                .as("what a report may name instead")
                .contains(blocks);
    }

    /** A step that read the ticket before the purge must not write the words back. */
    @Test
    void aStepThatBeganBeforeDoesNotBringTheWordsBack() {
        bench.attempt(saying(camera("room-1").opened(1)));
        Ticket read = bench.ticket("room-1", "Camera");
        pass(bench, A_WEEK.plusHours(1));

        assertThatThrownBy(() -> bench.store().commit(new Commit().ticket(read.withEpisode(2))))
                .isInstanceOf(VersionMoved.class);
        assertThat(where(bench)).isEmpty();
    }

    @Test
    void anEventFromAClockThatIsAheadGrowsOldAllTheSame() {
        bench.attempt(saying(camera("room-1")
                .at(PortalEvent.MORNING.plus(Duration.ofDays(4000)))
                .opened(1)));

        pass(bench, Duration.ofHours(1));
        pass(bench, A_WEEK.plusHours(1));

        assertThat(where(bench)).isEmpty();
    }
}
