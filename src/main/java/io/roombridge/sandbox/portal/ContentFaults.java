package io.roombridge.sandbox.portal;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What can go wrong with files, switched on for all transfers until {@link #clear()}. Thread-safe. */
public final class ContentFaults {

    private volatile Optional<URI> redirect = Optional.empty();
    private volatile OptionalLong cutAfter = OptionalLong.empty();
    private volatile OptionalLong bytesPerSecond = OptionalLong.empty();
    private volatile OptionalInt putStatus = OptionalInt.empty();
    private volatile boolean wrongBytes;
    private volatile CountDownLatch hurry = new CountDownLatch(1);

    /** Every download is answered with a redirect to this address. */
    public void redirectTo(URI elsewhere) {
        redirect = Optional.of(elsewhere);
    }

    /** Every download breaks off after so many bytes, although its {@code Content-Length} promises all. */
    public void cutAfter(long bytes) {
        cutAfter = OptionalLong.of(bytes);
    }

    /** Every download gets no faster than this, in real time. {@link #clear()} lets those under way run free. */
    public void slow(long newBytesPerSecond) {
        bytesPerSecond = OptionalLong.of(newBytesPerSecond);
    }

    /** Every download has its first byte changed, and no other sign of it. */
    public void wrongBytes() {
        wrongBytes = true;
    }

    /** Every upload is refused with this status. */
    public void refuseUploads(int status) {
        putStatus = OptionalInt.of(status);
    }

    public void clear() {
        redirect = Optional.empty();
        cutAfter = OptionalLong.empty();
        bytesPerSecond = OptionalLong.empty();
        putStatus = OptionalInt.empty();
        wrongBytes = false;
        hurry.countDown();
        hurry = new CountDownLatch(1);
    }

    Optional<URI> redirect() {
        return redirect;
    }

    OptionalInt putStatus() {
        return putStatus;
    }

    /** How many of a file's bytes are sent. */
    long sent(long size) {
        return Math.min(size, cutAfter.orElse(size));
    }

    /** How many bytes are sent at once. */
    int chunk(int usual) {
        return (int) Math.max(1, Math.min(usual, bytesPerSecond.orElse(usual)));
    }

    /** Changes the bytes and takes the time that the switches demand. */
    void spoil(byte[] chunk, int length, boolean first) throws InterruptedException {
        if (wrongBytes && first && length > 0) {
            chunk[0] ^= 1;
        }
        OptionalLong speed = bytesPerSecond;
        if (speed.isPresent()) {
            long nanos = length * TimeUnit.SECONDS.toNanos(1) / speed.getAsLong();
            if (hurry.await(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }
}
