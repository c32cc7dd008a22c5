package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEndpointTest {

    private final ContentEndpoint endpoint =
            new ContentEndpoint(URI.create("https://relay.example.com/in?sig=secret"), Optional.of("token"));

    @ParameterizedTest
    @ValueSource(strings = {"../a", "contoso/../../a", "./a", "contoso/.."})
    void noPathLeavesItsFolder(String path) {
        assertThatThrownBy(() -> endpoint.location(path)).hasMessageContaining("leaves the folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e", "a?b#c", "a b\r\nHost: x", "...", "^ä"})
    void aSegmentStaysASegment(String name) {
        URI location = endpoint.location("contoso/" + name);

        assertThat(location.normalize()).isEqualTo(location);
        assertThat(location.getRawPath()).startsWith("/in/contoso/").doesNotContain("\r");
        assertThat(location.getRawQuery()).isNull();
        assertThat(location.getPath()).isEqualTo("/in/contoso/" + name);
    }

    @Test
    void itsSecretsAreToldToNobody() {
        assertThat(endpoint.toString() + endpoint.location("a")).doesNotContain("secret", "token");
    }
}
