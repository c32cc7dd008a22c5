package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What came down of a file.
 *
 * @param sha256 of what was written to disk, in lower-case hex
 */
public record Received(long size, String sha256) {

    private static final int PIECE = 64 * 1024;

    /** @throws ServiceNowFailure when it breaks off, or is larger than the caller is willing to take */
    static Received into(Path path, long maxBytes, InputStream content) {
        MessageDigest digest = digest();
        byte[] piece = new byte[PIECE];
        long size = 0;
        try (content;
                OutputStream out = Files.newOutputStream(path)) {
            for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
                size += read;
                if (size > maxBytes) {
                    throw tooLarge(maxBytes);
                }
                out.write(piece, 0, read);
                digest.update(piece, 0, read);
            }
        } catch (IOException e) {
            throw brokenOff(size, e);
        }
        return new Received(size, HexFormat.of().formatHex(digest.digest()));
    }

    private static ServiceNowFailure tooLarge(long maxBytes) {
        return new ServiceNowFailure(
                Reason.FILE_REFUSED,
                Optional.empty(),
                200,
                false,
                Optional.empty(),
                "the file is larger than the " + maxBytes + " bytes that were announced or allowed",
                null);
    }

    private static ServiceNowFailure brokenOff(long size, IOException cause) {
        return new ServiceNowFailure(
                Reason.UNAVAILABLE,
                Optional.of(Scope.CHANGE),
                200,
                false,
                Optional.empty(),
                "the file broke off after " + size + " bytes",
                cause);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
