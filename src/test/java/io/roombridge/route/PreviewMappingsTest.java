package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.RecentEvents;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.Preview;
import io.roombridge.mapping.Preview.Difference;
import io.roombridge.route.PreviewMappings.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other mapping files would change in the tickets of late, told before they are in force. */
class PreviewMappingsTest extends OnBench {

    @TempDir
    private Path folder;

    private PreviewMappings preview;

    @BeforeEach
    void threeTickets() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        bench.deliver(PortalEvent.of("room-2", "Display").opened(1));
        bench.deliver(PortalEvent.of("room-3", "Network").opened(1));
        preview = new PreviewMappings(bench.mappings, new RecentEvents(bench.jdbi()), bench.desks());
    }

    @Test
    void theLastTicketsAreShownWithWhatChangesAndNothingIsWritten() throws IOException {
        write(
                "severity.yaml",
                Files.readString(Path.of("mappings/severity.yaml"))
                        .replace("important:   { impact: 3, urgency: 2 }", "important:   { impact: 2, urgency: 2 }"));
        int writes = writes();

        List<Seen> seen = preview.of(MappingDirectory.read(folder), 2);

        assertThat(seen)
                .extracting(Seen::name)
                .containsExactly(
                        bench.incident("room-3", "Network").number(),
                        bench.incident("room-2", "Display").number());
        assertThat(seen)
                .allSatisfy(one -> assertThat(one.preview().differences())
                        .contains(
                                new Difference("incident-create.jslt", "impact", Optional.of("3"), Optional.of("2"))));
        assertThat(writes()).isEqualTo(writes);
    }

    @Test
    void whatServiceNowWouldIgnoreDropOrCutIsSaid() throws IOException {
        write("incident-create.jslt", """
                {
                  "short_description": lines([for ([1, 2, 3, 4, 5, 6, 7, 8, 9]) "A title that goes on"]),
                  "impact": 3, "urgency": 2,
                  "category": "av",
                  "u_site": "Berlin"
                }
                """);
        write("routing.yaml", """
                assignment_group: { table: sys_user_group, by: name, default: Nobody at all }
                """);

        Preview last = preview.of(MappingDirectory.read(folder), 1).get(0).preview();

        assertThat(last.remarks())
                .containsExactlyInAnyOrder(
                        "short_description: 188 characters are cut to 160",
                        "category: 'av' is no choice there; ServiceNow drops it. There are "
                                + String.join(
                                        ", ",
                                        bench.desks().all().get(0).gateway().choices("incident", "category")),
                        "u_site: incident has no such field; ServiceNow ignores it",
                        "assignment_group: sys_user_group with name 'Nobody at all': there is none in use; left empty");
    }

    @Test
    void theShippedFilesLeaveNothingToRemarkOnAShippedInstance() {
        Preview last = preview.of(MappingDirectory.read(folder), 1).get(0).preview();

        assertThat(last.remarks()).isEmpty();
        assertThat(last.differences()).isEmpty();
    }

    @Test
    void aTicketOfWhichNothingCanBeMadeAnyMoreIsSaid() throws IOException {
        write("incident-update.jslt", """
                { "impact": if (.signal.name == "Network") required(.data.inReplyTo, "data.inReplyTo") else 3 }
                """);

        List<Seen> seen = preview.of(MappingDirectory.read(folder), 3);

        assertThat(seen).extracting(one -> one.preview().lost().size()).containsExactly(1, 0, 0);
        assertThat(seen.get(0).preview().lost())
                .singleElement()
                .asString()
                .contains("incident-update.jslt", "data.inReplyTo");
    }

    private int writes() {
        return bench.serviceNow.requests().writes().size();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
