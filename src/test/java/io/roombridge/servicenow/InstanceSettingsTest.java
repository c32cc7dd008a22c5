package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceSettingsTest {

    private static final Credentials BASIC = new Credentials.Basic("bridge", "secret-word");

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.service-now.com", "https://example.service-now.com/", "http://127.0.0.1:8080"})
    void anOriginIsAccepted(String url) {
        assertThat(InstanceSettings.of("example", URI.create(url), BASIC)
                        .baseUrl()
                        .toString())
                .doesNotEndWith("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.service-now.com",
                "http://127.0.0.1.example.com",
                "https://user:word@example.service-now.com",
                "https://example.service-now.com/api",
                "ftp://127.0.0.1",
                "example.service-now.com"
            })
    void anythingElseIsRefusedWithWhatWasExpected(String url) {
        assertThatThrownBy(() -> InstanceSettings.of("example", URI.create(url), BASIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void noSecretIsPrinted() {
        for (Credentials credentials : new Credentials[] {
            BASIC,
            new Credentials.ApiKey("secret-word"),
            new Credentials.ClientCredentials("app", "secret-word", ""),
            new Credentials.Password("app", "secret-word", "bridge", "secret-word", "")
        }) {
            String printed = InstanceSettings.of("example", URI.create("https://example.com"), credentials)
                    .toString();
            assertThat(printed).doesNotContain("secret-word").contains("***");
        }
        assertThat(Authorization.basic("bridge", "secret-word").toString()).isEqualTo("Authorization: ***");
    }

    @Test
    void theDefaultPortIsThePortOfTheScheme() {
        InstanceSettings settings = InstanceSettings.of("example", URI.create("https://example.com"), BASIC);

        assertThat(settings.owns(URI.create("https://EXAMPLE.com:443/api"))).isTrue();
        assertThat(settings.owns(URI.create("https://example.com:8443/api"))).isFalse();
        assertThat(settings.owns(URI.create("http://example.com/api"))).isFalse();
        assertThat(settings.owns(URI.create("https://example.com.evil.test/api")))
                .isFalse();
    }
}
