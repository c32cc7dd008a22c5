package io.roombridge.ops;

import io.roombridge.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A secret that a port asks for. That of the management API: 256 bits in {@code DATA-DIR/management.token}, readable by the
 * bridge's own user only. Whoever may read the data directory may manage the bridge. Drawn anew at every start, so that one
 * that leaked is worth nothing after it.
 */
public final class AccessToken {

    private static final String FILE = "management.token";
    private static final String SCHEME = "Bearer ";
    private static final int BYTES = 32;

    private final byte[] secret;

    private AccessToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    public static AccessToken of(Secret secret) {
        return new AccessToken(secret.reveal());
    }

    static AccessToken createIn(Path dataDirectory, RandomGenerator random) throws IOException {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        String secret = HexFormat.of().formatHex(drawn);
        PrivateFile.write(dataDirectory.resolve(FILE), secret + "\n");
        return new AccessToken(secret);
    }

    static String readIn(Path dataDirectory) throws IOException {
        return PrivateFile.read(dataDirectory.resolve(FILE)).strip();
    }

    /**
     * Takes as long for a token that is nearly right as for one that is wrong from the start.
     *
     * @param authorization the header of the request
     */
    public boolean admits(Optional<String> authorization) {
        return authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .filter(header -> is(header.substring(SCHEME.length()).strip()))
                .isPresent();
    }

    /** The same, for the secret alone. */
    public boolean is(String given) {
        return MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }

    static String header(String secret) {
        return SCHEME + secret;
    }
}
