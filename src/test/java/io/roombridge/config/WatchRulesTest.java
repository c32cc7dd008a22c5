package io.roombridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.config.BadConfiguration.Fault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the bridge needs to speak of itself is told at the start, all at once. */
class WatchRulesTest {

    private final Map<String, String> given = new HashMap<>(Map.of(
            "roombridge.mode", "live",
            "roombridge.hub.connection-string", "Endpoint=sb://x/",
            "roombridge.instances.main.url", "https://example.service-now.com",
            "roombridge.instances.main.auth", "basic",
            "roombridge.instances.main.user", "roombridge",
            "roombridge.instances.main.password", "s3cret",
            "roombridge.mail.host", "smtp.example.org",
            "roombridge.mail.from", "bridge@example.org",
            "roombridge.mail.to", "a@example.org,b@example.org"));

    @Test
    void aMailServerNeedsNoMoreThanItsNameAndAddresses() {
        assertThat(read().mail().to().orElseThrow()).containsExactly("a@example.org", "b@example.org");
    }

    @Test
    void nothingIsSmuggledIntoAnAddress() {
        given.put("roombridge.mail.from", "a@example.org\r\nBcc: b@example.org");
        given.put("roombridge.mail.host", "smtp.example.org?password=x");

        assertThat(faults()).extracting(Fault::key).contains("roombridge.mail.from", "roombridge.mail.host");
    }

    @Test
    void aPasswordLeavesTheMachineEncryptedOnly() {
        given.put("roombridge.mail.tls", "none");

        assertThat(faults()).extracting(Fault::key).containsExactly("roombridge.mail.tls");
    }

    @Test
    void whatIsMissingIsNamed() {
        given.remove("roombridge.mail.from");
        given.remove("roombridge.mail.to");
        given.put("roombridge.mail.user", "bridge");
        given.put("roombridge.watch.instance", "other");
        given.put("roombridge.traces.endpoint", "http://collector.example.org/v1/traces");
        given.put("roombridge.traces.sample", "2");

        assertThat(faults())
                .extracting(Fault::key)
                .containsExactlyInAnyOrder(
                        "roombridge.mail.from",
                        "roombridge.mail.to",
                        "roombridge.mail.password",
                        "roombridge.watch.instance",
                        "roombridge.traces.endpoint",
                        "roombridge.traces.sample");
    }

    private Settings read() {
        return SettingsFile.read(Path.of("no-file"), Map.of(), given);
    }

    private List<Fault> faults() {
        return catchThrowableOfType(BadConfiguration.class, this::read).faults();
    }
}
