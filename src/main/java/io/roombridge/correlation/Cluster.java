package io.roombridge.correlation;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.roombridge.config.ClusterSettings;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Starts the bridge's own Hazelcast member. Never a default one: that would find strangers by multicast and deserialise
 * what they send (facts/camel.md, sections 4.2 and 4.3).
 *
 * <p>Nothing hangs on the members seeing each other: they share a cache, and the store's row versions arbitrate. So a
 * member that does not answer is soon given up, and its part of the cache is loaded anew.
 */
public final class Cluster implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final HazelcastInstance hazelcast;
    private final Jdbi jdbi;

    private Cluster(HazelcastInstance hazelcast, Jdbi jdbi) {
        this.hazelcast = hazelcast;
        this.jdbi = jdbi;
    }

    /** A member that is a cluster of its own, on loopback. */
    public static Cluster alone(Jdbi jdbi, String name) {
        Config config = config(jdbi, name);
        listen(config.getNetworkConfig(), LOOPBACK, 0);
        return new Cluster(Hazelcast.newHazelcastInstance(config), jdbi);
    }

    /** A member that looks for the others as the settings say; it starts also while none of them answers. */
    public static Cluster join(Jdbi jdbi, ClusterSettings settings) {
        Config config = config(jdbi, settings.name());
        listen(config.getNetworkConfig(), settings.bindAddress(), settings.port());
        JoinConfig join = config.getNetworkConfig().getJoin();
        if (settings.join() == ClusterSettings.Join.TCP) {
            join.getTcpIpConfig()
                    .setEnabled(true)
                    .setConnectionTimeoutSeconds(2)
                    .setMembers(settings.members().orElse(List.of()));
        } else {
            join.getKubernetesConfig().setEnabled(true);
            settings.kubernetesDns()
                    .ifPresent(name -> join.getKubernetesConfig().setProperty("service-dns", name));
            settings.kubernetesNamespace()
                    .ifPresent(name -> join.getKubernetesConfig().setProperty("namespace", name));
            settings.kubernetesService()
                    .ifPresent(name -> join.getKubernetesConfig().setProperty("service-name", name));
        }
        return new Cluster(Hazelcast.newHazelcastInstance(config), jdbi);
    }

    private static Config config(Jdbi jdbi, String name) {
        Config config = new Config();
        config.setClusterName(name);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "1");
        config.setProperty("hazelcast.heartbeat.interval.seconds", "2");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        config.setProperty("hazelcast.operation.call.timeout.millis", "5000");
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.getWhitelist().addPackages("java.lang", "java.util");
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
        config.addMapConfig(HazelcastTickets.config(jdbi));
        return config;
    }

    private static void listen(NetworkConfig network, String address, int port) {
        network.getInterfaces().setEnabled(true).addInterface(address);
        network.setPort(port).setPortAutoIncrement(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(false);
    }

    /** The nodes that this one sees, itself included; 0 after it has left. */
    public int nodes() {
        return hazelcast.getLifecycleService().isRunning()
                ? hazelcast.getCluster().getMembers().size()
                : 0;
    }

    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    public TicketCache tickets() {
        return new HazelcastTickets(hazelcast, jdbi);
    }

    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
