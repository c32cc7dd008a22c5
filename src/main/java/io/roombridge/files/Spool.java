package io.roombridge.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Where contents lie on disk between the two sides: one file for each job that is carried now. Bounded, so that files
 * never fill the disk the store lives on; one that is larger than the bound goes alone. What a crash left behind is deleted on start: every job is carried again from
 * its beginning.
 */
public final class Spool {

    private final Path directory;
    private final long maxBytes;
    private final AtomicLong count = new AtomicLong();

    /** Guarded by this. */
    private long taken;

    private Spool(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * @param directory its own; whatever lies in it is deleted
     * @throws UncheckedIOException when it cannot be made or emptied
     */
    public static Spool open(Path directory, long maxBytes) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> left = Files.list(directory)) {
                for (Path file : left.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spool for files " + directory + " cannot be prepared", e);
        }
        return new Spool(directory, maxBytes);
    }

    /** Room for one content of at most this size; empty while others take it. */
    public synchronized Optional<Place> reserve(long bytes) {
        if (taken > 0 && taken + bytes > maxBytes) {
            return Optional.empty();
        }
        taken += bytes;
        return Optional.of(new Place(directory.resolve("content-" + count.incrementAndGet()), bytes));
    }

    private synchronized void release(long bytes) {
        taken -= bytes;
    }

    /** A file of the spool, deleted when it is closed. */
    public final class Place implements AutoCloseable {
        private final Path file;
        private final long bytes;

        private Place(Path file, long bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        public Path file() {
            return file;
        }

        @Override
        public void close() {
            release(bytes);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("a spooled file cannot be deleted: " + file, e);
            }
        }
    }
}
