package io.roombridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.conversation.Heard.Echo;
import io.roombridge.conversation.Heard.Internal;
import io.roombridge.conversation.Heard.Platform;
import io.roombridge.conversation.Heard.Speech;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HearingTest {

    private static final String BRIDGE = "roombridge";
    private static final String REFERENCE = "rb-1f3c5a7b9d0e2f46";
    private static final String BODY =
            "From the Teams Rooms portal: Kim Lund, customer · 2026-06-01 09:00 UTC\nThe projector\n\nstays dark 👍.";
    private static final String MACHINE_LINE = "rb1 1|contoso|room-1|compute|display|0 T-1 system 2026-06-01T08:00:00Z";

    private final RememberedWrites own = new RememberedWrites();
    private final String written = own.write(BODY, REFERENCE);

    private Heard comment(String author, String text) {
        return Hearing.hear(new Entry("e1", true, text, author, Optional.empty()), own, BRIDGE, false);
    }

    private Heard note(String author, String text) {
        return Hearing.hear(new Entry("e1", false, text, author, Optional.empty()), own, BRIDGE, false);
    }

    private Heard afterRebuild(boolean comment, String author, String text) {
        return Hearing.hear(
                new Entry("e1", comment, text, author, Optional.empty()), new RememberedWrites(), BRIDGE, true);
    }

    @Test
    void aKnownRowIsAnEchoWhateverItSays() {
        own.know("e1");
        assertThat(comment("alva.berg", "anything")).isInstanceOf(Echo.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"roombridge", "ROOMBRIDGE", "system", "alva.berg"})
    void theBridgesOwnTextIsAnEchoUnderAnyName(String author) {
        assertThat(comment(author, written)).isInstanceOf(Echo.class);
        assertThat(note(author, written)).isInstanceOf(Echo.class);
    }

    @Test
    void harmlessReformattingHidesNoEcho() {
        assertThat(comment(BRIDGE, written.replace("\n", "\r\n") + "\r\n ")).isInstanceOf(Echo.class);
        assertThat(comment(BRIDGE, written.replace("\n\n", "\n\n\n"))).isInstanceOf(Echo.class);
        assertThat(comment(BRIDGE, written.replace("projector", "pro\u200Bjector")))
                .isInstanceOf(Echo.class);
        assertThat(comment(BRIDGE, written.replace("The projector", "The\u00a0projector")))
                .isInstanceOf(Echo.class);
        assertThat(comment(BRIDGE, "<p>" + written.replace("\n", "<br/>") + "</p>"))
                .isInstanceOf(Echo.class);
    }

    @Test
    void anUnsignedEntryOfASharedIntegrationUserIsAPersons() {
        assertThat(comment(BRIDGE, "I had a look.")).isEqualTo(new Speech("I had a look.", true));
        assertThat(note(BRIDGE, "I had a look.")).isInstanceOf(Internal.class);
    }

    @Test
    void anOpenWriteIsKnownByItsReferenceEvenIfTheInstanceChangedTheText() {
        // Given
        String begun = own.begin("From the Teams Rooms portal: Kim, customer · now\nText 👍", "rb-00000000000000aa");
        // Then
        assertThat(comment(BRIDGE, begun.replace("👍", "????"))).isInstanceOf(Echo.class);
        assertThat(comment("alva.berg", "Good.\n\n" + begun)).isEqualTo(new Speech("Good.", true));
    }

    @Test
    void aReplyByMailToAnOpenWriteIsNoEcho() {
        // Given
        String begun = own.begin(BODY, "rb-00000000000000aa");
        // When
        Heard heard = comment(
                BRIDGE, "Done.\n\nFrom: Desk <desk@contoso.example>\nSent: today\nTo: me\nSubject: INC1\n\n" + begun);
        // Then
        assertThat(heard).isEqualTo(new Speech("Done.", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Copied from INC0010002:\n", "[Copy of INC0010002] ", "Parent incident comment:\n\n"})
    void aRuleThatCopiesTheTextMakesNoEcho(String prefix) {
        assertThat(comment("system", prefix + written)).isInstanceOf(Echo.class);
        assertThat(comment(BRIDGE, prefix + written)).isInstanceOf(Echo.class);
        assertThat(note(BRIDGE, prefix + written)).isInstanceOf(Echo.class);
    }

    @Test
    void wordsOfAPersonBesideOurTextArrive() {
        assertThat(comment("alva.berg", "ok\n" + written)).isEqualTo(new Speech("ok", true));
        assertThat(comment("alva.berg", written + "\nok")).isEqualTo(new Speech("ok", true));
        assertThat(comment("alva.berg", "👍 " + written)).isEqualTo(new Speech("👍", true));
    }

    @Test
    void aPersonWhoChangesOurTextIsHeard() {
        assertThat(comment("alva.berg", written.replace("stays dark", "stays dark - really?")))
                .isEqualTo(new Speech("The projector\n\nstays dark - really? 👍.", true));
    }

    @Test
    void workNotesOfPeopleNeverLeave() {
        assertThat(note("alva.berg", "internal")).isInstanceOf(Internal.class);
        assertThat(note("alva.berg", "see\n" + written)).isInstanceOf(Internal.class);
    }

    @Test
    void whatServiceNowWritesByItselfIsNobodysSpeech() {
        assertThat(comment("system", "Incident automatically closed after 7 days in the Resolved state."))
                .isInstanceOf(Platform.class);
        assertThat(note("system", "Merged.")).isInstanceOf(Platform.class);
    }

    @Test
    void aMailThatServiceNowWroteDownForSomebodyIsThatPersons() {
        assertThat(comment("system", "reply from: kim@contoso.example\n\nThanks!"))
                .isEqualTo(new Speech("Thanks!", true));
        assertThat(comment("guest", "reply from: kim@contoso.example\n\nThanks!"))
                .isEqualTo(new Speech("Thanks!", true));
    }

    @Test
    void theNoteWithTheMachineLineIsTheBridgesOwn() {
        assertThat(note(BRIDGE, "The signal is unhealthy.\n" + MACHINE_LINE)).isInstanceOf(Echo.class);
        assertThat(note("alva.berg", "What is this?\n" + MACHINE_LINE)).isInstanceOf(Internal.class);
    }

    @Test
    void afterARebuildTheFormDecides() {
        assertThat(afterRebuild(true, BRIDGE, written)).isInstanceOf(Echo.class);
        assertThat(afterRebuild(true, BRIDGE, "the rest\n(2/2)\n\nref " + REFERENCE))
                .isInstanceOf(Echo.class);
        assertThat(afterRebuild(false, BRIDGE, "Healthy again.\n\nref " + REFERENCE))
                .isInstanceOf(Echo.class);
        assertThat(afterRebuild(true, BRIDGE, "I had a look.")).isEqualTo(new Speech("I had a look.", true));
        assertThat(afterRebuild(true, BRIDGE, "I had a look.\n\n" + written)).isInstanceOf(Speech.class);
        assertThat(afterRebuild(true, "alva.berg", written)).isInstanceOf(Speech.class);
    }

    @Test
    void signedAndNotRememberedIsPassedOnAndCountsAsNobodys() {
        assertThat(comment(BRIDGE, BODY + "\n\nref rb-00000000000000bb"))
                .isEqualTo(new Speech("The projector\n\nstays dark 👍.", false));
    }

    @Test
    void anOwnTextThatTheInstanceCutIsNoSpeech() {
        // Given
        String cut = (BODY + " more".repeat(1000)).substring(0, 4000);
        // Then
        assertThat(comment(BRIDGE, cut)).isInstanceOf(Echo.class);
        assertThat(comment("alva.berg", cut)).isInstanceOf(Speech.class);
        assertThat(comment(BRIDGE, cut.substring(0, 3000))).isInstanceOf(Speech.class);
    }

    @Test
    void anEntryThatIsOnlyOurQuotationIsAnEcho() {
        assertThat(comment("alva.berg", "On Mon, 1 Jun 2026 Desk wrote:\n> " + written.replace("\n", "\n> ")))
                .isInstanceOf(Echo.class);
    }

    @Test
    void aTextOfOursThatQuotesAnEarlierOneIsFoundWhole() {
        // Given
        String quoting = own.write(BODY + "\n> " + written.replace("\n", "\n> "), "rb-00000000000000cc");
        // Then
        assertThat(comment(BRIDGE, quoting)).isInstanceOf(Echo.class);
        assertThat(comment("alva.berg", "ok\n\n" + quoting)).isEqualTo(new Speech("ok", true));
    }

    @Test
    void speechIsHarmless() {
        assertThat(comment("alva.berg", "[code]<b>Hello</b><br>you[/code] a\u202Eb"))
                .isEqualTo(new Speech("Hello\nyou ab", true));
        assertThat(comment("alva.berg", "if a < b use <b>")).isEqualTo(new Speech("if a < b use <b>", true));
    }

    @Test
    void anEmptyEntryIsSpeechWithoutText() {
        assertThat(comment("alva.berg", " \n")).isEqualTo(new Speech("", true));
    }
}
