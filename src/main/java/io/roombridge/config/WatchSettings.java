package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whether and where the bridge says in ServiceNow what is wrong with itself. */
public interface WatchSettings {

    /** The name of the group that looks after the bridge; without one nothing is said there. */
    Optional<String> group();

    /** The instance that gets the incident; with several instances the first by name unless given. */
    Optional<String> instance();

    @WithDefault("PT1M")
    Duration interval();

    /** How long the hub may be silent; heartbeats come every ten minutes. */
    @WithDefault("PT20M")
    Duration hubSilent();

    /** How long all has to be well before the incident is resolved. */
    @WithDefault("PT15M")
    Duration holdDown();
}
