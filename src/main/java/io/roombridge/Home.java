package io.roombridge;

import java.nio.file.Path;
import java.util.Optional;

/** Where routes, mappings and settings of an installation lie: ROOMBRIDGE_HOME, or the working directory. */
final class Home {

    private Home() {}

    static Path resolve(Path relative) {
        return Path.of(Optional.ofNullable(System.getenv("ROOMBRIDGE_HOME")).orElse(""))
                .resolve(relative);
    }
}
