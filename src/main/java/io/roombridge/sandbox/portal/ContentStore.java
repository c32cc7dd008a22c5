package io.roombridge.sandbox.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of files on disk: of attachments by their id, of uploads by the path they were put to. Written through a buffer
 * of 64 KiB and hashed on the way, never held in memory. Names on disk are numbers, so no name from outside can be a path.
 * Thread-safe.
 */
final class ContentStore {

    private static final long LARGEST = 1L << 30;
    private static final int BUFFER = 64 * 1024;

    private final Path directory;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private volatile long largest = LARGEST;

    ContentStore(Path directory) {
        this.directory = directory;
    }

    /**
     * What lies on disk.
     *
     * @param size bytes
     * @param sha256 in lower-case hex
     */
    record Content(Path path, long size, String sha256) {}

    /** A body with more bytes than may be kept. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;

        private TooLarge(long largest) {
            super("a file may have at most " + largest + " bytes here");
        }
    }

    /** Files may have at most so many bytes from now on; 1 GiB unless told. */
    void largest(long bytes) {
        largest = bytes;
    }

    /**
     * Keeps a file; one that was kept under the same id before stays on disk for whoever holds its path.
     *
     * @throws TooLarge after deleting what was written
     */
    Content keep(String id, InputStream bytes) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("%08d".formatted(number.incrementAndGet()));
        try {
            Content content = copy(bytes, file);
            contents.put(id, content);
            return content;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Content copy(InputStream bytes, Path file) throws IOException {
        MessageDigest digest = sha256();
        long limit = largest;
        long size = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw new TooLarge(limit);
                }
                out.write(buffer, 0, read);
            }
        }
        return new Content(file, size, HexFormat.of().formatHex(digest.digest()));
    }

    /** The same bytes under another id as well. */
    void alias(String id, Content content) {
        contents.put(id, content);
    }

    Optional<Content> find(String id) {
        return Optional.ofNullable(contents.get(id));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
