package io.roombridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas of docs/schemas, compiled once. They travel in the jar; nothing is ever fetched. */
final class EventSchemas {

    /** What every message has to be before its type is looked at. */
    static final String CLOUD_EVENT = "cloudevent";

    private static final String BASE = "https://schemas.roombridge.io/portal/";
    private static final int LONGEST_SHOWN = 40;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(resolvers -> resolvers.mapPrefix(BASE, "classpath:schemas/"))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_PATH)
                            .formatAssertionsEnabled(true)
                            .failFast(true)
                            .errorMessageKeyword("message")
                            .build()));
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * @param name the schema's file name without {@code .schema.json}
     * @throws ContractViolation naming the first place that does not fit
     */
    void check(String name, JsonNode event) {
        List<Error> errors = schema(name).validate(event);
        if (!errors.isEmpty()) {
            throw violation(errors.get(0));
        }
    }

    /** Compiles a schema now, so that the first event does not pay for it. */
    void compile(String name) {
        schema(name).initializeValidators();
    }

    private Schema schema(String name) {
        return schemas.computeIfAbsent(
                name, missing -> registry.getSchema(SchemaLocation.of(BASE + missing + ".schema.json")));
    }

    private static ContractViolation violation(Error error) {
        NodePath at = error.getInstanceLocation();
        if (error.getKeyword().equals("required")) {
            return new ContractViolation(at.append(error.getProperty()), "is missing; expected a value");
        }
        return new ContractViolation(at, error.getMessage() + found(error.getInstanceNode()));
    }

    /** Short scalars are shown; a long one may hold a message or a signed URL, and neither belongs in a log. */
    private static String found(JsonNode node) {
        if (node == null || node.isContainerNode()) {
            return "";
        }
        if (node.isTextual() && node.textValue().length() > LONGEST_SHOWN) {
            return "; was a text of " + node.textValue().length() + " characters";
        }
        return "; was " + node;
    }
}
