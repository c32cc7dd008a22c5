package io.roombridge.hooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.correlation.Inbox;
import io.roombridge.ops.Check;
import io.roombridge.ops.FailedAttempts;
import io.roombridge.ops.HttpListener;
import io.roombridge.portal.PortalEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of the hooks. */
public final class HooksServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HooksServer.class);

    private final HttpListener listener;
    private final HandIn handIn;

    private HooksServer(HttpListener listener, HandIn handIn) {
        this.listener = listener;
        this.handIn = handIn;
    }

    /**
     * Listens.
     *
     * @param arrived wakes the reader of the inbox
     * @throws IOException when the address cannot be listened on
     */
    public static HooksServer start(
            InetSocketAddress address,
            List<Source> sources,
            PortalEvents events,
            Inbox inbox,
            Runnable arrived,
            MeterRegistry meters,
            Clock machine)
            throws IOException {
        HandIn handIn = new HandIn(events, inbox, arrived, machine);
        HttpListener listener = HttpListener.start(
                "hooks", address, new HookReception(new Sources(sources), new FailedAttempts(machine), handIn, meters));
        LOG.atInfo().addKeyValue("port", listener.address().getPort()).log("the hooks listen");
        return new HooksServer(listener, handIn);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Whether what is handed in is taken. */
    public Check check() {
        return handIn.check();
    }

    @Override
    public void close() {
        listener.close();
    }
}
