package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who may do what: tokens are checked at $cbs, and again when a link is attached. */
class AccessTest {

    private static final String KEY = "SANDBOX_KEY";
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final EntityPath HUB = EntityPath.of("hub");

    private final SasTokens tokens = new SasTokens("root", KEY, InstantSource.fixed(NOW));

    @Test
    void aClientWithAnotherKeyIsRefusedAtOnce() {
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs("hub"));
                EventHubProducerClient producer = AzureClients.client(
                                hubs.connectionString("hub").replace(KEY, "guessed"))
                        .buildProducerClient()) {
            assertUnauthorized(() -> producer.send(AzureClients.events("x")));
            assertUnauthorized(producer::getEventHubProperties);
            assertThat(hubs.total("hub")).isZero();
        }
    }

    @Test
    void aClientWhoseTokenHasExpiredIsRefused() {
        Setup anHourAhead =
                Setup.ofHubs("hub").withWallClock(InstantSource.offset(InstantSource.system(), Duration.ofHours(1)));
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(anHourAhead);
                EventHubProducerClient producer = AzureClients.producer(hubs, "hub")) {
            assertUnauthorized(() -> producer.send(AzureClients.events("x")));
        }
    }

    @Test
    void aTokenOpensItsPathAndWhatLiesBelow() throws Refusal {
        for (String path : new String[] {"hub", "HUB/Partitions/0", "sb://localhost:5672/hub/ConsumerGroups/g"}) {
            assertThat(tokens.check(token("amqp://localhost/hub", "root", KEY, NOW.plusSeconds(1)), EntityPath.of(path))
                            .path())
                    .isEqualTo(HUB);
        }
    }

    @Test
    void aTokenForAnotherPathIsRefused() {
        for (String sr : new String[] {"amqp://localhost/other", "amqp://localhost/hub/Partitions/0", "sb://x/hubs"}) {
            assertRefused(token(sr, "root", KEY, NOW.plusSeconds(1)), "not for 'hub'");
        }
    }

    @Test
    void aTokenOfTheWrongKeyNameOrTimeIsRefused() {
        assertRefused(token("sb://x/hub", "root", "other", NOW.plusSeconds(1)), "signature");
        assertRefused(token("sb://x/hub", "nobody", KEY, NOW.plusSeconds(1)), "names a key");
        assertRefused(token("sb://x/hub", "root", KEY, NOW), "expired");
        assertRefused("SharedAccessSignature sr=hub&se=1&skn=root", "no field 'sig'");
        assertRefused("Bearer abc", "does not start");
    }

    @Test
    void aLinkNeedsATokenThatWasPutForItsPathAndHasNotExpiredSince() throws Refusal {
        // Given
        Instant[] now = {NOW};
        Cbs cbs = new Cbs(new SasTokens("root", KEY, () -> now[0]));
        assertThatThrownBy(() -> cbs.requireToken(HUB)).isInstanceOf(Refusal.class);

        // When
        cbs.answer(new RequestLink.Request(
                Map.of("operation", "put-token", "type", "servicebus.windows.net:sastoken", "name", "sb://x/hub"),
                Optional.of(token("sb://x/hub", "root", KEY, NOW.plusSeconds(10)))));

        // Then
        cbs.requireToken(EntityPath.of("hub/Partitions/3"));
        assertThatThrownBy(() -> cbs.requireToken(EntityPath.of("other"))).isInstanceOf(Refusal.class);
        now[0] = NOW.plusSeconds(10);
        assertThatThrownBy(() -> cbs.requireToken(HUB)).isInstanceOf(Refusal.class);
    }

    private void assertRefused(String token, String why) {
        assertThatThrownBy(() -> tokens.check(token, HUB))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }

    private static void assertUnauthorized(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AmqpException.class,
                        e -> assertThat(e.getErrorCondition()).isEqualTo(AmqpErrorCondition.UNAUTHORIZED_ACCESS));
    }

    static String token(String resource, String keyName, String key, Instant expiry) {
        String sr = URLEncoder.encode(resource, StandardCharsets.UTF_8);
        long se = expiry.getEpochSecond();
        return "SharedAccessSignature sr=" + sr + "&sig="
                + URLEncoder.encode(hmac(key, sr + "\n" + se), StandardCharsets.UTF_8) + "&se=" + se + "&skn="
                + keyName;
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
