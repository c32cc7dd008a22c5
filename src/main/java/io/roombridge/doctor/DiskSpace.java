package io.roombridge.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the data directory can be written and has room. */
final class DiskSpace implements Probe {

    private static final long MEGABYTE = 1024 * 1024;

    /** Below it the store may not even clear itself up. */
    private static final long TOO_LITTLE = 256 * MEGABYTE;

    private static final long LITTLE = 2048 * MEGABYTE;

    private final Path directory;

    DiskSpace(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Finding> look() {
        Path there = directory.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return List.of(verdict(
                    there, Files.isWritable(there), Files.getFileStore(there).getUsableSpace()));
        } catch (IOException e) {
            throw new UncheckedIOException(there + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    static Finding verdict(Path directory, boolean writable, long usable) {
        if (!writable) {
            return Finding.red(
                    directory + " cannot be written by this account",
                    "the bridge's account writes its data directory",
                    "give it to that account (chown), or name another in roombridge.data-dir");
        }
        String seen = usable / MEGABYTE + " MB free at " + directory;
        String remedy = "make room, or put roombridge.data-dir on a larger disk";
        if (usable < TOO_LITTLE) {
            return Finding.red(seen, "at least 2048 MB", remedy);
        }
        return usable < LITTLE ? Finding.amber(seen, "at least 2048 MB", remedy) : Finding.green(seen);
    }
}
