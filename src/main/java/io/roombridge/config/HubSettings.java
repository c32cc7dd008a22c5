package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where portal events come from. */
public interface HubSettings {

    /** The connection string of the namespace or hub; an {@code EntityPath} in it wins over {@link #events()}. */
    Optional<String> connectionString();

    Optional<Path> connectionStringFile();

    /** The fully qualified namespace, for credentials by Azure identity instead of a connection string. */
    Optional<String> namespace();

    @WithDefault("portal-events")
    String events();

    @WithDefault("roombridge")
    String consumerGroup();

    /** AMQP on port 5671, or inside WebSockets on port 443. */
    @WithDefault("amqp")
    Transport transport();

    /** An HTTP proxy, {@code HOST:PORT}; for WebSockets only. */
    Optional<String> proxy();

    Optional<String> proxyUser();

    Optional<String> proxyPassword();

    Optional<Path> proxyPasswordFile();

    /** The hub that takes commands for the portal. */
    @WithDefault("portal-commands")
    String commands();

    /** Where sending needs another policy than listening; otherwise the one above is used. */
    Optional<String> commandsConnectionString();

    Optional<Path> commandsConnectionStringFile();

    /** The most unfinished events of one partition; more are not read until some are finished. */
    @WithDefault("256")
    int window();

    /** How many rooms of one partition are worked on at the same time. */
    @WithDefault("8")
    int parallel();

    @WithDefault("PT2S")
    Duration loadBalancingInterval();

    /** With 15 s (and looks every 5 s) a dropped link was deaf for 21 to 23 s; the promise is 20. */
    @WithDefault("PT12S")
    Duration ownershipExpiry();

    @WithDefault("PT15S")
    Duration drain();

    Checkpoints checkpoints();

    /** How the hub is reached. */
    enum Transport {
        AMQP,
        AMQP_WEB_SOCKETS
    }

    /** Where reading positions are kept. */
    interface Checkpoints {

        @WithDefault("sql")
        Kind store();

        Optional<String> blobConnectionString();

        Optional<Path> blobConnectionStringFile();

        @WithDefault("roombridge-checkpoints")
        String blobContainer();

        /** The bridge's own database, or an Azure Blob container. */
        enum Kind {
            SQL,
            BLOB
        }
    }
}
