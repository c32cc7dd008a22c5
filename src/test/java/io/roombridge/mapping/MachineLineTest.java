package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.Origin;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MachineLineTest {

    private static final Instant OPENED = Instant.parse("2026-06-01T08:00:00Z");

    @Test
    void theFormIsFixedForEver() {
        // Given
        TicketKey key = new TicketKey.RoomSignal("contoso", "room-12", "", "Sign-In (Teams)", "");
        // When
        String text =
                MachineLine.of(key, "7B7365-EPDOLF", Origin.SYSTEM, OPENED).text();
        // Then
        assertThat(text)
                .isEqualTo(
                        "rb1 1|contoso|room-12|compute|sign-in%20(teams)|0 7B7365-EPDOLF system 2026-06-01T08:00:00Z");
    }

    @Test
    void whateverNamesThePortalGivesTheLineIsReadBack() {
        for (String odd : List.of("a b", "100%", "a+b", "[code]", "<b>", "ü|ß", "会議室 1", "😀", "%20")) {
            MachineLine line =
                    MachineLine.of(new TicketKey.RoomSignal("t", odd, "", odd, odd), odd, Origin.CUSTOMER, OPENED);
            assertThat(MachineLine.parse(line.text())).contains(line);
            assertThat(PlainText.oneLine(line.text())).isEqualTo(line.text()).doesNotContain("[", "<");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rb2 1|a|b|c|d|0 X system 2026-06-01T08:00:00Z",
                "rb1 1|a|b|c|d|0 X system",
                "rb1 1|a|b|c|d|0 X robot 2026-06-01T08:00:00Z",
                "rb1 1|a|b|c|d|0 X system yesterday",
                "rb1 %zz X system 2026-06-01T08:00:00Z",
                "> rb1 1|a|b|c|d|0 X system 2026-06-01T08:00:00Z"
            })
    void anythingButAWholeLineIsNone(String text) {
        assertThat(MachineLine.parse(text)).isEmpty();
    }
}
