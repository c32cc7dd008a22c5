package io.roombridge.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The secret that the management API asks for: 256 bits in {@code DATA-DIR/management.token}, readable by the bridge's own
 * user only. Whoever may read the data directory may manage the bridge. Drawn anew at every start, so that one that leaked
 * is worth nothing after it.
 */
final class AccessToken {

    private static final String FILE = "management.token";
    private static final String SCHEME = "Bearer ";
    private static final int BYTES = 32;

    private final byte[] secret;

    private AccessToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
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
    boolean admits(Optional<String> authorization) {
        return authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8))
                .filter(given -> MessageDigest.isEqual(secret, given))
                .isPresent();
    }

    static String header(String secret) {
        return SCHEME + secret;
    }
}
