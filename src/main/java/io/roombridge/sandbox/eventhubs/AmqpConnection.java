package io.roombridge.sandbox.eventhubs;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: moves bytes between its socket and proton's engine, and what the engine has to say to the
 * links (facts/eventhubs.md §3.1 to §3.3). A fault of one connection ends that connection only.
 */
final class AmqpConnection {

    private static final Logger log = LoggerFactory.getLogger(AmqpConnection.class);
    private static final int MAX_FRAME_SIZE = 65_536;
    private static final int MAX_CHANNEL = 4999;
    private static final int IDLE_TIMEOUT_MILLIS = 120_000;
    private static final int READS_PER_ROUND = 16;

    private final AmqpServer server;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Transport transport = Proton.transport();
    private final Connection connection = Proton.connection();
    private final Collector collector = Proton.collector();
    private final Map<Link, Attachment> attachments = new LinkedHashMap<>();
    private final Links links;
    private boolean dropped;

    AmqpConnection(AmqpServer server, Namespace namespace, Selector selector, SocketChannel channel)
            throws IOException {
        this.server = server;
        this.channel = channel;
        this.links = new Links(this, namespace);
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
        transport.setMaxFrameSize(MAX_FRAME_SIZE);
        transport.setChannelMax(MAX_CHANNEL);
        transport.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        transport.setEmitFlowEventOnSend(false);
        AnySasl.acceptOn(transport);
        connection.collect(collector);
        connection.setContainer("roombridge-sandbox");
        transport.bind(connection);
    }

    /** Takes in what has arrived. */
    void read() {
        guarded(() -> {
            for (int i = 0; i < READS_PER_ROUND && transport.capacity() > 0; i++) {
                int count = channel.read(transport.tail());
                if (count < 0) {
                    drop();
                    return;
                }
                if (count == 0) {
                    return;
                }
                transport.process();
                dispatch();
            }
        });
    }

    /** Sends what the links and the engine have to send, one bounded round of it. */
    void flush() {
        guarded(() -> {
            if (dropped) {
                return;
            }
            attachments.values().forEach(Attachment::pump);
            boolean full = write();
            dispatch();
            if (transport.pending() < 0) {
                drop();
                return;
            }
            boolean more = full || attachments.values().stream().anyMatch(Attachment::hasMore);
            key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        });
    }

    /** True if the socket did not take everything. */
    private boolean write() throws IOException {
        for (int pending = transport.pending(); pending > 0; pending = transport.pending()) {
            int count = channel.write(transport.head());
            transport.pop(count);
            if (count < pending) {
                return true;
            }
        }
        return false;
    }

    /** Keeps an idle connection alive, and ends one whose client has fallen silent. */
    void tick(long nowMillis) {
        guarded(() -> {
            transport.tick(nowMillis);
            dispatch();
            wake();
        });
    }

    void wake() {
        server.markDirty(this);
    }

    /** Puts something behind a link; it is told of its deliveries from now on. */
    void attach(Link link, Attachment attachment) {
        attachments.put(link, attachment);
    }

    /** Takes away what stands behind a link that the endpoint itself has closed. */
    void detach(Link link) {
        attachments.remove(link);
        wake();
    }

    private void dispatch() {
        for (Event event = collector.peek(); event != null; event = collector.peek()) {
            handle(event);
            collector.pop();
        }
    }

    private void handle(Event event) {
        switch (event.getType()) {
            case CONNECTION_REMOTE_OPEN -> connection.open();
            case CONNECTION_REMOTE_CLOSE -> {
                end(link -> true);
                connection.close();
            }
            case SESSION_REMOTE_OPEN -> event.getSession().open();
            case SESSION_REMOTE_CLOSE -> endSession(event.getSession());
            case LINK_REMOTE_OPEN -> links.attach(event.getLink());
            case LINK_REMOTE_DETACH -> endLink(event.getLink(), Link::detach);
            case LINK_REMOTE_CLOSE -> endLink(event.getLink(), Link::close);
            case DELIVERY ->
                Optional.ofNullable(attachments.get(event.getLink()))
                        .ifPresent(attachment -> attachment.delivered(event.getDelivery()));
            case TRANSPORT_ERROR ->
                log.atDebug()
                        .addKeyValue("condition", transport.getCondition())
                        .log("A client's connection to the embedded Event Hubs endpoint failed");
            default -> {
                // Everything else is the engine's own business.
            }
        }
    }

    private void endSession(Session session) {
        end(link -> link.getSession() == session);
        session.close();
        session.free();
    }

    /** A detach is answered with a detach, a close with a close. */
    private void endLink(Link link, Consumer<Link> answer) {
        end(link::equals);
        answer.accept(link);
        link.free();
    }

    private void end(Predicate<Link> which) {
        List<Link> ended = attachments.keySet().stream().filter(which).toList();
        ended.forEach(link -> attachments.remove(link).gone());
    }

    /** Ends the connection without a word. */
    void drop() {
        if (dropped) {
            return;
        }
        dropped = true;
        server.forget(this);
        end(link -> true);
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A client's socket did not close");
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A client left the embedded Event Hubs endpoint");
            drop();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("A connection to the embedded Event Hubs endpoint was given up");
            drop();
        }
    }
}
