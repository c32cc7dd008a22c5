package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.RetryLater;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nothing that must not be everywhere reaches a place where it may not stand (issue 6), whatever field of whatever event
 * holds it, and whatever people of the desk say. {@code -Dplanted.seed=N} replays.
 */
final class PlantedDataTest {

    private static final long SEED = Long.getLong("planted.seed", 6);
    private static final int EVENTS_OF_ROOM = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlantedData planted = new PlantedData(SEED);
    private final Map<String, String> everywhere = new LinkedHashMap<>();
    private final List<String> workNotes = new ArrayList<>();
    private int delivered;

    @Test
    void nothingRestrictedReachesAPlaceWhereItMustNotStand() throws IOException {
        plantInto(50);
    }

    @Test
    @Tag("length")
    void noneOfFiveHundredEventsBringsItThere() throws IOException {
        plantInto(500);
    }

    private void plantInto(int events) throws IOException {
        try (Bench bench = Bench.inMemory();
                Logged logged = new Logged()) {
            for (int i = 0; i < events; i += EVENTS_OF_ROOM) {
                aRoom(bench, "room-" + i);
            }
            bench.pass(Duration.ofMinutes(3));
            bench.poll();
            collect(bench, logged);
        }
        assertThat(delivered).as("most events keep the contract").isGreaterThan(events / 2);
        assertThat(workNotes).as("work notes were written").hasSizeGreaterThan(events / 10);
        assertThat(everywhere.get("portal")).contains("message-add", "removed]");
        assertThat(everywhere.get("history")).contains("withheld: ");
        assertThat(everywhere.get("metrics")).contains("roombridge_withheld_total{kind=\"password\"");
        assertThat(found(everywhere, PlantedData.all()))
                .as("-Dplanted.seed=" + SEED)
                .isEmpty();
        assertThat(found(Map.of("work notes", String.join("\n", workNotes)), PlantedData.SECRETS))
                .as("-Dplanted.seed=" + SEED)
                .isEmpty();
        assertThat(found(Map.of("work notes", String.join("\n", workNotes)), PlantedData.RESTRICTED))
                .as("the desk may read it")
                .isNotEmpty();
    }

    private void aRoom(Bench bench, String room) {
        List<PortalEvent> events = List.of(
                event(room).opened(1),
                event(room).message(room + "-m1", "It is dark."),
                event(room).said(room + "-m2", "partner", "internal", "For the desk."),
                event(room).message(room + "-m3", "<b>It</b> is dark.").html(),
                event(room).remediation(room + "-r", "nothing found"),
                event(room).status(2, "needsAction", "investigating"),
                event(room).severity(3, "critical"),
                event(room).attachment(room + "-a", "photo.jpg", "image/jpeg", 3, "", "https://portal.example/a"),
                event(room).opened(4).at(PortalEvent.MORNING.plusSeconds(5)).identified(room + "-x"),
                event(room).resolved(5));
        for (PortalEvent event : events) {
            deliver(bench, planted.in(event));
        }
        Person agent = bench.serviceNow.desk().as("beth.anglin");
        bench.serviceNow.desk().incidents().stream()
                .filter(incident -> incident.field("short_description").contains(room))
                .findFirst()
                .ifPresent(incident -> {
                    agent.comment(incident.sysId(), planted.everything());
                    agent.workNote(incident.sysId(), planted.everything());
                    agent.attach(
                            incident.sysId(), planted.any(60).replace('/', '-') + ".txt", "text/plain", new byte[3]);
                    agent.resolve(incident.sysId(), "Resolved by caller", planted.everything());
                });
        bench.poll();
        bench.machine.advance(Duration.ofSeconds(30));
    }

    private static PortalEvent event(String room) {
        return PortalEvent.of(room, "Camera");
    }

    /** Whatever becomes of it; an event that the contract refuses is a dead letter. */
    private void deliver(Bench bench, byte[] event) {
        for (int i = 0; i < 5; i++) {
            try {
                delivered += bench.attempt(event) instanceof Outcome.Delivered ? 1 : 0;
                return;
            } catch (RetryLater later) {
                bench.machine.advance(later.after().plusMillis(500));
            }
        }
    }

    private void collect(Bench bench, Logged logged) throws IOException {
        for (RecordedRequest request : bench.serviceNow.requests().all()) {
            put("requests", request.path() + "?" + request.query());
            if (request.isWrite() && request.isTo("incident")) {
                for (Map.Entry<String, JsonNode> field :
                        JSON.readTree(request.body()).properties()) {
                    if (field.getKey().equals("work_notes")) {
                        workNotes.add(field.getValue().asText());
                    } else {
                        put(field.getKey(), field.getValue().asText());
                    }
                }
            }
        }
        put("portal", rows(bench, "select name || ' ' || body from portal_command"));
        put("history", rows(bench, "select text from history"));
        put("files", rows(bench, "select name from file_job"));
        bench.letters()
                .list(new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty()), 1000)
                .forEach(letter -> put("dead letters", letter.letter().detail()));
        put("metrics", bench.scrape());
        put("log", logged.text.toString());
    }

    private void put(String where, String text) {
        everywhere.merge(where, text, (before, more) -> before + "\n" + more);
    }

    private static String rows(Bench bench, String sql) {
        return bench.jdbi()
                .withHandle(handle -> String.join(
                        "\n", handle.createQuery(sql).mapTo(String.class).list()));
    }

    private static List<String> found(Map<String, String> texts, List<String> needles) {
        List<String> found = new ArrayList<>();
        texts.forEach((where, text) -> needles.stream()
                .filter(text::contains)
                .map(needle -> where + ": ..." + around(text, text.indexOf(needle)))
                .forEach(found::add));
        return found;
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 40));
    }

    /** What is logged at info and above, with exceptions. */
    private static final class Logged extends AbstractAppender implements AutoCloseable {
        private final PatternLayout layout =
                PatternLayout.newBuilder().setPattern("%p %c %m %X%n%xEx").build();
        private final LoggerContext log4j = (LoggerContext) LogManager.getContext(false);
        private final StringBuffer text = new StringBuffer();

        Logged() {
            super("planted", null, null, true, Property.EMPTY_ARRAY);
            start();
            log4j.getConfiguration().getRootLogger().addAppender(this, Level.INFO, null);
            log4j.updateLoggers();
        }

        @Override
        public void append(LogEvent event) {
            text.append(new String(layout.toByteArray(event), StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            log4j.getConfiguration().getRootLogger().removeAppender(getName());
            log4j.updateLoggers();
            stop();
        }
    }
}
