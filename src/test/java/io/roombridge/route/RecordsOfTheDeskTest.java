package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roombridge.mapping.Accounts;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.Reference;
import io.roombridge.ops.InstanceMeters;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records that a new incident points to: found in ServiceNow or left out, and never the wrong ones. */
class RecordsOfTheDeskTest extends OnBench {

    @TempDir
    private Path folder;

    @Test
    void everyReferenceOfANewIncidentIsFoundByRule() throws IOException {
        Map<String, String> wanted = Map.of(
                "assignment_group", group("EMEA Service Desk"),
                "cmdb_ci", insert("cmdb_ci", Map.of("name", "MTR Berlin", "asset_tag", "A-12")),
                "location", insert("cmn_location", Map.of("name", "HQ", "full_name", "Europe/Berlin/HQ")),
                "business_service", insert("cmdb_ci_service", Map.of("name", "Meetings")),
                "company", insert("core_company", Map.of("name", "Fabrikam")));
        routing("""
                assignment_group:
                  table: sys_user_group
                  by: name
                  rules: [ { per: region, rows: { FR: Nobody, DE: EMEA Service Desk } } ]
                cmdb_ci:
                  table: cmdb_ci
                  by: asset_tag
                  rules: [ { per: room, rows: { Room room-1: A-12 } } ]
                location:
                  table: cmn_location
                  by: full_name
                  default: Europe/Berlin/HQ
                business_service:
                  table: cmdb_ci_service
                  by: name
                  rules: [ { per: category, rows: { Hardware: Meetings } } ]
                company:
                  table: core_company
                  by: name
                  rules: [ { per: tenant, rows: { contoso: %s } } ]
                severity:
                  as: value
                  rules: [ { when: { severity: important }, use: 2 } ]
                """.formatted(wanted.get("company")));

        bench.deliver(opened("room-1").in("DE", "Europe/Berlin", "system"));

        assertThat(incident("room-1").fields()).containsAllEntriesOf(wanted).containsEntry("severity", "2");
    }

    @Test
    void aNameOfSeveralOrOfNoneLeavesTheFieldOutAndTheHistorySaysSo() throws IOException {
        insert("cmdb_ci", Map.of("name", "Projector"));
        insert("cmdb_ci", Map.of("name", "Projector"));
        insert("sys_user_group", Map.of("name", "Retired", "active", "false"));
        routing("""
                assignment_group: { table: sys_user_group, by: name, default: Retired }
                cmdb_ci: { table: cmdb_ci, by: name, default: Projector }
                location: { table: no_such_table, by: name, default: HQ }
                company: { table: core_company, by: name, default: "javascript:gs.now()" }
                """);

        bench.deliver(opened("room-1"));

        assertThat(incident("room-1").fields())
                .extractingByKeys("assignment_group", "cmdb_ci", "location", "company")
                .containsOnly("");
        assertThat(history("room-1"))
                .contains("assignment_group: sys_user_group with name 'Retired': there is none in use; left empty")
                .contains("cmdb_ci: cmdb_ci with name 'Projector': there are several; left empty")
                .contains("location: no_such_table with name 'HQ': the integration user cannot ask for it; left empty")
                .contains("company: core_company with name 'javascript:gs.now()'");
    }

    @Test
    void aGroupThatIsNotThereGivesWayToTheDefault() throws IOException {
        routing("""
                assignment_group:
                  table: sys_user_group
                  by: name
                  rules: [ { when: { signal: camera }, use: Misspelt } ]
                  default: Service Desk
                """);

        bench.deliver(opened("room-1"));

        assertThat(incident("room-1").field("assignment_group"))
                .isEqualTo(find("sys_user_group", "name", "Service Desk"));
        assertThat(history("room-1")).contains("taken instead: sys_user_group with name 'Service Desk'");
    }

    @Test
    void aRecordIsAskedForOnceInAQuarterOfAnHour() throws IOException {
        routing("assignment_group: { table: sys_user_group, by: name, default: Later }\n");
        bench.deliver(opened("room-1"));
        String later = group("Later");
        bench.serviceNow.requests().clear();

        bench.deliver(opened("room-2"));
        assertThat(incident("room-2").field("assignment_group")).isEmpty();
        assertThat(lookedUp("sys_user_group")).isZero();

        bench.machine.advance(Lookups.REMEMBERED);
        bench.deliver(opened("room-3"));
        assertThat(incident("room-3").field("assignment_group")).isEqualTo(later);
        assertThat(lookedUp("sys_user_group")).isOne();
    }

    @Test
    void whoRecordedAnIssueIsItsCallerAndIsNamedNowhere() {
        bench.deliver(recorded("room-1").by("customer", "Abel.Tuter@contoso.example"));

        Incident made = issue("room-1");
        assertThat(made.field("caller_id")).isEqualTo(find("sys_user", "user_name", "abel.tuter"));
        assertThat(made.fields().values()).noneMatch(text -> text.contains("uter@"));
        assertThat(bench.entries(ticket("room-1"), "work_notes")).noneMatch(text -> text.contains("@"));
    }

    @Test
    void anIssueOfSomebodyUnknownHasTheConfiguredContactAndTheHistoryNamesNobody() {
        bench.deliver(recorded("room-1").by("customer", "stranger@contoso.example"));

        assertThat(issue("room-1").field("caller_id")).isEqualTo(find("sys_user", "user_name", "rooms.contact"));
        assertThat(history("room-1"))
                .contains("sys_user with the reporter's email: there is none in use; taken instead")
                .doesNotContain("stranger");
    }

    @Test
    void twoUsersWithTheReportersAddressAreNobody() {
        insert("sys_user", Map.of("user_name", "abel.two", "email", "abel.tuter@contoso.example", "active", "true"));

        bench.deliver(recorded("room-1").by("customer", "abel.tuter@contoso.example"));

        assertThat(issue("room-1").field("caller_id")).isEqualTo(find("sys_user", "user_name", "rooms.contact"));
    }

    @Test
    void theIntegrationUserIsNeverACaller() throws IOException {
        routing("caller_id: { table: sys_user, by: user_name, default: roombridge }\n");
        bench.deliver(opened("room-1"));
        bench.deliver(recorded("room-2").by("customer", "roombridge@contoso.example"));

        assertThat(incident("room-1").field("caller_id")).isEmpty();
        assertThat(issue("room-2").field("caller_id")).isEmpty();
        assertThat(history("room-1")).contains("that is the account of the bridge or of a room; left empty");
    }

    @Test
    void theAccountOfTheRoomIsNeverACaller() throws IOException {
        insert("sys_user", Map.of("user_name", "room-1", "email", "room-1@contoso.example", "active", "true"));
        routing("""
                caller_id:
                  table: sys_user
                  by: user_name
                  rules: [ { when: { room: "*" }, use: room-1 } ]
                  default: rooms.contact
                """);

        bench.deliver(opened("room-1").inRoomOf("room-1@contoso.example"));

        assertThat(incident("room-1").field("caller_id")).isEqualTo(find("sys_user", "user_name", "rooms.contact"));
    }

    @Test
    void whatIsLeftOutIsCounted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Desk desk = new Desk(
                "main",
                bench.desks().all().get(0).gateway(),
                "roombridge",
                List.of(),
                List.of(),
                bench.machine,
                new InstanceMeters(meters));
        Accounts nobody = new Accounts(Optional.empty(), Set.of());

        desk.recordFor("assignment_group", new Reference("sys_user_group", "name", "Nobody"), nobody);
        desk.record(new Reference("sys_user_group", "name", "Only previewed"), nobody);

        assertThat(meters.get("roombridge.references.missed")
                        .tags("servicenow", "main", "field", "assignment_group", "why", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void routing(String text) throws IOException {
        Files.writeString(folder.resolve("routing.yaml"), text);
        bench.mappings.put(bench.mappings.version().with(MappingDirectory.read(folder)));
    }

    private static PortalEvent opened(String room) {
        return PortalEvent.of(room, "Camera").opened(1);
    }

    private static PortalEvent recorded(String room) {
        return PortalEvent.of(room, "").recorded().opened(1);
    }

    private Incident incident(String room) {
        return bench.incident(room, "Camera");
    }

    private Incident issue(String room) {
        return bench.serviceNow
                .desk()
                .incident(ticket(room).current().orElseThrow().sysId())
                .orElseThrow();
    }

    private Ticket ticket(String room) {
        return bench.store()
                .ticket("contoso", "main", new TicketKey.RecordedIssue("contoso", "T-" + room).id())
                .orElseThrow();
    }

    private String history(String room) {
        List<String> lines = bench.jdbi()
                .withHandle(handle -> handle.createQuery("select text from history where change_id like :room")
                        .bind("room", "%" + room + "%")
                        .mapTo(String.class)
                        .list());
        return String.join("\n", lines);
    }

    private int lookedUp(String table) {
        return bench.serviceNow
                .requests()
                .where(request -> request.path().endsWith("/table/" + table))
                .size();
    }

    private String group(String name) {
        return insert("sys_user_group", Map.of("name", name, "active", "true"));
    }

    private String insert(String table, Map<String, String> values) {
        return bench.serviceNow.desk().as("admin").insert(table, values);
    }

    private String find(String table, String field, String value) {
        return bench.serviceNow.desk().find(table, field, value).orElseThrow();
    }
}
