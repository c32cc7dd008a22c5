package io.roombridge.sandbox.servicenow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The bytes of a request, an answer or a file. Only those of files may be many; they lie on disk. */
final class Content {

    static final Content EMPTY = new Content(new byte[0], Optional.empty(), "");

    private final byte[] inMemory;
    private final Optional<Path> file;
    private final String sha256;

    private Content(byte[] inMemory, Optional<Path> file, String sha256) {
        this.inMemory = inMemory;
        this.file = file;
        this.sha256 = sha256;
    }

    static Content of(byte[] bytes) {
        return new Content(bytes, Optional.empty(), "");
    }

    /** @param sha256 of the file's bytes, in hex; whoever wrote the file has seen them all */
    static Content of(Path file, String sha256) {
        return new Content(new byte[0], Optional.of(file), sha256);
    }

    Optional<Path> file() {
        return file;
    }

    long size() {
        try {
            return file.isPresent() ? Files.size(file.get()) : inMemory.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it, in memory. */
    byte[] bytes() {
        try {
            return file.isPresent() ? Files.readAllBytes(file.get()) : inMemory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream open() throws IOException {
        return file.isPresent() ? Files.newInputStream(file.get()) : new ByteArrayInputStream(inMemory);
    }

    String sha256() {
        return file.isPresent() ? sha256 : Attachments.sha256(inMemory);
    }

    /** What a client sees whose answer breaks off in the middle. */
    Content firstHalf() {
        byte[] all = bytes();
        return of(Arrays.copyOf(all, all.length / 2));
    }
}
