package io.roombridge.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When two sides of a conversation are equal, and how they are printed. */
class BothSidesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final List<Spoken> portal = new ArrayList<>();
    private final List<Spoken> desk = new ArrayList<>();
    private int second;

    @Test
    void aConversationThatWasBroughtOverIsEqual() {
        aWholeConversation();

        assertThat(faults()).isEmpty();
    }

    @Test
    void whatIsMissingOnTheOtherSideIsNamed() {
        aWholeConversation();
        portal.add(Spoken.here(next(), "Ana", false, "Hello?"));
        desk.add(Spoken.here(next(), "beth", false, "Still there?"));

        assertThat(faults())
                .containsExactly(
                        "the portal: \"Hello?\" of Ana stands not at ServiceNow",
                        "ServiceNow: \"Still there?\" of beth stands not at the portal");
    }

    @Test
    void whatIsThereTwiceIsNamed() {
        aWholeConversation();
        desk.add(Spoken.brought(next(), "Ana", false, "It is black."));

        assertThat(faults()).containsExactly("the portal: \"It is black.\" of Ana stands 2 times at ServiceNow");
    }

    @Test
    void whatNobodySaidIsNamed() {
        portal.add(Spoken.brought(next(), "Contoso SOC", false, "Who said this?"));

        assertThat(faults()).containsExactly("the portal: \"Who said this?\" of Contoso SOC stands not at ServiceNow");
    }

    @Test
    void anEchoIsNamed() {
        portal.add(Spoken.here(next(), "Ana", false, "It is black."));
        desk.add(Spoken.brought(next(), "Ana", false, "It is black."));
        portal.add(Spoken.brought(next(), "Contoso SOC", false, "From the Teams Rooms portal: Ana\nIt is black."));

        assertThat(faults()).hasSize(1);
    }

    @Test
    void aWorkNoteMayNotLeakNotEvenAsPartOfSomethingElse() {
        desk.add(Spoken.here(next(), "beth", true, "The vendor is late again."));
        portal.add(Spoken.ofThisSideAlone(next(), "Contoso SOC", false, "Resolved. The vendor is late again."));

        assertThat(faults())
                .containsExactly("ServiceNow: the work note \"The vendor is late again.\" leaked to the portal");
    }

    @Test
    void whatIsInternalInThePortalMayNotBecomeAComment() {
        portal.add(Spoken.here(next(), "Pro Management", true, "Restarted."));
        desk.add(Spoken.brought(next(), "Pro Management", false, "Restarted."));

        assertThat(faults()).singleElement().asString().contains("is internal here and visible to the customer at");
    }

    @Test
    void anotherOrderIsNamed() {
        portal.add(Spoken.here(next(), "Ana", false, "First."));
        portal.add(Spoken.here(next(), "Ana", false, "Second."));
        desk.add(Spoken.brought(next(), "Ana", false, "Second."));
        desk.add(Spoken.brought(next(), "Ana", false, "First."));

        assertThat(faults())
                .containsExactly("the portal: what was said here stands in another order on the other side");
    }

    @Test
    void theSidesArePrintedInTwoColumns() {
        portal.add(Spoken.here(NOON, "Ana Sousa", false, "Black \ud83d\ude15"));
        desk.add(Spoken.brought(NOON, "Ana Sousa", false, "Black \ud83d\ude15"));
        desk.add(Spoken.here(NOON.plusSeconds(1), "beth.anglin", true, "Tell the vendor.")
                .with("by mail"));

        assertThat(SideBySide.render(new BothSides(portal, desk))).isEqualTo("""
                PORTAL                                           | SERVICENOW
                -------------------------------------------------+-------------------------------------------------
                12:00:00 Ana Sousa                               | 12:00:00 Ana Sousa
                Black \ud83d\ude15                                         | Black \ud83d\ude15
                -------------------------------------------------+-------------------------------------------------
                                                                 | 12:00:01 beth.anglin [internal]
                                                                 | Tell the vendor.
                                                                 | (by mail)
                """);
    }

    @Test
    void noLineIsWiderThanAHundredColumns() {
        String words = "word ".repeat(40) + "x".repeat(200) + "\ud83d\udcfa".repeat(60);
        portal.add(Spoken.here(NOON, "Ana", false, words));
        desk.add(Spoken.brought(NOON, "Ana", false, words));

        String page = SideBySide.render(new BothSides(portal, desk));

        assertThat(page.lines()).allMatch(line -> SideBySide.width(line) <= 100);
        assertThat(page.codePoints().filter(point -> point == 'x')).hasSize(400);
        assertThat(page.codePoints().filter(point -> point == 0x1f4fa)).hasSize(120);
    }

    private void aWholeConversation() {
        portal.add(Spoken.here(next(), "Ana", false, "It is black."));
        desk.add(Spoken.brought(next(), "Ana", false, "It is black."));
        portal.add(Spoken.here(next(), "Pro Management", true, "Restarted."));
        desk.add(Spoken.brought(next(), "Pro Management", true, "Restarted."));
        desk.add(Spoken.here(next(), "beth", true, "Third one of this batch."));
        desk.add(Spoken.here(next(), "beth", false, "We look at it."));
        portal.add(Spoken.brought(next(), "Contoso SOC", false, "We look at it."));
        desk.add(Spoken.ofThisSideAlone(next(), "beth", false, "[state] resolved"));
        portal.add(Spoken.ofThisSideAlone(next(), "Contoso SOC", false, "The ticket was resolved."));
    }

    private Instant next() {
        return NOON.plusSeconds(second++);
    }

    private List<String> faults() {
        return new BothSides(portal, desk).faults();
    }
}
