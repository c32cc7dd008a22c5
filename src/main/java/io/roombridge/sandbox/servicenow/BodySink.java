package io.roombridge.sandbox.servicenow;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the body of one request as it comes in: files to disk, everything else into memory up to a bound far above what
 * the APIs accept.
 */
final class BodySink {

    private static final long MOST_IN_MEMORY = 32L << 20;

    private final OutputStream out;
    private final DiskFiles.Growing file;
    private final ByteArrayOutputStream memory;
    private long size;

    private BodySink(DiskFiles.Growing file, ByteArrayOutputStream memory) {
        this.file = file;
        this.memory = memory;
        this.out = file == null ? memory : file.out();
    }

    static BodySink inMemory() {
        return new BodySink(null, new ByteArrayOutputStream());
    }

    static BodySink onDisk(DiskFiles files) {
        return new BodySink(files.create(), null);
    }

    void add(ByteBuf bytes) throws IOException {
        size += bytes.readableBytes();
        if (!tooLarge()) {
            bytes.readBytes(out, bytes.readableBytes());
        }
    }

    boolean tooLarge() {
        return file == null && size > MOST_IN_MEMORY;
    }

    Content content() throws IOException {
        if (file == null) {
            return Content.of(memory.toByteArray());
        }
        file.close();
        return file.content();
    }

    /** The client went away in the middle of it. */
    void discard() throws IOException {
        if (file != null) {
            file.close();
            DiskFiles.discard(file.content());
        }
    }
}
