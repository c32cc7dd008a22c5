package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The published schemas of the event contract, read from the classpath without the bridge's code. */
final class ContractSchemas {

    private static final String BASE = "https://schemas.roombridge.io/portal/";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(resolvers -> resolvers.mapPrefix(BASE, "classpath:schemas/"))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    /** Every fault of the event, told by the schema of its type; none for an event that keeps the contract. */
    List<Error> faults(String name, JsonNode event) {
        return registry.getSchema(SchemaLocation.of(BASE + name + ".v1.schema.json"))
                .validate(event);
    }
}
