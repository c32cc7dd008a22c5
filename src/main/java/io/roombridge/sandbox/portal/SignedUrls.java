package io.roombridge.sandbox.portal;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Queries that let whoever has them read one file until a time, as a shared access signature does. Thread-safe. */
final class SignedUrls {

    private static final Duration LIFETIME = Duration.ofHours(4);
    private static final Pattern QUERY = Pattern.compile("se=(\\d{1,12})&sig=([0-9a-f]{64})");

    private final InstantSource clock;
    private final SecretKeySpec key;
    // Part of each signature: a new round makes all older ones worthless.
    private final AtomicInteger round = new AtomicInteger();
    private volatile Duration lifetime = LIFETIME;

    SignedUrls(InstantSource clock, String secret) {
        this.clock = clock;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    void live(Duration newLifetime) {
        lifetime = newLifetime;
    }

    void expireAll() {
        round.incrementAndGet();
    }

    /** When a query that is made now expires; whole seconds. */
    Instant expiry() {
        return Instant.ofEpochSecond(clock.instant().plus(lifetime).getEpochSecond());
    }

    String query(String id, Instant expiresAt) {
        return "se=" + expiresAt.getEpochSecond() + "&sig=" + signature(id, expiresAt.getEpochSecond());
    }

    /** Why an address may not be read; empty if it may. */
    Optional<String> refusal(String id, URI address) {
        Matcher query = QUERY.matcher(Optional.ofNullable(address.getRawQuery()).orElse(""));
        if (!query.matches()) {
            return Optional.of("the address has no signature");
        }
        long expiry = Long.parseLong(query.group(1));
        if (!query.group(2).equals(signature(id, expiry))) {
            return Optional.of("the signature is not valid (any more)");
        }
        return clock.instant().getEpochSecond() < expiry
                ? Optional.empty()
                : Optional.of("the address expired at " + Instant.ofEpochSecond(expiry));
    }

    private String signature(String id, long expiry) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            String text = id + "\n" + expiry + "\n" + round.get();
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
