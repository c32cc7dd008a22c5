package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who gets a mail when ServiceNow itself cannot be told. */
public interface MailSettings {

    /** The SMTP server; without one no mail is sent. */
    Optional<String> host();

    @WithDefault("587")
    int port();

    @WithDefault("starttls")
    Tls tls();

    Optional<String> user();

    Optional<String> password();

    Optional<Path> passwordFile();

    Optional<String> from();

    Optional<List<String>> to();

    /** How long an instance has to be away. */
    @WithDefault("PT15M")
    Duration after();

    /** How the connection is secured: required from the start, required by STARTTLS, or not (on loopback only). */
    enum Tls {
        STARTTLS,
        TLS,
        NONE
    }
}
