package io.roombridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PortalAuthorTest {

    @Test
    void customersSeeTheServiceUnlessNamesAreWanted() {
        assertThat(new PortalAuthor("COMPANY SOC", false).of(Optional.of("Alva Berg")))
                .isEqualTo("COMPANY SOC");
        assertThat(new PortalAuthor("COMPANY SOC", true).of(Optional.of("Alva Berg")))
                .isEqualTo("Alva Berg");
        assertThat(new PortalAuthor("COMPANY SOC", true).of(Optional.empty())).isEqualTo("COMPANY SOC");
    }

    @Test
    void nobodySeesAnAddress() {
        PortalAuthor author = new PortalAuthor("COMPANY SOC", true);
        assertThat(author.of(Optional.of("alva.berg@contoso.example"))).isEqualTo("COMPANY SOC");
        assertThat(author.of(Optional.of("Alva Berg <alva.berg@contoso.example>")))
                .isEqualTo("Alva Berg");
    }
}
