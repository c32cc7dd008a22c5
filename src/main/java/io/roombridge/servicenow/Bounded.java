package io.roombridge.servicenow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer that breaks off when it is longer than anything that was asked for. */
final class Bounded extends FilterInputStream {

    private final long most;
    private long left;

    /** @param most in bytes */
    Bounded(InputStream answer, long most) {
        super(answer);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        return one < 0 ? one : counted(1, one);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        return count < 0 ? count : counted(count, count);
    }

    private int counted(int bytes, int result) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("the answer is longer than " + most + " bytes");
        }
        return result;
    }
}
