package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.Signals.Signal;
import io.roombridge.ticket.TicketKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignalsTest {

    private static final Signals SHIPPED = Tables.shipped(Signals.FILE, Signals::read);

    @ParameterizedTest
    @CsvSource({
        "Display,                     Hardware, 10",
        "Conference microphone,       Hardware, 10",
        "Conference speaker,          Hardware, 10",
        "Camera,                      Hardware, 10",
        "HDMI Ingest,                 Hardware, 15",
        "Sign-In (Exchange),          Account,  35",
        "Sign-In (Teams),             Account,  35",
        "Sign-In (Skype for Business),Account,  35",
        "Proximity Sensor,            Hardware, 60",
        "App version,                 Software, 120",
        "OS version,                  Software, 120",
        "Network,                     Network,  5",
        "Monitored,                   Network,  61",
        "Offline,                     Network,  240"
    })
    void everySignalOfTheSeedsIsKnown(String name, String category, int detectionMinutes) {
        // When
        Signal signal = SHIPPED.of(room(name));
        // Then
        assertThat(SHIPPED.keys()).contains(signal.key());
        assertThat(signal.category()).isEqualTo(category);
        assertThat(signal.detection()).isEqualTo(Duration.ofMinutes(detectionMinutes));
        assertThat(signal.holdDown()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aNewerNameIsTheSameSignal() {
        assertThat(SHIPPED.of(room("Room Camera"))).isEqualTo(SHIPPED.of(room("Camera")));
    }

    @Test
    void anUnknownSignalGetsTheDefaults() {
        assertThat(SHIPPED.of(room("Holodeck")))
                .isEqualTo(new Signal(
                        "holodeck",
                        "holodeck",
                        "Software",
                        "software",
                        Duration.ofHours(1),
                        Duration.ofMinutes(15),
                        java.util.Optional.empty()));
        assertThat(SHIPPED.holdDown("holodeck")).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aRecordedIssueNeedsNoHoldDown() {
        assertThat(SHIPPED.of(new TicketKey.RecordedIssue("t", "7B")).holdDown())
                .isZero();
    }

    @Test
    void aSignalMayHaveItsOwnHoldDown() {
        // Given
        Signals signals = Tables.read("""
                categories: { Hardware: hardware }
                defaults: { category: Hardware, hold-down-minutes: 20 }
                signals:
                  Front of Room: { name: Bildschirm, hold-down-minutes: 30 }
                  Camera: { name: Kamera }
                """, Signals::read);
        // Then
        assertThat(signals.holdDown("display")).isEqualTo(Duration.ofMinutes(30));
        assertThat(signals.holdDown("camera")).isEqualTo(Duration.ofMinutes(20));
    }

    private static TicketKey room(String signal) {
        return new TicketKey.RoomSignal("contoso", "room-1", "", signal, "");
    }
}
