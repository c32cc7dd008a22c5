package io.roombridge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The data directory, held by one bridge at a time whatever its store is: spooled files and a store file would be torn
 * between two. The operating system lets go of the lock when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "roombridge.lock";

    private final FileChannel file;

    private DataDirectory(FileChannel file) {
        this.file = file;
    }

    /** @throws CannotStart when another bridge holds it, or it cannot be written */
    static DataDirectory hold(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel file =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(file)) {
                file.close();
                throw new CannotStart(
                        "another bridge runs on the data directory " + path
                                + ": stop it first, or give this one a directory of its own (roombridge.data-dir)",
                        null);
            }
            return new DataDirectory(file);
        } catch (IOException e) {
            throw new CannotStart(
                    "the data directory " + path + " cannot be used: " + e
                            + "; let the user that runs the bridge write there, or set roombridge.data-dir",
                    e);
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
