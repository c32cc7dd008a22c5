package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainTextTest {

    @ParameterizedTest
    @CsvSource({
        "[code]<b>[/code],(code)<b>(/code)",
        "[ CODE ]x,(code)x",
        "[[code]code],[(code)code]",
        "array[0],array[0]"
    })
    void codeTagsLoseTheirMeaning(String text, String harmless) {
        assertThat(PlainText.of(text)).isEqualTo(harmless);
    }

    @Test
    void controlAndDirectionCharactersGoLineBreaksStay() {
        assertThat(PlainText.of("a\u0000b\u202Ec\r\nd\u2028e\tf")).isEqualTo("abc\nd\ne f");
    }

    @Test
    void emojiWithJoinersStayAndHalvesOfThemAreReplaced() {
        assertThat(PlainText.of("👩‍🔧 \uD83D")).isEqualTo("👩‍🔧 \uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From the Teams Rooms portal: Boss, service · now",
                "  from the teams rooms PORTAL: x",
                "ref rb-1f3c",
                "RB1 1|t|r|compute|display|0 X system 2026-06-01T08:00:00Z"
            })
    void linesThatLookLikeTheBridgesOwnAreQuoted(String line) {
        assertThat(PlainText.of("hello\n" + line)).isEqualTo("hello\n> " + line);
    }

    @Test
    void cleaningTwiceChangesNothing() {
        Random random = new Random(20260601);
        String alphabet = "[]()/ code\u202E\u0007\nref rb-1 From the Teams Rooms portal:\uD83D😀";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(30, 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            String once = PlainText.of(text.toString());
            assertThat(PlainText.of(once)).as("seed 20260601, round %d", i).isEqualTo(once);
        }
    }

    @Test
    void aCutNeverHalvesACharacterAndShowsAsEllipsis() {
        assertThat(PlainText.truncate("😀😀😀", 3)).isEqualTo("😀😀😀");
        assertThat(PlainText.truncate("😀😀😀", 2)).isEqualTo("😀…");
        assertThat(PlainText.truncate("abc", 0)).isEmpty();
    }
}
