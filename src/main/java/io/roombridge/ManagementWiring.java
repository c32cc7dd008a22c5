package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.ManagementServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Puts the management API together. */
final class ManagementWiring {

    private ManagementWiring() {}

    static void listen(Settings settings, Closings closings, List<Endpoint> endpoints, Clock machine)
            throws IOException {
        Settings.Management management = settings.management();
        if (management.port().number().isEmpty()) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getByName(management.address()),
                management.port().number().getAsInt());
        try {
            closings.onClose(
                    "management API",
                    ManagementServer.start(
                            address,
                            management.hosts().orElse(List.of()),
                            settings.dataDir(),
                            new Endpoints(endpoints),
                            new SecureRandom(),
                            machine));
        } catch (IOException e) {
            throw new CannotStart(
                    "the management API cannot listen on %s:%d (%s): does another bridge run here? Choose another roombridge.management.port, 0 for any free one, or off"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
    }
}
