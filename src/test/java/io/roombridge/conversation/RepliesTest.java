package io.roombridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies as mail programs write them, each with what the portal is to get ({@code src/test/resources/replies}). */
final class RepliesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "replies");

    private static final String BODY = "From the Teams Rooms portal: Kim Lund, customer · 2026-06-01 09:00 UTC\n"
            + "The projector in Berlin 4.12 stays dark, although we tried another cable and another port today.\n"
            + "We need it at 14:00.";

    /** One file. */
    private record Reply(String name, String entry, String portal) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Reply> replies() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(RepliesTest::read).toList().stream();
        }
    }

    private static Reply read(Path file) {
        try {
            String[] parts = Files.readString(file).split("=== (entry|portal)\\n");
            return new Reply(file.getFileName().toString(), parts[1].stripTrailing(), parts[2].strip());
        } catch (IOException e) {
            throw new IllegalStateException("the reply " + file + " cannot be read", e);
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void theWordsOfThePersonArriveAndOursDoNot(Reply reply) {
        // Given
        RememberedWrites own = new RememberedWrites();
        own.write(BODY, "rb-1f3c5a7b9d0e2f46");
        Entry entry = new Entry("e1", true, reply.entry(), "alva.berg", Optional.empty());
        // When
        Heard heard = Hearing.hear(entry, own, "roombridge", false);
        // Then
        assertThat(heard).isEqualTo(new Heard.Speech(reply.portal(), true));
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(replies()).hasSizeGreaterThanOrEqualTo(25);
    }
}
