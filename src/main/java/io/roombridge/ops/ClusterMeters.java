package io.roombridge.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Duties;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Measures what this node does for the cluster, and how many nodes it sees (docs/metrics.md). */
public final class ClusterMeters {

    private static final String NAME = "cluster";

    private final Cluster cluster;
    private final Duties duties;

    /** @param names of all works that one node does for all */
    public ClusterMeters(Cluster cluster, Duties duties, Collection<String> names, MeterRegistry meters) {
        this.cluster = cluster;
        this.duties = duties;
        Gauge.builder("roombridge.cluster.nodes", cluster, Cluster::nodes)
                .description("nodes of the cluster that this one sees, itself included; 0 when it left")
                .register(meters);
        names.forEach(name -> Gauge.builder("roombridge.cluster.duty", duties, held -> isHere(held, name) ? 1 : 0)
                .description("1 if this node does the work that one node does for all")
                .tag("duty", name)
                .register(meters));
    }

    private static boolean isHere(Duties duties, String name) {
        return duties.here().filter(here -> here.contains(name)).isPresent();
    }

    /** Whether this node is a part of its cluster. */
    public Check check() {
        Optional<Set<String>> here = duties.here();
        if (cluster.nodes() == 0) {
            return Check.down(NAME, "this node's Hazelcast member has stopped; the log says why");
        }
        return here.isEmpty()
                ? Check.down(NAME, "the leases of this node's works could not be renewed in time")
                : Check.up(
                        NAME,
                        "sees " + cluster.nodes() + " nodes, does " + here.get().size() + " works");
    }
}
