package io.roombridge.ops;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner may read. */
public final class PrivateFile {

    private PrivateFile() {}

    /** Replaces the file as a whole; it is never there half written, nor for a moment readable by others. */
    static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly());
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Creates it empty.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there already
     */
    public static OutputStream create(Path file) throws IOException {
        Files.createFile(file, ownerOnly());
        return Files.newOutputStream(file);
    }

    /** Windows has no such permissions; there the rights of the data directory count. */
    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
