package io.roombridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.ticket.TicketKey.RecordedIssue;
import io.roombridge.ticket.TicketKey.RoomSignal;
import org.junit.jupiter.api.Test;

class TicketIdTest {

    @Test
    void theKeyIsNormalisedSoThatOneSignalHasOneTicketHoweverItIsWritten() {
        TicketKey composed = new RoomSignal("Contoso", " Caf\u00e9 ", "", "Display", "");
        TicketKey decomposed = new RoomSignal("contoso", "cafe\u0301", "COMPUTE", "display", "0");

        assertThat(composed.canonical()).isEqualTo("1|contoso|caf\u00e9|compute|display|0");
        assertThat(composed.id()).isEqualTo(decomposed.id());
    }

    @Test
    void partsCannotRunIntoEachOther() {
        TicketKey key = new RoomSignal("t", "a|b%", "compute", "camera", "0");

        assertThat(key.canonical()).isEqualTo("1|t|a%7cb%25|compute|camera|0");
    }

    @Test
    void aRecordedIssueIsKnownByItsPortalTicket() {
        assertThat(new RecordedIssue("contoso", "7B7365-EPDOLF").canonical())
                .isEqualTo("1|contoso|recorded|7b7365-epdolf");
    }

    @Test
    void theIdIsTheHashOfTheKey() {
        assertThat(new RoomSignal("contoso", "room-12", "", "Display", "display-1")
                        .id()
                        .value())
                .isEqualTo("rb-84e5400178617b3df545ad8f6d4a6959ff4202b3")
                .hasSize(43);
    }

    @Test
    void aRenamedSignalKeepsItsTicket() {
        assertThat(new RoomSignal("t", "r", "", "Meeting app version", "").id())
                .isEqualTo(new RoomSignal("t", "r", "", "App version", "").id());
    }

    @Test
    void aBlankPartIsRefused() {
        assertThatThrownBy(() -> new RoomSignal("t", "  ", "", "camera", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the room of a ticket key is blank");
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThatThrownBy(() -> new TicketId("rb-XYZ")).hasMessageContaining("expected rb- and 40 hex digits");
    }
}
