package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapping files at a terminal, without a bridge. With one: {@link MappingWalkThroughTest}. */
class MappingCommandTest {

    @TempDir
    private Path folder;

    @Test
    void anEventIsShownAsTheTicketItWouldBecome() {
        assertThat(mapping(0, "preview", "mappings/example-event.json"))
                .contains(
                        "  short_description (incident-create.jslt)",
                        "    + [Berlin 4.12] Display 1 is not detected",
                        "    + AV Field Services",
                        "tickets: 1; the same: 0; changed: 1; lost: 0");
    }

    @Test
    void againstOtherFilesOnlyTheDifferenceIsShown() throws IOException {
        Files.writeString(folder.resolve("note-relapse.jslt"), "\"Wieder gestört.\"");

        String shown = mapping(
                0, "preview", "mappings/example-event.json", "--folder", folder.toString(), "--against", "mappings");

        assertThat(shown)
                .contains(
                        "  note (note-relapse.jslt)",
                        "    - The signal is unhealthy again since 2026-06-01 08:05 UTC.",
                        "    + Wieder gestört.")
                .doesNotContain("short_description");
    }

    @Test
    void anEventOfWhichNothingCanBeMadeFails() throws IOException {
        Path event = folder.resolve("event.json");
        Files.writeString(
                event, Files.readString(Path.of("mappings/example-event.json")).replace("\"title\"", "\"titel\""));

        assertThat(mapping(1, "preview", event.toString())).contains("LOST", "data.ticket.title is required");
    }

    @Test
    void whatIsNoEventIsSaid() throws IOException {
        Path event = Files.writeString(folder.resolve("event.json"), "[]");

        assertThat(mapping(1, "preview", event.toString()))
                .isEqualTo("the event: it has no data.ticket; docs/events.md shows what it needs\n");
        assertThat(mapping(2, "preview", "nowhere.json")).contains("there is no file nowhere.json");
        assertThat(mapping(2, "preview")).contains("name either an EVENT.json or --last N");
    }

    @Test
    void forceNeedsAName() {
        assertThat(mapping(2, "activate", "--force")).contains("--force needs --by NAME");
    }

    private String mapping(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        String[] words = new String[arguments.length + 1];
        words[0] = "mapping";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(words);
        assertThat(code).as(out.toString()).isEqualTo(expected);
        return out.toString();
    }
}
