package io.roombridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.config.HooksSettings;
import io.roombridge.config.HooksSettings.Takes;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.Inbox;
import io.roombridge.eventhubs.InboxReading;
import io.roombridge.eventhubs.OrderKeys;
import io.roombridge.eventhubs.ReadingListener;
import io.roombridge.hooks.HooksServer;
import io.roombridge.hooks.Source;
import io.roombridge.ops.AccessToken;
import io.roombridge.portal.PortalEvents;
import io.roombridge.route.HubProgress;
import io.roombridge.route.WritePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts the hooks together: the port that stores, and the reader of what is stored. */
final class HooksWiring {

    /** The duty of the one node that reads the inbox. */
    static final String DUTY = InboxReading.PARTITION;

    private HooksWiring() {}

    /** Reads the inbox also while nothing can be handed in here: another node may take it, or it was taken before. */
    static InboxReading read(
            Settings settings,
            Closings closings,
            Inbox inbox,
            WritePath way,
            Duty duty,
            OrderKeys order,
            ReadingListener listener,
            Clock machine) {
        return closings.onClose(
                "inbox",
                InboxReading.start(
                        inbox,
                        duty,
                        HubWiring.reading(settings),
                        order,
                        (row, attempt, firstAt, crowded) -> way.take(
                                row.event().payload().getBytes(StandardCharsets.UTF_8),
                                attempt,
                                firstAt,
                                crowded,
                                InboxReading.PARTITION,
                                row.position()),
                        listener,
                        machine));
    }

    /** Empty when the port is off. */
    static Optional<HooksServer> listen(
            Settings settings,
            Closings closings,
            PortalEvents events,
            Inbox inbox,
            InboxReading reading,
            MeterRegistry meters,
            Clock machine)
            throws IOException {
        HooksSettings hooks = settings.hooks();
        if (hooks.port().number().isEmpty()) {
            return Optional.empty();
        }
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getByName(hooks.address()), hooks.port().number().getAsInt());
        try {
            HooksServer server =
                    HooksServer.start(address, sources(hooks), events, inbox, reading::arrived, meters, machine);
            return Optional.of(closings.onClose("hooks", server));
        } catch (IOException e) {
            throw new CannotStart(
                    "the hooks cannot listen on %s:%d (%s): choose another roombridge.hooks.port, 0 for any free one, or off"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
    }

    private static List<Source> sources(HooksSettings hooks) {
        return hooks.sources().entrySet().stream()
                .map(named -> source(named.getKey(), named.getValue()))
                .toList();
    }

    private static Source source(String name, HooksSettings.Source source) {
        String key = "roombridge.hooks.sources." + name + ".token";
        return new Source(
                name,
                source.takes(),
                AccessToken.of(
                        Secrets.read(key, source.token(), source.tokenFile()).orElseThrow()),
                source.tenants());
    }

    /** Who hands in events for a tenant may have one for it that is not finished: then the inbox is one partition more. */
    static HubProgress progress(Settings settings, HubProgress hub, Inbox inbox) {
        List<Source> speaking = settings.hooks().port().number().isEmpty() ? List.of() : sources(settings.hooks());
        return new HubProgress() {
            @Override
            public Map<String, OptionalLong> checkpoints() {
                return hub.checkpoints();
            }

            @Override
            public Map<String, OptionalLong> checkpoints(String tenant) {
                Map<String, OptionalLong> all = new HashMap<>(hub.checkpoints());
                if (!all.isEmpty()
                        && speaking.stream()
                                .anyMatch(source -> source.takes() == Takes.EVENTS && source.speaksOf(tenant))) {
                    all.put(InboxReading.PARTITION, OptionalLong.of(inbox.finishedUpTo()));
                }
                return all;
            }
        };
    }
}
