package io.roombridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of the bridge's own entries when nothing but the entries is left. */
class OwnTextsTest {

    private static final String FIRST =
            "From the Teams Rooms portal: Teams Rooms automation, bot · 2026-06-01 08:00 UTC\nAutomatic repair: Restart";
    private static final String SECOND =
            "From the Teams Rooms portal: Teams Rooms automation, bot · 2026-06-01 08:01 UTC\nOutcome: success";

    @Test
    void anEntryWithAReferenceInItsLastLineIsSigned() {
        assertThat(OwnTexts.signed("It is dark.\n\nref rb-0123456789abcdef")).hasValueSatisfying(signed -> {
            assertThat(signed.reference()).isEqualTo("rb-0123456789abcdef");
            assertThat(signed.bodyHash()).isEqualTo(TextHash.of("It is dark."));
        });
    }

    @Test
    void aReferenceInTheMiddleSignsNothing() {
        assertThat(OwnTexts.signed("see\nref rb-0123456789abcdef\nof last week"))
                .isEmpty();
        assertThat(OwnTexts.signed("")).isEmpty();
    }

    @Test
    void eachTextOfAGatheredNoteIsKnown() {
        assertThat(OwnTexts.hashesOfTexts(List.of(FIRST + "\n\n" + SECOND)))
                .containsExactly(TextHash.of(FIRST), TextHash.of(SECOND));
    }

    @Test
    void theTextsOfANoteThatWasSplitAreKnownToo() {
        String note = FIRST + "\n\n" + SECOND;
        int cut = FIRST.length() - 10;
        assertThat(OwnTexts.hashesOfTexts(List.of(note.substring(0, cut) + "\n(1/2)", note.substring(cut) + "\n(2/2)")))
                .containsExactly(TextHash.of(FIRST), TextHash.of(SECOND));
    }
}
