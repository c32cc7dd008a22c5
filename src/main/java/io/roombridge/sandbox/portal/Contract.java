package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The JSON Schemas of docs/schemas, read without the bridge's code. Thread-safe. */
final class Contract {

    private static final String BASE = "https://schemas.roombridge.io/portal/";

    /** What a relay has to be able to do. */
    static final Set<String> COMMANDS = Set.of(
            "message-add",
            "attachment-add",
            "link-snow",
            "close",
            "ack",
            "suppress",
            "unsuppress",
            "snapshot-request",
            "attachment-url");

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(resolvers -> resolvers.mapPrefix(BASE, "classpath:schemas/"))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * Every fault of an event or command in one line; empty if there is none.
     *
     * @param name the type's name, of a type that has a schema
     */
    Optional<String> faults(String name, JsonNode event) {
        List<Error> errors = schemas.computeIfAbsent(
                        name, missing -> registry.getSchema(SchemaLocation.of(BASE + missing + ".v1.schema.json")))
                .validate(event);
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(errors.stream().map(Error::toString).collect(Collectors.joining("; ")));
    }
}
