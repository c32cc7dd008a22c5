package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an instance was asked is not asked again at once, and not remembered without end. */
class LookupsTest {

    private final JumpingClock machine = new JumpingClock(Instant.parse("2026-06-01T07:00:00Z"));
    private final Lookups<String, Optional<String>> lookups = new Lookups<>(machine);
    private final List<String> looked = new ArrayList<>();

    @Test
    void whatWasLookedUpIsKnownForAQuarterOfAnHour() {
        assertThat(find("beth.anglin")).contains("called beth.anglin");
        assertThat(find("beth.anglin")).contains("called beth.anglin");
        assertThat(looked).hasSize(1);

        machine.advance(Lookups.REMEMBERED);
        find("beth.anglin");
        assertThat(looked).hasSize(2);
    }

    @Test
    void thatThereIsNothingIsKnownToo() {
        assertThat(find("nobody")).isEmpty();
        assertThat(find("nobody")).isEmpty();
        assertThat(looked).hasSize(1);
    }

    @Test
    void namesThatOthersChooseDoNotFillTheMemory() {
        for (int i = 0; i <= Lookups.MOST; i++) {
            find("visitor-" + i);
        }
        looked.clear();

        find("visitor-" + Lookups.MOST);
        assertThat(looked).as("the latest is still known").isEmpty();
        find("visitor-0");
        assertThat(looked).as("the oldest made room").containsExactly("visitor-0");
    }

    @Test
    void aLookThatFailsLeavesNothingBehind() {
        assertThatThrownBy(() -> lookups.get("beth.anglin", () -> {
                    throw new IllegalStateException("the instance does not answer");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(find("beth.anglin")).contains("called beth.anglin");
    }

    private Optional<String> find(String name) {
        return lookups.get(name, () -> {
            looked.add(name);
            return Optional.of("called " + name).filter(called -> !name.equals("nobody"));
        });
    }
}
