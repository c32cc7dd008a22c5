package io.roombridge.ops;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of an answer on its way to a client, chunk by chunk. Waits only for a client that is far behind, and so holds
 * its thread for long answers only; who takes nothing for a while is cut off by the connection's write timeout.
 */
final class AnswerStream extends OutputStream {

    private static final int CHUNK = 16_384;

    private final Channel client;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;

    AnswerStream(Channel client) {
        this.client = client;
    }

    @Override
    public void write(int one) throws IOException {
        if (filled == CHUNK) {
            flush();
        }
        chunk[filled++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == CHUNK) {
                flush();
            }
            int taken = Math.min(left, CHUNK - filled);
            System.arraycopy(bytes, from, chunk, filled, taken);
            filled += taken;
            from += taken;
            left -= taken;
        }
    }

    @Override
    public void flush() throws IOException {
        if (filled == 0) {
            return;
        }
        ChannelFuture sent = client.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(chunk, 0, filled)));
        filled = 0;
        if (!client.isWritable()) {
            sent.awaitUninterruptibly();
        }
        if (sent.isDone() && !sent.isSuccess()) {
            throw new IOException("the client of the management API is gone", sent.cause());
        }
    }

    /** Sends what is left; the answer's end is not said here. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
