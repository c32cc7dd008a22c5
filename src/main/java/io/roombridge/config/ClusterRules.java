package io.roombridge.config;

import io.roombridge.config.BadConfiguration.Fault;
import io.roombridge.config.ClusterSettings.Join;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Which settings several nodes need. */
final class ClusterRules {

    private static final String PREFIX = "roombridge.cluster.";
    private static final Pattern MEMBER = Pattern.compile("^[^:\\s]++:\\d{1,5}$");
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    private ClusterRules() {}

    static void check(Settings settings, List<Fault> faults) {
        ClusterSettings cluster = settings.cluster();
        if (cluster.lease().compareTo(SHORTEST_LEASE) < 0) {
            faults.add(new Fault(PREFIX + "lease", cluster.lease().toString(), "must be at least PT1S"));
        }
        if (cluster.join() == Join.ALONE) {
            return;
        }
        boolean shared = settings.store()
                .url()
                .filter(url -> url.startsWith("jdbc:postgresql:"))
                .isPresent();
        if (!shared) {
            faults.add(new Fault(
                    "roombridge.store.url",
                    settings.store().url().orElse(""),
                    "must be jdbc:postgresql://HOST/DATABASE when " + PREFIX + "join is not alone: several nodes share"
                            + " one store, and an H2 file belongs to one process"));
        }
        if (cluster.port() < 1 || cluster.port() > 65535) {
            faults.add(new Fault(
                    PREFIX + "port",
                    Integer.toString(cluster.port()),
                    "must be a port from 1 to 65535; members name it"));
        }
        if (cluster.join() == Join.TCP) {
            members(cluster.members().orElse(List.of()), faults);
        } else if (cluster.kubernetesDns().isPresent()
                == cluster.kubernetesService().isPresent()) {
            faults.add(new Fault(
                    PREFIX + "kubernetes-dns",
                    cluster.kubernetesDns().orElse(""),
                    "either this or " + PREFIX + "kubernetes-service is required with join = kubernetes"));
        }
    }

    private static void members(List<String> members, List<Fault> faults) {
        if (members.isEmpty()) {
            faults.add(new Fault(PREFIX + "members", "", "is required with join = tcp: HOST:PORT,HOST:PORT"));
        }
        members.stream()
                .filter(member -> !MEMBER.matcher(member).matches())
                .forEach(member -> faults.add(new Fault(PREFIX + "members", member, "must be HOST:PORT")));
    }
}
