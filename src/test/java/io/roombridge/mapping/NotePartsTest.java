package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NotePartsTest {

    @Test
    void aNoteThatFitsStaysWhole() {
        assertThat(NoteParts.of("short", 100)).containsExactly("short");
    }

    @Test
    void aLongNoteIsSplitAtLineEndsAndNumbered() {
        // Given
        String line = "x".repeat(59);
        // When
        List<String> parts = NoteParts.of(line + "\n" + line + "\n" + line, 100);
        // Then
        assertThat(parts).containsExactly(line + "\n(1/3)", line + "\n(2/3)", line + "\n(3/3)");
    }

    @Test
    void textWithoutLineEndsIsSplitBetweenCodePoints() {
        // When
        List<String> parts = NoteParts.of("😀".repeat(150), 100);
        // Then
        assertThat(parts).hasSize(2).allMatch(part -> part.codePointCount(0, part.length()) <= 100);
        assertThat(String.join("", parts).codePoints().filter(point -> point == "😀".codePointAt(0)))
                .hasSize(150);
    }

    @Test
    void aLongLineIsSplitBetweenWords() {
        assertThat(NoteParts.of("word ".repeat(30).strip(), 100))
                .allMatch(part -> part.lines().findFirst().orElseThrow().matches("(word ?)+"));
    }

    @Test
    void whatReadsAsOneCharacterStaysTogether() {
        // Given
        String thumb = "👍🏽";
        // When
        List<String> parts = NoteParts.of("x" + thumb.repeat(100), 100);
        // Then
        assertThat(parts).allMatch(part -> !part.startsWith("🏽"));
    }
}
