package io.roombridge.correlation;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import org.jdbi.v3.core.Jdbi;

/**
 * Starts the bridge's own Hazelcast member. Never a default one: that would find strangers by multicast and deserialise
 * what they send (facts/camel.md, sections 4.2 and 4.3).
 */
public final class Cluster implements AutoCloseable {

    private final HazelcastInstance hazelcast;

    private Cluster(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** A member that is a cluster of its own, on loopback. */
    public static Cluster alone(Jdbi jdbi, String name) {
        Config config = new Config();
        config.setInstanceName(name);
        config.setClusterName(name);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().setPort(0).setPortAutoIncrement(false);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.getWhitelist().addPackages("java.lang", "java.util");
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
        config.addMapConfig(HazelcastTickets.config(jdbi));
        return new Cluster(Hazelcast.newHazelcastInstance(config));
    }

    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    public TicketCache tickets() {
        return new HazelcastTickets(hazelcast);
    }

    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
