package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.MappingReleases;
import io.roombridge.correlation.RecentEvents;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.LastMappings;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.mapping.NoteKind;
import io.roombridge.route.ReloadMappings.Refused;
import io.roombridge.ticket.TicketKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapping files that change while the bridge runs: what is good makes the next ticket, what is bad changes nothing. */
class ReloadMappingsTest extends OnBench {

    private static final String GERMAN = "\"Wieder gestört.\"";

    @TempDir
    private Path home;

    private Path folder;
    private MappingReleases releases;
    private ReloadMappings reload;

    @BeforeEach
    void watchTheFolder() throws IOException {
        folder = Files.createDirectory(home.resolve("mappings"));
        releases = new MappingReleases(bench.jdbi());
        reload = new ReloadMappings(
                folder,
                bench.mappings,
                releases,
                new RecentEvents(bench.jdbi()),
                new LastMappings(home),
                bench.machine);
    }

    @Test
    void aChangedFileMakesTheNextTicketWithoutARestart() throws IOException {
        String before = firstNoteOf("room-1");

        write("incident-create.jslt", """
                { "short_description": "Raum " + .room.name, "impact": 3, "urgency": 3, "work_notes": "Neu" }
                """);
        settle();

        assertThat(before).contains("Opened from a Teams Rooms portal ticket");
        assertThat(firstNoteOf("room-2")).startsWith("Neu");
        assertThat(reload.standing().refused()).isEmpty();
    }

    @Test
    void aFileIsLeftAloneUntilTwoLooksFindItTheSame() throws IOException {
        String version = reload.standing().version();
        write("note-relapse.jslt", GERMAN);
        reload.look();
        write("note-replaced.jslt", GERMAN);
        reload.look();
        assertThat(reload.standing().version()).isEqualTo(version);

        reload.look();

        assertThat(reload.standing().version()).isNotEqualTo(version);
    }

    @Test
    void aChangeOfTheScopeIsToldBesideTheFilesAlsoWhenTheBridgeWasAway() throws IOException {
        reload.activate(Optional.empty());
        write("scope.yaml", "include: [ { region: PT } ]");
        settle();
        assertThat(scopes()).containsExactly("scope.yaml none>" + digest());

        String narrow = digest();
        write("scope.yaml", "include: [ { region: DE } ]");
        bench.mappings.put(bench.mappings.version().with(MappingDirectory.read(folder)));
        reload.activate(Optional.empty());
        reload.activate(Optional.empty());

        assertThat(scopes()).containsExactly("scope.yaml " + narrow + ">" + digest(), "scope.yaml none>" + narrow);
    }

    private String digest() {
        return MappingDirectory.read(folder).digests().get("scope.yaml");
    }

    private List<String> scopes() {
        return bench.books().audit().since(Instant.EPOCH, Optional.of("scope-changed"), 10).stream()
                .map(entry -> entry.subject() + " " + entry.was() + ">" + entry.became())
                .toList();
    }

    @Test
    void aBrokenFileIsToldAndTheOldMappingStays() throws IOException {
        write("note-relapse.jslt", GERMAN);
        settle();
        String good = reload.standing().version();

        write("note-relapse.jslt", "\"Wieder gestört.");
        settle();

        assertThat(reload.standing().version()).isEqualTo(good);
        assertThat(refused().objections()).singleElement().asString().startsWith("note-relapse.jslt:1:17: ");
        assertThat(refused().releasable()).isFalse();
        assertThat(relapse()).isEqualTo("Wieder gestört.");
    }

    @Test
    void aMendedFileIsTaken() throws IOException {
        write("note-relapse.jslt", "\"Wieder gestört.");
        settle();

        write("note-relapse.jslt", GERMAN);
        settle();

        assertThat(relapse()).isEqualTo("Wieder gestört.");
        assertThat(reload.standing().refused()).isEmpty();
    }

    @Test
    void aFileWhoseTestFailsIsTakenOnlyWhenSomebodyTakesTheResponsibility() throws IOException {
        write("note-relapse.jslt", GERMAN);
        write("own.test.yaml", """
                tests:
                  - name: in English
                    mapping: note-relapse
                    expect: { note: Unhealthy again. }
                """);
        settle();
        assertThat(refused().objections()).containsExactly("own.test.yaml:2: the test fails: in English");
        assertThat(relapse()).startsWith("The signal is unhealthy again");

        reload.activate(Optional.of("Beth Anglin"));

        assertThat(relapse()).isEqualTo("Wieder gestört.");
    }

    @Test
    void whatWasReleasedOnOneNodeIsTakenByTheOthers() throws IOException {
        ReloadMappings other = new ReloadMappings(
                folder,
                new MappingsInForce(bench.mappings.version()),
                releases,
                new RecentEvents(bench.jdbi()),
                new LastMappings(Files.createDirectory(home.resolve("other"))),
                bench.machine);
        write("note-relapse.jslt", GERMAN);
        write("own.test.yaml", "tests: [ { mapping: note-relapse, expect: { note: x } } ]");
        settle();
        other.look();
        other.look();
        assertThat(other.standing().refused()).isPresent();

        String taken = reload.activate(Optional.of("Beth Anglin")).version();
        other.look();

        assertThat(other.standing().version()).isEqualTo(taken);
    }

    @Test
    void aFaultIsNobodysToRelease() throws IOException {
        write("note-relapse.jslt", "{");

        assertThat(reload.activate(Optional.of("Beth Anglin")).refused()).isPresent();
    }

    @Test
    void aFileThatLosesAnEventOfLateIsRefused() throws IOException {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));

        write("note-relapse.jslt", """
                if (.signal.name == "Camera") required(.data.closedBy, "data.never") else "Again."
                """);
        settle();

        assertThat(refused().objections()).singleElement().asString().contains("data.never", "an event of ticket rb-");
        assertThat(refused().releasable()).isTrue();
    }

    @Test
    void aFolderThatIsGoneDoesNotBringTheShippedFilesBack() throws IOException {
        write("note-relapse.jslt", GERMAN);
        settle();

        Files.delete(folder.resolve("note-relapse.jslt"));
        Files.delete(folder);
        settle();

        assertThat(refused().objections()).containsExactly("the mapping folder is gone");
        assertThat(relapse()).isEqualTo("Wieder gestört.");
    }

    @Test
    void aTenantHasItsOwnFilesAndTheOthersDoNotNotice() throws IOException {
        write("note-relapse.jslt", "\"for all\"");
        Files.createDirectories(folder.resolve("tenants/contoso"));
        write("tenants/contoso/note-relapse.jslt", "\"for Contoso\"");
        settle();

        assertThat(relapse("contoso")).isEqualTo("for Contoso");
        assertThat(relapse("fabrikam")).isEqualTo("for all");
    }

    private void settle() {
        reload.look();
        reload.look();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Refused refused() {
        return reload.standing().refused().orElseThrow();
    }

    private String relapse() {
        return relapse("contoso");
    }

    private String relapse(String tenant) {
        String event = new String(PortalEvent.of("room-1", "Camera").opened(1).bytes(), StandardCharsets.UTF_8);
        TicketKey key = new TicketKey.RoomSignal(tenant, "room-1", "", "Camera", "");
        return bench.mappings.of(tenant).note(NoteKind.RELAPSE, Input.of(event, key, 1));
    }

    private String firstNoteOf(String room) {
        bench.deliver(PortalEvent.of(room, "Camera").opened(1));
        return bench.entries(bench.ticket(room, "Camera"), "work_notes").get(0);
    }
}
