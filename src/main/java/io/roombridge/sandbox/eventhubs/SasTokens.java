package io.roombridge.sandbox.eventhubs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks shared access signatures against the one key of the namespace:
 * {@code SharedAccessSignature sr=..&sig=..&se=..&skn=..} with
 * {@code sig = base64(HMAC-SHA256(key, sr as sent + "\n" + se))} (facts/eventhubs.md §3.4).
 */
final class SasTokens {

    private static final String SCHEME = "SharedAccessSignature ";

    private final String keyName;
    private final byte[] key;
    private final InstantSource wallClock;

    SasTokens(String keyName, String key, InstantSource wallClock) {
        this.keyName = keyName;
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.wallClock = wallClock;
    }

    /** What a token opens, and until when. */
    record Grant(EntityPath path, Instant expiry) {}

    /** The grant of a token that was made with the key, names the resource asked for and has not expired. */
    Grant check(String token, EntityPath audience) throws Refusal {
        Map<String, String> fields = fields(token);
        Grant grant = new Grant(EntityPath.of(decoded(fields, "sr")), expiry(field(fields, "se")));
        if (!decoded(fields, "skn").equals(keyName)) {
            throw Refusal.unauthorized("The token names a key that the namespace does not have.");
        }
        byte[] expected = signature(field(fields, "sr") + "\n" + field(fields, "se"));
        if (!MessageDigest.isEqual(expected, decoded(fields, "sig").getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.unauthorized("The token's signature is not one of the namespace's key.");
        }
        if (!grant.path().covers(audience)) {
            throw Refusal.unauthorized("The token is for '" + grant.path() + "', not for '" + audience + "'.");
        }
        if (expired(grant)) {
            throw Refusal.unauthorized("The token expired at " + grant.expiry() + ".");
        }
        return grant;
    }

    boolean expired(Grant grant) {
        return !wallClock.instant().isBefore(grant.expiry());
    }

    private static Map<String, String> fields(String token) throws Refusal {
        if (!token.startsWith(SCHEME)) {
            throw Refusal.unauthorized("The token does not start with '" + SCHEME.trim() + "'.");
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : token.substring(SCHEME.length()).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) throws Refusal {
        String value = fields.get(name);
        if (value == null) {
            throw Refusal.unauthorized("The token has no field '" + name + "'.");
        }
        return value;
    }

    private static String decoded(Map<String, String> fields, String name) throws Refusal {
        try {
            return URLDecoder.decode(field(fields, name), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.unauthorized("The token's field '" + name + "' is not url-encoded.");
        }
    }

    private static Instant expiry(String seconds) throws Refusal {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException e) {
            throw Refusal.unauthorized("The token's expiry is not a number of seconds: '" + seconds + "'.");
        }
    }

    private byte[] signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
