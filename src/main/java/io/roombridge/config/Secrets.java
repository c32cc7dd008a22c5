package io.roombridge.config;

import io.roombridge.config.BadConfiguration.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a secret from its setting, or from the file that another setting names. */
public final class Secrets {

    private Secrets() {}

    /**
     * @param key the setting's name, for the error
     * @return empty when neither is given
     * @throws BadConfiguration when the file cannot be read
     */
    public static Optional<Secret> read(String key, Optional<String> value, Optional<Path> file) {
        return value.or(() -> file.map(path -> content(key, path))).map(Secret::new);
    }

    /** A trailing line break is not part of the secret: editors add one. */
    private static String content(String key, Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new BadConfiguration(List.of(new Fault(key + "-file", file.toString(), "cannot be read")));
        }
    }
}
