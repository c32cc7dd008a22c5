package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which attachments travel, and by which way. */
public interface FileSettings {

    @WithDefault("documents-and-images")
    Allows toServicenow();

    @WithDefault("documents-and-images")
    Allows toPortal();

    /** In megabytes of 1024 × 1024 bytes; ServiceNow's own limit is 1024 by default. */
    @WithDefault("1024")
    int maxMegabytes();

    /** Extensions that never travel, besides programs. */
    Optional<List<String>> refuse();

    /** The hosts whose contents are fetched; {@code *.example.com} for every host below it. */
    Optional<List<String>> hosts();

    /** Where contents for the portal are put; with its SAS it is a secret. */
    Optional<String> contentUrl();

    Optional<Path> contentUrlFile();

    Optional<String> contentToken();

    Optional<Path> contentTokenFile();

    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Also plain http, to this machine only. */
    @WithDefault("false")
    boolean allowLoopback();

    @WithDefault("PT30M")
    Duration timeout();

    @WithDefault("PT5S")
    Duration interval();

    @WithDefault("PT30M")
    Duration scanPatience();

    /** How much of them may lie on this machine's disk at the same time. */
    @WithDefault("4096")
    int spoolMegabytes();

    /** The kinds of files that may travel. */
    enum Allows {
        OFF,
        DOCUMENTS_AND_IMAGES,
        ALL
    }
}
