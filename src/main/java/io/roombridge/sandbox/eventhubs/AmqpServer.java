package io.roombridge.sandbox.eventhubs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts and serves all connections on one thread. The namespace and all protocol state are confined to that thread,
 * so nothing behind it needs a lock; other threads hand in their question and wait for the answer.
 *
 * <p>What happens on one connection (an event arrives) gives work to others (its readers). They are marked dirty and
 * flushed in rounds, each bounded, so that no connection starves the others.
 */
final class AmqpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AmqpServer.class);
    private static final long TICK_MILLIS = 1000;

    private final Namespace namespace;
    private final Selector selector;
    private final ServerSocketChannel acceptor;
    private final int port;
    private final Thread thread;
    private final Set<AmqpConnection> connections = new LinkedHashSet<>();
    private final Set<AmqpConnection> dirty = new LinkedHashSet<>();
    /** Never longer than there are threads: each waits for its task. */
    private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();

    private volatile boolean stopping;
    private volatile boolean stopped;

    private AmqpServer(Namespace namespace, Selector selector, ServerSocketChannel acceptor) {
        this.namespace = namespace;
        this.selector = selector;
        this.acceptor = acceptor;
        this.port = acceptor.socket().getLocalPort();
        this.thread = new Thread(this::serve, "sandbox-event-hubs");
        thread.setDaemon(true);
    }

    /** Binds 127.0.0.1, never another address: whoever can reach the port gets past SASL. */
    static AmqpServer start(Namespace namespace, int port) {
        try {
            Selector selector = Selector.open();
            ServerSocketChannel acceptor = ServerSocketChannel.open();
            try {
                acceptor.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
                acceptor.configureBlocking(false);
                acceptor.register(selector, SelectionKey.OP_ACCEPT);
            } catch (IOException e) {
                acceptor.close();
                selector.close();
                throw e;
            }
            AmqpServer server = new AmqpServer(namespace, selector, acceptor);
            server.thread.start();
            return server;
        } catch (BindException e) {
            throw new IllegalStateException(
                    "The embedded Event Hubs endpoint cannot listen on 127.0.0.1:" + port + " (" + e.getMessage()
                            + "): stop what uses the port, or choose another one (0 takes any free port).",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Event Hubs endpoint cannot open its socket", e);
        }
    }

    int port() {
        return port;
    }

    /** Asks or does something on the server's thread and waits for it. */
    <T> T call(Supplier<T> task) {
        FutureTask<T> future = new FutureTask<>(task::get);
        tasks.add(future);
        selector.wakeup();
        if (stopped) {
            future.cancel(false);
        }
        try {
            return future.get();
        } catch (CancellationException e) {
            throw new IllegalStateException("the embedded Event Hubs endpoint is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the embedded Event Hubs endpoint", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    int connectionCount() {
        return connections.size();
    }

    /** Cuts every connection without a word, as a network would. */
    void dropConnections() {
        List.copyOf(connections).forEach(AmqpConnection::drop);
    }

    /** Has the connection flushed before the thread waits again. */
    void markDirty(AmqpConnection connection) {
        dirty.add(connection);
    }

    void forget(AmqpConnection connection) {
        connections.remove(connection);
        dirty.remove(connection);
    }

    private void serve() {
        try {
            long nextTick = millis() + TICK_MILLIS;
            while (!stopping) {
                selector.select(Math.max(1, nextTick - millis()));
                for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                serveReadyKeys();
                if (millis() >= nextTick) {
                    List.copyOf(connections).forEach(connection -> connection.tick(millis()));
                    nextTick = millis() + TICK_MILLIS;
                }
                flushDirty();
            }
        } catch (IOException | RuntimeException e) {
            log.atError().setCause(e).log("The embedded Event Hubs endpoint stopped");
        } finally {
            stop();
        }
    }

    /** Monotonic, unlike the clocks of the setup: idle timeouts are real time. */
    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void serveReadyKeys() {
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            SelectionKey key = keys.next();
            keys.remove();
            if (!key.isValid()) {
                continue;
            }
            if (key.isAcceptable()) {
                accept();
            } else {
                AmqpConnection connection = (AmqpConnection) key.attachment();
                if (key.isReadable()) {
                    connection.read();
                }
                markDirty(connection);
            }
        }
    }

    private void accept() {
        try {
            SocketChannel channel = acceptor.accept();
            if (channel != null) {
                connections.add(new AmqpConnection(this, namespace, selector, channel));
            }
        } catch (IOException e) {
            log.atWarn().setCause(e).log("The embedded Event Hubs endpoint could not take in a client");
        }
    }

    private void flushDirty() {
        while (!dirty.isEmpty()) {
            AmqpConnection next = dirty.iterator().next();
            dirty.remove(next);
            next.flush();
        }
    }

    private void stop() {
        stopped = true;
        dropConnections();
        try {
            acceptor.close();
            selector.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("The embedded Event Hubs endpoint did not close its sockets");
        }
        for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.cancel(false);
        }
    }

    /** Drops all connections, frees the port and waits for the thread to end. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
