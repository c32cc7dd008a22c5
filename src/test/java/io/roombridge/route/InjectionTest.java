package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.EventExamples;
import io.roombridge.portal.EventExamples.Example;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import io.roombridge.ticket.RetryLater;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile text in every string that an event holds, one at a time: no query widens, no path is left, no header is split, no
 * field is added, nobody else's incident is touched. {@code -Dinjection.seed=N} replays.
 */
class InjectionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = Long.getLong("injection.seed", 1);

    /** What the shipped mappings write; a field beyond these would come from an event. */
    private static final Set<String> JOURNALS = Set.of("comments", "work_notes");

    @TempDir
    private Path directory;

    private Bench bench;
    private Incident bystander;
    private Set<RequestShape> shapes;
    private Set<String> fields;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        String other = bench.serviceNow
                .desk()
                .as("beth.anglin")
                .insert("incident", Map.of("short_description", "somebody else's"));
        bystander = bench.serviceNow.desk().incident(other).orElseThrow();
        bench.serviceNow.requests().clear();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void noFieldOfAnEventReachesBeyondItsValue() throws IOException {
        usualRequests();
        Random random = new Random(SEED);
        List<String> faults = new ArrayList<>();
        int number = 0;
        for (Example example : EventExamples.events()) {
            ObjectNode event = (ObjectNode) JSON.readTree(example.json());
            for (String field : strings(event, "")) {
                // Every trick in every field; what one line cannot hold is drawn.
                for (String text : List.of(HostileText.ONE_LINE, HostileText.any(random))) {
                    ObjectNode hostile = (ObjectNode) JSON.readTree(example.json());
                    own(hostile, ++number);
                    set(hostile, field, text);
                    faults.addAll(faults(example.name() + " " + field + " = " + text, hostile));
                }
            }
        }
        assertThat(faults).as("-Dinjection.seed=" + SEED).isEmpty();
        assertThat(number).as("fields were tried").isGreaterThan(600);
    }

    /** What harmless events of every kind ask for, each of them new and once more. */
    private void usualRequests() throws IOException {
        int number = 0;
        for (Example example : EventExamples.events()) {
            for (int round = 0; round < 2; round++) {
                ObjectNode event = (ObjectNode) JSON.readTree(example.json());
                own(event, -1 - number++ / 2);
                deliver(event);
            }
        }
        List<RecordedRequest> all = bench.serviceNow.requests().all();
        shapes = all.stream().map(RequestShape::of).collect(Collectors.toSet());
        fields = all.stream().flatMap(request -> written(request).stream()).collect(Collectors.toSet());
        assertThat(shapes).hasSizeGreaterThan(3);
        bench.serviceNow.requests().clear();
    }

    private List<String> faults(String what, ObjectNode event) {
        List<String> faults = new ArrayList<>();
        try {
            deliver(event);
            for (RecordedRequest request : bench.serviceNow.requests().all()) {
                RequestShape shape = RequestShape.of(request);
                if (!shapes.contains(shape) && !shape.readsOneIncident()) {
                    faults.add(what + ": " + shape + " " + request.rawQuery());
                }
                written(request).stream()
                        .filter(field -> !fields.contains(field))
                        .forEach(field -> faults.add(what + ": writes the field " + field));
                journals(request).stream()
                        .filter(text -> text.contains("[code]"))
                        .forEach(text -> faults.add(what + ": renders markup: " + text));
            }
        } catch (RuntimeException | AssertionError e) {
            faults.add(what + ": " + e);
        }
        if (!bench.serviceNow.desk().incident(bystander.sysId()).equals(Optional.of(bystander))) {
            faults.add(what + ": changed somebody else's incident");
        }
        bench.serviceNow.requests().clear();
        return faults;
    }

    private static Set<String> written(RecordedRequest request) {
        Set<String> names = new TreeSet<>();
        body(request).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> journals(RecordedRequest request) {
        JsonNode body = body(request);
        return JOURNALS.stream().map(name -> body.path(name).asText()).toList();
    }

    private static JsonNode body(RecordedRequest request) {
        try {
            return request.isWrite() && request.isTo("incident")
                    ? JSON.readTree(request.body())
                    : JSON.createObjectNode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the consumer does: again after the wait that a failure asks for, and after any other failure. */
    private void deliver(ObjectNode event) {
        byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
        for (int attempt = 0; attempt < 30; attempt++) {
            try {
                bench.attempt(bytes);
                return;
            } catch (RetryLater later) {
                bench.machine.advance(later.after().plusMillis(500));
            } catch (RuntimeException e) {
                bench.machine.advance(Duration.ofMinutes(1));
            }
        }
        throw new AssertionError("no outcome");
    }

    /** A room and an event of its own, so that every case begins with a ticket that nobody knows. */
    private static void own(ObjectNode event, int number) {
        String room = "room-of-" + number;
        rename(event, "room-12", room);
        rename(event, "7B7365-EPDOLF", "T-" + number);
        event.put("id", "e-" + number + "-" + event.path("type").asText());
        event.put("partitionkey", "contoso|" + room);
    }

    private static void rename(JsonNode node, String from, String to) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (entry.getValue().asText().equals(from)) {
                    object.put(entry.getKey(), to);
                }
                rename(entry.getValue(), from, to);
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> rename(item, from, to));
        }
    }

    /** The places of all texts, as JSON pointers. */
    private static List<String> strings(JsonNode node, String at) {
        List<String> found = new ArrayList<>();
        if (node.isTextual()) {
            found.add(at);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                found.addAll(strings(node.get(i), at + "/" + i));
            }
        } else {
            node.properties().forEach(entry -> found.addAll(strings(entry.getValue(), at + "/" + entry.getKey())));
        }
        return found;
    }

    private static void set(ObjectNode event, String pointer, String text) {
        int end = pointer.lastIndexOf('/');
        JsonNode parent = event.at(pointer.substring(0, end));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(pointer.substring(end + 1)), array.textNode(text));
        } else {
            ((ObjectNode) parent).put(pointer.substring(end + 1), text);
        }
    }
}
