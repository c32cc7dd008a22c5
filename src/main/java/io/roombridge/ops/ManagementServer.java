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
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the management API over HTTP (docs/rationale.md, "The management API"). One thread reads all connections, so a
 * client that is slow or silent takes no thread from the others; a connection carries one request.
 */
public final class ManagementServer implements AutoCloseable {

    /** Requests are a few fields; what is longer is not read. */
    static final int LONGEST_BODY = 65_536;

    private static final int LONGEST_HEAD = 16_384;
    private static final int CHUNK = 8192;

    /** How long a client may take nothing of an answer, in seconds. */
    private static final int WRITE_TIMEOUT = 15;

    /** What of an answer may wait for its client, in bytes, before the answering thread waits too. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(256 << 10, 1 << 20);

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final EventLoopGroup loop;
    private final Answering answering;
    private final RunningBridge.Announcement announcement;

    private ManagementServer(EventLoopGroup loop, Answering answering, RunningBridge.Announcement announcement) {
        this.loop = loop;
        this.answering = answering;
        this.announcement = announcement;
    }

    /**
     * Listens, and announces where in the data directory.
     *
     * @param names under which it may be asked besides localhost and addresses
     * @param random draws the token
     * @throws IOException when the address cannot be listened on, or the data directory not be written
     */
    public static ManagementServer start(
            InetSocketAddress address,
            List<String> names,
            Path dataDirectory,
            Endpoints endpoints,
            RandomGenerator random,
            Clock machine)
            throws IOException {
        EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("management-io", true));
        Answering answering = new Answering(endpoints);
        try {
            Gate gate = new Gate(
                    new HostNames(names), AccessToken.createIn(dataDirectory, random), new FailedAttempts(machine));
            Waiting waiting = new Waiting();
            Channel listening = listen(loop, address, () -> new Conversation(endpoints, gate, answering, waiting));
            RunningBridge.Announcement announcement =
                    RunningBridge.Announcement.write(dataDirectory, (InetSocketAddress) listening.localAddress());
            LOG.atInfo().addKeyValue("url", announcement.url()).log("the management API listens");
            return new ManagementServer(loop, answering, announcement);
        } catch (IOException | RuntimeException e) {
            stop(loop, answering);
            throw e;
        }
    }

    private static Channel listen(EventLoopGroup loop, InetSocketAddress address, Supplier<Conversation> conversations)
            throws IOException {
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
                                .addLast(conversations.get());
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
    public URI url() {
        return announcement.url();
    }

    @Override
    public void close() throws IOException {
        announcement.withdraw();
        stop(loop, answering);
    }

    private static void stop(EventLoopGroup loop, Answering answering) {
        answering.close();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
