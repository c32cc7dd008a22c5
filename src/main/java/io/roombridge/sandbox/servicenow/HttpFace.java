package io.roombridge.sandbox.servicenow;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The listeners on loopback and the threads behind them.
 *
 * <p>Netty and not the JDK's server: that one refuses an unescaped {@code ^} in a query, which browsers and curl send;
 * it says its own time in {@code Date}; and it cannot end a connection with a reset.
 */
final class HttpFace implements AutoCloseable {

    private static final int WORKERS = 16;
    private static final int QUEUE = 256;
    private static final int MAX_LINE = 65_536;

    private final EventLoopGroup loops = new NioEventLoopGroup(2, new DefaultThreadFactory("servicenow-io", true));

    /** Bounded: beyond the queue an instance rejects requests too (its semaphore set). */
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            new DefaultThreadFactory("servicenow-worker", true));

    private final Instance instance;
    private final DiskFiles files;

    HttpFace(Instance instance, DiskFiles files) {
        this.instance = instance;
        this.files = files;
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * @param port 0 for any free one, {@link Setup#OFF} for none
     * @return the port it listens on
     */
    int listen(int port, Optional<SslContext> tls) {
        if (port == Setup.OFF) {
            return Setup.OFF;
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(new HttpServerCodec(MAX_LINE, MAX_LINE, 8192))
                                .addLast(new HttpContentCompressor())
                                .addLast(new ChunkedWriteHandler())
                                .addLast(new HttpConversation(instance, files, workers, tls.isPresent()));
                    }
                });
        ChannelFuture bound =
                bootstrap.bind(InetAddress.getLoopbackAddress(), port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IllegalStateException(
                    "the embedded ServiceNow cannot listen on 127.0.0.1:%d; choose another port, or 0 for any free one"
                            .formatted(port),
                    bound.cause());
        }
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
