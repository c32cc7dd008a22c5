package io.roombridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.IncidentState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByTextTest {

    private final List<NativeIncident> incidents = new ArrayList<>();

    private static ExportedTicket ticket(String id, String room, String signal) {
        return new ExportedTicket(id, true, Optional.empty(), Optional.of(room), Optional.of(signal));
    }

    private void incident(String number, String text) {
        incidents.add(new NativeIncident("sys-" + number, number, Optional.of(IncidentState.NEW), true, "", "", text));
    }

    private ByText.Found found(ExportedTicket first, ExportedTicket... others) {
        List<ExportedTicket> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(others));
        return new ByText(incidents, all).of(first);
    }

    @ParameterizedTest
    @CsvSource({
        "room 4: camera, true",
        "the camera of room 4., true",
        "room 41: camera, false",
        "room 4.12: camera, false",
        "room 4-b, false",
        "bathroom 4, false",
        "x.room 4, false",
        "room 41 and room 4, true"
    })
    void aNameCountsOnlyAsAWhole(String text, boolean whole) {
        assertThat(ByText.whole(text, "room 4")).isEqualTo(whole);
    }

    @Test
    void theTicketsIdAloneIsEnough() {
        incident("INC1", "Portal ticket 7B7365-EPDOLF was opened");

        assertThat(found(ticket("7b7365-epdolf", "Room 4", "Camera")).alone()).isTrue();
    }

    @Test
    void roomAndSignalTogetherAreEnoughAndOneOfThemIsNot() {
        incident("INC1", "Room 4: Camera is unhealthy");
        incident("INC2", "Room 5 is loud");

        assertThat(found(ticket("T-1", "Room 4", "Camera")).alone()).isTrue();
        ByText.Found partly = found(ticket("T-2", "Room 5", "Camera"));
        assertThat(partly.alone()).isFalse();
        assertThat(partly.incidents()).extracting(NativeIncident::number).containsExactly("INC2");
    }

    @Test
    void whatNamesTwoTicketsIsNeithers() {
        incident("INC1", "Room 4: Camera and Display are unhealthy");

        ByText.Found found = found(ticket("T-1", "Room 4", "Camera"), ticket("T-2", "Room 4", "Display"));
        assertThat(found.alone()).isFalse();
        assertThat(found.incidents()).hasSize(1);
    }

    @Test
    void twoThatNameTheTicketAreBothDoubtful() {
        incident("INC1", "Room 4: Camera");
        incident("INC2", "Room 4: Camera again");

        assertThat(found(ticket("T-1", "Room 4", "Camera")).incidents()).hasSize(2);
    }

    @Test
    void whatAnotherTicketNamesByItsNumberIsNoCandidate() {
        incident("INC1", "Room 4: Camera");
        ExportedTicket owner = new ExportedTicket("T-9", true, Optional.of("INC1"), Optional.empty(), Optional.empty());

        assertThat(found(ticket("T-1", "Room 4", "Camera"), owner).incidents()).isEmpty();
    }

    @Test
    void whatTheBridgeHasLinkedIsNoCandidate() {
        incidents.add(new NativeIncident(
                "sys-1", "INC1", Optional.of(IncidentState.NEW), true, "rb-" + "0".repeat(40), "", "Room 4: Camera"));

        assertThat(found(ticket("T-1", "Room 4", "Camera")).incidents()).isEmpty();
    }
}
