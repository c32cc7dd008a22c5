package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Whether and where traces are sent. */
public interface TraceSettings {

    /** Where a collector takes OTLP over HTTP, for example https://HOST:4318/v1/traces; without one nothing is traced. */
    Optional<String> endpoint();

    /** Which part of the traces that begin here is sent, from 0 to 1; others follow whoever began them. */
    @WithDefault("1.0")
    double sample();
}
