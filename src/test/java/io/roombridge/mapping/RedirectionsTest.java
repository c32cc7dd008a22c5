package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.Redirections.Area;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose work a fault is, by the service's table of inclusions and exclusions (seed 004). */
final class RedirectionsTest {

    private static final Redirections SHIPPED = Tables.shipped(Redirections.FILE, Redirections::read);

    @ParameterizedTest
    @CsvSource({
        "camera, Peripheral support, oem",
        "conference microphone, Peripheral support, oem",
        "display, Peripheral support, oem",
        "disk health, Device replacement, oem",
        "sign-in (exchange), Room account setup, microsoft",
        "network, Meeting experience, microsoft",
        "time drift, Service configuration, third-party",
        "app version, Recommended versions, customer",
        "offline, Last mile, customer"
    })
    void aSignalHasItsRowOfTheTable(String signal, String area, String party) {
        Area found =
                SHIPPED.of(Tables.traits("signal", signal, "origin", "system")).orElseThrow();

        assertThat(found.name()).isEqualTo(area);
        assertThat(found.party().key()).isEqualTo(party);
    }

    @Test
    void everySignalThatIsKnownHasARowAndNoRowIsForASignalThatIsNot() {
        Set<String> known = Tables.shipped(Signals.FILE, Signals::read).keys();
        Set<String> named = SHIPPED.areas().stream()
                .flatMap(area -> area.when().wanted().getOrDefault("signal", List.of()).stream())
                .collect(Collectors.toSet());

        assertThat(named).isSubsetOf(known);
        assertThat(known)
                .filteredOn(signal -> !named.contains(signal))
                .containsExactlyInAnyOrder("recorded issue", "outage");
    }

    @Test
    void whoeverIsAVendorIsWaitedForAsAVendor() {
        assertThat(SHIPPED.areas())
                .filteredOn(area -> !area.party().key().equals("customer"))
                .allMatch(area -> area.party().holdReason().orElseThrow().equals("4"));
    }

    @Test
    void ofASignalThatNobodyKnowsNothingIsSaid() {
        assertThat(SHIPPED.of(Tables.traits("signal", "holodeck", "origin", "system")))
                .isEmpty();
    }
}
