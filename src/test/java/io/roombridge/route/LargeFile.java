package io.roombridge.route;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A content of any size that lies nowhere: made from its seed as it is read. */
final class LargeFile extends InputStream {

    private final long size;
    private final int seed;
    private long position;

    LargeFile(long size, int seed) {
        this.size = size;
        this.seed = seed;
    }

    @Override
    public int read() {
        return position == size ? -1 : next() & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (position == size) {
            return -1;
        }
        int count = (int) Math.min(length, size - position);
        for (int i = 0; i < count; i++) {
            into[offset + i] = next();
        }
        return count;
    }

    private byte next() {
        long at = position++;
        return (byte) (at * 31 + (at >> 8) * 17 + (at >> 16) + seed);
    }

    String sha256() {
        return sha256(new LargeFile(size, seed));
    }

    static String sha256(InputStream in) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[1 << 20];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
