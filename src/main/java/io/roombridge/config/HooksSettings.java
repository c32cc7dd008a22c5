package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port where other programs hand in events over HTTP (docs/operations.md, "Hooks"). */
public interface HooksSettings {

    /** Off unless given; 0 for any free one. */
    @WithDefault("off")
    ListenPort port();

    /** The address it listens on; loopback unless somebody decides otherwise. */
    @WithDefault("127.0.0.1")
    String address();

    /** How many events may wait in the store; more are refused until some are finished. */
    @WithDefault("20000")
    int capacity();

    /** Who may hand in something, by name. */
    Map<String, Source> sources();

    /** One sender with a secret of its own. */
    interface Source {

        @WithDefault("events")
        Takes takes();

        /** At least 32 letters, digits, dashes or underscores. */
        Optional<String> token();

        Optional<Path> tokenFile();

        /** The tenants it may speak of; {@code *} for every one. */
        @WithDefault("*")
        List<String> tenants();
    }

    /** What a source hands in. */
    enum Takes {
        /** CloudEvents of the event contract. */
        EVENTS,
        /** The device-state alerts of the Teams admin centre. */
        TEAMS_ALERTS
    }
}
