package io.roombridge.ops;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A port that speaks HTTP (docs/rationale.md, "The management API"). One thread reads all connections, so a client that is
 * slow or silent takes no thread from the others; a connection carries one request. Encryption is somebody else's.
 */
public final class HttpListener implements AutoCloseable {

    private static final int LONGEST_HEAD = 16_384;
    private static final int CHUNK = 8192;

    /** How long a client may take nothing of an answer, in seconds. */
    private static final int WRITE_TIMEOUT = 15;

    /** What of an answer may wait for its client, in bytes, before the answering thread waits too. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(256 << 10, 1 << 20);

    private final EventLoopGroup loop;
    private final Answering answering;
    private final InetSocketAddress address;

    private HttpListener(EventLoopGroup loop, Answering answering, InetSocketAddress address) {
        this.loop = loop;
        this.answering = answering;
        this.address = address;
    }

    /**
     * @param name for threads and the log
     * @throws IOException when the address cannot be listened on
     */
    public static HttpListener start(String name, InetSocketAddress address, Reception reception) throws IOException {
        EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory(name + "-io", true));
        Answering answering = new Answering(name);
        try {
            Channel listening = listen(loop, address, reception, answering);
            return new HttpListener(loop, answering, (InetSocketAddress) listening.localAddress());
        } catch (IOException | RuntimeException e) {
            stop(loop, answering);
            throw e;
        }
    }

    private static Channel listen(
            EventLoopGroup loop, InetSocketAddress address, Reception reception, Answering answering)
            throws IOException {
        Waiting waiting = new Waiting();
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline()
                                .addLast(new HttpServerCodec(LONGEST_HEAD, LONGEST_HEAD, CHUNK))
                                .addLast(new WriteTimeoutHandler(WRITE_TIMEOUT))
                                .addLast(new Conversation(reception, answering, waiting));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        stop(loop, answering);
    }

    private static void stop(EventLoopGroup loop, Answering answering) {
        answering.close();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
