package io.roombridge.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the management API over HTTP, and announces where. */
public final class ManagementServer implements AutoCloseable {

    /** Requests are a few fields; what is longer is not read. */
    static final int LONGEST_BODY = Endpoint.SHORT;

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final HttpListener listener;
    private final RunningBridge.Announcement announcement;

    private ManagementServer(HttpListener listener, RunningBridge.Announcement announcement) {
        this.listener = listener;
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
        Gate gate = new Gate(
                new HostNames(names), AccessToken.createIn(dataDirectory, random), new FailedAttempts(machine));
        HttpListener listener = HttpListener.start("management", address, new ManagementReception(endpoints, gate));
        try {
            RunningBridge.Announcement announcement =
                    RunningBridge.Announcement.write(dataDirectory, listener.address());
            LOG.atInfo().addKeyValue("url", announcement.url()).log("the management API listens");
            return new ManagementServer(listener, announcement);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** Where it listens. */
    public URI url() {
        return announcement.url();
    }

    @Override
    public void close() throws IOException {
        announcement.withdraw();
        listener.close();
    }
}
