package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field that a new incident gets is a person's as soon as they change it, whatever the portal says later (3.7). */
class MappedFieldsTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    /** Not a person's: the identity of the ticket, and the journal, which only grows. */
    private static final Set<String> OF_THE_BRIDGE = Set.of("correlation_id", "work_notes");

    private static final List<String> ROUTED = List.of("cmdb_ci", "location", "business_service", "company");

    @TempDir
    private Path folder;

    @BeforeEach
    void everythingIsMapped() throws IOException {
        StringBuilder routing = new StringBuilder(Files.readString(Path.of("mappings/routing.yaml")));
        Map<String, String> tables = Map.of(
                "cmdb_ci", "cmdb_ci",
                "location", "cmn_location",
                "business_service", "cmdb_ci_service",
                "company", "core_company");
        tables.forEach((field, table) -> {
            insert(table, "first");
            routing.append("%s: { table: %s, by: name, default: first }%n".formatted(field, table));
        });
        routing.append("severity: { as: value, default: 3 }\n");
        Files.writeString(folder.resolve("routing.yaml"), routing);
        Files.writeString(
                folder.resolve("incident-create.jslt"),
                Files.readString(Path.of("mappings/incident-create.jslt"))
                        .replace("\"urgency\":", "\"business_impact\": \"One room\",\n  \"urgency\":"));
        bench.mappings.put(bench.mappings.version().with(MappingDirectory.read(folder)));
        bench.deliver(event().opened(1));
    }

    @Test
    void whatAPersonChangedStaysThroughTheWholeLifeOfTheTicket() throws IOException {
        Map<String, String> theirs = changeEveryMappedField();
        assertThat(theirs).hasSizeGreaterThanOrEqualTo(13).containsKeys(ROUTED.toArray(String[]::new));

        bench.deliver(event().severity(2, "critical"));
        bench.deliver(event().titled("Another title").snapshot(3, "needsAction"));
        assertThat(valuesOf(theirs.keySet())).as("after updates").isEqualTo(theirs);

        bench.deliver(event().at(bench.clock.instant()).resolved(4));
        bench.pass(Duration.ofMinutes(20));
        assertThat(incident().state()).as("resolved").isEqualTo("6");
        assertThat(valuesOf(theirs.keySet())).as("after the recovery").isEqualTo(theirs);

        bench.deliver(event().titled("A third title")
                .severityOf("critical")
                .at(bench.clock.instant())
                .reopened(5, 2));
        assertThat(incident().state()).as("reopened").isEqualTo("1");
        assertThat(valuesOf(theirs.keySet())).as("after the relapse").isEqualTo(theirs);
    }

    @Test
    void whatNobodyChangedFollowsThePortalOnlyWhereItIsGuarded() throws IOException {
        Map<String, String> made = valuesOf(mapped());

        bench.deliver(event().titled("Another title").severity(2, "critical"));

        Map<String, String> changed = new TreeMap<>(valuesOf(made.keySet()));
        changed.entrySet().removeIf(field -> field.getValue().equals(made.get(field.getKey())));
        assertThat(changed).containsOnlyKeys("urgency", "short_description");
    }

    /** A person writes something else into each field of the POST that made the incident. */
    private Map<String, String> changeEveryMappedField() throws IOException {
        Map<String, String> theirs = new TreeMap<>();
        mapped().forEach(field -> theirs.put(field, otherThan(field)));
        bench.serviceNow.desk().as("beth.anglin").set(incident().sysId(), new HashMap<>(theirs));
        assertThat(valuesOf(theirs.keySet())).as("what the person wrote").isEqualTo(theirs);
        return theirs;
    }

    private String otherThan(String field) {
        return switch (field) {
            case "impact", "severity" -> "1";
            case "urgency" -> "3";
            case "category" -> "inquiry";
            case "contact_type" -> "phone";
            case "assignment_group" -> find("sys_user_group", "name", "Software");
            case "caller_id" -> find("sys_user", "user_name", "joe.employee");
            case "cmdb_ci" -> insert("cmdb_ci", "theirs");
            case "location" -> insert("cmn_location", "theirs");
            case "business_service" -> insert("cmdb_ci_service", "theirs");
            case "company" -> insert("core_company", "theirs");
            default -> "a person's words";
        };
    }

    private Set<String> mapped() throws IOException {
        RecordedRequest post = bench.serviceNow.requests().writes().stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow();
        Map<String, String> fields = new TreeMap<>();
        new ObjectMapper()
                .readTree(post.body())
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        fields.keySet().removeAll(OF_THE_BRIDGE);
        return fields.keySet();
    }

    private Map<String, String> valuesOf(Set<String> fields) {
        Map<String, String> values = new TreeMap<>(incident().fields());
        values.keySet().retainAll(fields);
        return values;
    }

    private static PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL);
    }

    private Incident incident() {
        return bench.incident(ROOM, SIGNAL);
    }

    private String insert(String table, String name) {
        return bench.serviceNow.desk().as("admin").insert(table, Map.of("name", name));
    }

    private String find(String table, String field, String value) {
        return bench.serviceNow.desk().find(table, field, value).orElseThrow();
    }
}
