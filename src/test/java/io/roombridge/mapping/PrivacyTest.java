package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restricted data never reaches a ticket, whatever a mapping asks for (facts/portal.md, section 8). */
final class PrivacyTest {

    private static final List<String> RESTRICTED = List.of(
            "resourceAccountUpn",
            "serial",
            "hostName",
            "deviceId",
            "ipAddress",
            "macAddress",
            "upn",
            "latitude",
            "SERIAL",
            "email");

    private static final List<String> BLOCKS = List.of("ticket", "room", "device", "actor", "data", "event");

    @Test
    void noShippedMappingShowsRestrictedData() {
        // Given
        Mappings mappings = Mappings.load(MappingFolder.shipped());
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            ExampleEvent event = planted(random);
            // When
            String everything = everything(mappings, event);
            // Then
            assertThat(everything)
                    .as("seed 7, round %d", round)
                    .doesNotContain("PLANTED", "berlin-4-12@", "PF00AA12", "BER-MTR-412", "5d2c7a3e");
        }
    }

    @Test
    void aMappingThatShowsEverythingItSeesDoesNotSeeIt(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(
                folder.resolve("incident-create.jslt"),
                "{ \"u_room\": to-json(.room), \"u_device\": to-json(.device), \"u_data\": to-json(.data),"
                        + " \"u_event\": to-json(.event), \"u_actor\": to-json(.actor) }");
        Mappings mappings = Mappings.load(MappingFolder.of(folder));
        // When
        String fields = mappings.fields(
                        IncidentWrite.CREATE, planted(new Random(1)).input())
                .values()
                .toString();
        // Then
        assertThat(fields)
                .contains("Berlin 4.12", "ThinkSmart Core")
                .doesNotContain("PLANTED", "berlin-4-12@", "PF00AA12", "BER-MTR-412", "5d2c7a3e");
    }

    /** A restricted field with a mark in a random block, and always an actor with an account. */
    private static ExampleEvent planted(Random random) {
        String changes = "{\"%s\":{\"%s\":\"PLANTED\",\"nested\":{\"%s\":\"PLANTED\"}}}"
                .formatted(any(BLOCKS, random), any(RESTRICTED, random), any(RESTRICTED, random));
        return Examples.event()
                .with(Examples.json("{\"actor\":{\"type\":\"customer\",\"id\":\"PLANTED\"},"
                        + "\"data\":{\"text\":\"hello\",\"workflow\":\"w\",\"outcome\":\"failed\"}}"))
                .with(Examples.json(changes));
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static String everything(Mappings mappings, ExampleEvent event) {
        List<String> texts = new ArrayList<>();
        Input input = event.input().closedWith("Resolved by caller");
        for (IncidentWrite write : IncidentWrite.values()) {
            IncidentFields fields = mappings.fields(write, input);
            texts.add(fields.values() + " " + fields.references());
        }
        for (NoteKind kind : NoteKind.values()) {
            texts.add(mappings.note(kind, input));
        }
        return String.join("\n", texts);
    }
}
