package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.adoption.ExportedTicket;
import io.roombridge.adoption.TicketExport;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An estate whose incidents Microsoft's own integration made: tickets open in the portal, each with an incident in ServiceNow
 * that people work on, and an export that names them; some of it ambiguous in every way there is. The bridge was in shadow mode
 * all the time.
 */
final class CutOver {

    static final String TENANT = "contoso";
    private static final List<String> GROUPS = List.of("Service Desk", "Network", "Hardware");
    private static final List<String> PEOPLE = List.of("beth.anglin", "david.loo", "");

    private final Bench bench;
    private final List<String> rows = new ArrayList<>();
    /** Rooms whose incident is certain, with its sys_id. */
    final Map<String, String> certain = new LinkedHashMap<>();
    /** Rooms of which a person has to say whose incident it is. */
    final List<String> ambiguous = new ArrayList<>();

    private final Map<String, Story> before = new LinkedHashMap<>();

    /** What people see of an incident. */
    private record Story(Map<String, String> fields, List<String> journal) {}

    CutOver(Bench bench) {
        this.bench = bench;
    }

    /** The portal's tickets are open, and the native integration has made their incidents. */
    void nativeYears(int tickets, int doubtful) {
        for (int i = 0; i < tickets; i++) {
            String room = "room-" + i;
            bench.deliver(
                    PortalEvent.of(room, "Camera").at(bench.clock.instant()).opened(1));
            if (i < doubtful) {
                doubtful(i, room);
                ambiguous.add(room);
            } else {
                String sysId = nativeIncident(i, room);
                certain.put(room, sysId);
                // Of each tenth the export has no number; its text names it alone.
                exported(room, i % 10 == 9 ? "" : number(sysId));
            }
        }
        bench.pass(Duration.ofHours(1));
        certain.forEach((room, sysId) -> before.put(sysId, story(sysId)));
    }

    /** As the portal writes it; ambiguous pairs stand beside each other. */
    private void doubtful(int i, String room) {
        switch (i % 9) {
            case 0 -> exported(room, "INC9900" + i);
            case 1 -> exported(room, number(nativeIncident(i, room)) + ", " + number(nativeIncident(i, room)));
            case 2 -> exported(room, number(nativeIncident(i, room)));
            // The same incident as the ticket before.
            case 3 -> exported(room, numberOf(rows.get(rows.size() - 1)));
            case 4 -> {
                String sysId = nativeIncident(i, room);
                bench.serviceNow.desk().as("admin").set(sysId, "correlation_id", "SCOM-" + i);
                exported(room, number(sysId));
            }
            case 5 -> {
                String sysId = nativeIncident(i, room);
                bench.serviceNow.desk().as("admin").resolve(sysId, "Resolved by caller", "Done");
                bench.serviceNow.desk().as("admin").close(sysId);
                exported(room, number(sysId));
            }
            case 7 -> {
                // No number in the export, and two incidents that say the same of the room.
                nativeIncident(i, room);
                nativeIncident(i, room);
                exported(room, "");
            }
            case 8 -> {
                // No number, and an incident that names the room alone.
                bench.serviceNow.desk().as("admin").set(nativeIncident(i, room), "short_description", "Room " + room);
                exported(room, "");
            }
            default -> {
                String twice = number(nativeIncident(i, room));
                bench.serviceNow.desk().as("admin").set(nativeIncident(i, room), "number", twice);
                exported(room, twice);
            }
        }
    }

    /** One that people have worked on. */
    String nativeIncident(int i, String room) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "short_description", "Room " + room + ": Camera is unhealthy",
                "description", "Made by the portal's own integration",
                "impact", "2",
                "urgency", "2",
                "correlation_display", "MTR " + i));
        bench.serviceNow
                .desk()
                .find("sys_user_group", "name", GROUPS.get(i % GROUPS.size()))
                .ifPresent(group -> fields.put("assignment_group", group));
        String sysId = bench.serviceNow.desk().as("admin").insert("incident", fields);
        String assignee = PEOPLE.get(i % PEOPLE.size());
        if (!assignee.isEmpty()) {
            bench.serviceNow.desk().as("admin").assign(sysId, assignee);
            bench.serviceNow.desk().as("beth.anglin").comment(sysId, "We look at it on site, " + room);
            bench.serviceNow.desk().as("beth.anglin").workNote(sysId, "cable checked, " + i);
            bench.serviceNow
                    .desk()
                    .as("beth.anglin")
                    .attach(sysId, "old-" + i + ".png", "image/png", ("old " + i).getBytes(StandardCharsets.UTF_8));
        }
        return sysId;
    }

    /** Whether nobody is assigned to a room's incident, and nobody wrote in it. */
    boolean nobodys(String room) {
        int i = Integer.parseInt(room.substring("room-".length()));
        return PEOPLE.get(i % PEOPLE.size()).isEmpty();
    }

    void exported(String room, String numbers) {
        rows.add(
                "{\"TicketID\":\"T-%s\",\"State\":\"investigating\",\"SnowIncident\":\"%s\",\"LatsUpdate\":\"2026-06-01T08:00:00Z\",\"Device\":{\"RoomName\":\"Room %s\"},\"Incident Type\":{\"DisplayName\":\"Camera\"}}"
                        .formatted(room, numbers, room));
    }

    private static String numberOf(String row) {
        return row.replaceAll(".*\"SnowIncident\":\"([^\"]*)\".*", "$1");
    }

    String number(String sysId) {
        return incident(sysId).field("number");
    }

    Incident incident(String sysId) {
        return bench.serviceNow.desk().incident(sysId).orElseThrow();
    }

    List<ExportedTicket> export() {
        String file = "[" + String.join(",", rows) + "]";
        TicketExport read = TicketExport.read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
        assertThat(read.faults()).isEmpty();
        return read.tickets();
    }

    /** The command {@code import}. */
    void importIt() {
        PlanAdoption plan = bench.planAdoption();
        plan.plan(TENANT, plan.match(TENANT, export()), "Beth Anglin", "cut-over");
    }

    private Story story(String sysId) {
        Incident incident = incident(sysId);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : List.of(
                "number",
                "state",
                "short_description",
                "description",
                "impact",
                "urgency",
                "priority",
                "assigned_to",
                "assignment_group",
                "hold_reason",
                "caller_id",
                "category",
                "parent")) {
            fields.put(field, incident.field(field));
        }
        return new Story(
                fields,
                bench.serviceNow.desk().journal(sysId).stream()
                        .map(JournalEntry::value)
                        .toList());
    }

    /** The journal before is the beginning of the journal now, and no field that people see has changed. */
    void historiesAreIntact() {
        before.forEach((sysId, story) -> {
            Story now = story(sysId);
            assertThat(now.fields()).as(number(sysId)).isEqualTo(story.fields());
            assertThat(now.journal().subList(0, story.journal().size()))
                    .as(number(sysId))
                    .isEqualTo(story.journal());
        });
    }

    /** The incidents that the bridge itself made, by the rooms of their correlation ids. */
    List<Incident> ofTheBridge() {
        return bench.serviceNow.desk().incidents().stream()
                .filter(incident -> incident.correlationId().startsWith("rb-"))
                .toList();
    }

    /** Which incidents are of which ticket: never two of one. */
    Map<String, Long> perTicket() {
        return ofTheBridge().stream().collect(Collectors.groupingBy(Incident::correlationId, Collectors.counting()));
    }
}
