package io.roombridge.sandbox.servicenow;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Where the bytes of attachments lie: a temporary directory, made with the first file and deleted on close. */
final class DiskFiles implements AutoCloseable {

    private Path directory;
    private long count;

    /** A file that is written once, from front to back; its hash is known at the end. */
    static final class Growing implements AutoCloseable {
        private final Path path;
        private final DigestOutputStream out;

        private Growing(Path path) throws IOException {
            this.path = path;
            this.out = new DigestOutputStream(Files.newOutputStream(path), digest());
        }

        OutputStream out() {
            return out;
        }

        Content content() {
            return Content.of(
                    path, HexFormat.of().formatHex(out.getMessageDigest().digest()));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    synchronized Growing create() {
        try {
            if (directory == null) {
                directory = Files.createTempDirectory("servicenow-files");
            }
            return new Growing(directory.resolve("file-" + count++));
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded ServiceNow cannot keep a file on disk", e);
        }
    }

    Content keep(byte[] bytes) {
        try (Growing file = create()) {
            file.out().write(bytes);
            return file.content();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void discard(Content content) {
        content.file().ifPresent(DiskFiles::delete);
    }

    @Override
    public synchronized void close() {
        if (directory == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(DiskFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
