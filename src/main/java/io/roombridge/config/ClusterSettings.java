package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Several nodes that share one PostgreSQL. */
public interface ClusterSettings {

    @WithDefault("alone")
    Join join();

    /** What the members call their cluster; nodes of another name are strangers. */
    @WithDefault("roombridge")
    String name();

    /** The address and port this member listens on; the traffic is neither encrypted nor authenticated. */
    @WithDefault("127.0.0.1")
    String bindAddress();

    @WithDefault("5701")
    int port();

    /** The members as HOST:PORT, this one may be among them. */
    Optional<List<String>> members();

    /** The DNS name of a headless service that lists the members, … */
    Optional<String> kubernetesDns();

    /** … or the service to ask the Kubernetes API for, which needs a role that may read endpoints. */
    Optional<String> kubernetesNamespace();

    Optional<String> kubernetesService();

    /** How long what a dead node did alone stays with it. */
    @WithDefault("PT10S")
    Duration lease();

    /** How a node finds the others. */
    enum Join {
        ALONE,
        TCP,
        KUBERNETES
    }
}
