package io.roombridge.sandbox.eventhubs;

import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an embedded namespace consists of. Start from {@link #ofHubs} and vary with the {@code with} methods.
 *
 * @param port the TCP port on 127.0.0.1; 0 takes any free one
 * @param keyName name of the one shared access key
 * @param key the shared access key; clients must prove that they know it
 * @param clock stamps the enqueued time of events; may jump (a fake clock), the stamps still never decrease
 * @param wallClock judges the expiry of tokens; the clients stamp those with the machine's own time, so this clock
 *     should not jump with {@code clock}
 * @param retention how many events each partition keeps; older ones are gone
 */
public record Setup(
        int port,
        List<HubSetup> hubs,
        String keyName,
        String key,
        InstantSource clock,
        InstantSource wallClock,
        int retention) {

    /** The consumer group that every hub has. */
    public static final String DEFAULT_GROUP = "$Default";

    private static final int DEFAULT_PARTITIONS = 4;
    private static final int DEFAULT_RETENTION = 1_000_000;

    public Setup {
        hubs = List.copyOf(hubs);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 (any free one) to 65535, was " + port);
        }
        if (retention < 1) {
            throw new IllegalArgumentException("retention must be at least 1 event per partition, was " + retention);
        }
        Map<String, HubSetup> seen = new LinkedHashMap<>();
        for (HubSetup hub : hubs) {
            if (seen.put(hub.name().toLowerCase(Locale.ROOT), hub) != null) {
                throw new IllegalArgumentException("hub names must differ (whatever their case), twice: " + hub.name());
            }
        }
    }

    /**
     * One hub.
     *
     * @param partitions 1 to 1024; their ids are "0", "1", ...
     * @param consumerGroups the groups besides {@code $Default}, which always exists
     */
    public record HubSetup(String name, int partitions, List<String> consumerGroups) {

        public HubSetup {
            consumerGroups = List.copyOf(consumerGroups);
            if (name.isBlank() || name.contains("/")) {
                throw new IllegalArgumentException("a hub name must not be blank or contain '/', was '" + name + "'");
            }
            if (partitions < 1 || partitions > 1024) {
                throw new IllegalArgumentException("hub " + name + ": partitions must be 1 to 1024, was " + partitions);
            }
        }
    }

    /** Hubs of 4 partitions each with the group {@code $Default}, on any free port, by the machine's clock. */
    public static Setup ofHubs(String... names) {
        List<HubSetup> hubs = new ArrayList<>();
        for (String name : names) {
            hubs.add(new HubSetup(name, DEFAULT_PARTITIONS, List.of()));
        }
        Clock clock = Clock.systemUTC();
        return new Setup(0, hubs, "RootManageSharedAccessKey", "SANDBOX_KEY", clock, clock, DEFAULT_RETENTION);
    }

    /** One hub more. */
    public Setup withHub(String name, int partitions, String... consumerGroups) {
        List<HubSetup> more = new ArrayList<>(hubs);
        more.add(new HubSetup(name, partitions, List.of(consumerGroups)));
        return new Setup(port, more, keyName, key, clock, wallClock, retention);
    }

    public Setup withPort(int newPort) {
        return new Setup(newPort, hubs, keyName, key, clock, wallClock, retention);
    }

    public Setup withKey(String newKeyName, String newKey) {
        return new Setup(port, hubs, newKeyName, newKey, clock, wallClock, retention);
    }

    /** Another clock for the enqueued time. */
    public Setup withClock(InstantSource newClock) {
        return new Setup(port, hubs, keyName, key, newClock, wallClock, retention);
    }

    /** Another clock for the expiry of tokens. */
    public Setup withWallClock(InstantSource newWallClock) {
        return new Setup(port, hubs, keyName, key, clock, newWallClock, retention);
    }

    public Setup withRetention(int eventsPerPartition) {
        return new Setup(port, hubs, keyName, key, clock, wallClock, eventsPerPartition);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Setup[port=" + port + ", hubs=" + hubs + ", keyName=" + keyName + ", retention=" + retention + "]";
    }
}
