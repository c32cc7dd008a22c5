package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Liveness and readiness (docs/operations.md, "Health"). Whether the process lives depends on no peer: restarting it would not
 * bring a peer back. Whether it is ready is told with the cause of each part. Paths and form are Camel's own.
 */
public final class HealthEndpoints {

    /** With the short aliases. */
    private static final Map<String, List<String>> PATHS = Map.of(
            "live", List.of("/observe/health/live", "/live"),
            "ready", List.of("/observe/health/ready", "/observe/health", "/ready", "/health"));

    private static final int UNAVAILABLE = 503;

    private HealthEndpoints() {}

    /** @param checks each answers within seconds, whatever it checks */
    public static List<Endpoint> of(List<Supplier<Check>> checks) {
        return Stream.concat(
                        PATHS.get("live").stream().map(path -> Endpoint.atOnce(path, call -> answer(List.of()))),
                        PATHS.get("ready").stream()
                                .map(path -> Endpoint.open(
                                        path,
                                        call -> answer(checks.stream()
                                                .map(Supplier::get)
                                                .toList()))))
                .toList();
    }

    private static Answer answer(List<Check> checks) {
        boolean up = checks.stream().allMatch(Check::up);
        ObjectNode told = Json.MAPPER.createObjectNode().put("status", word(up));
        ArrayNode each = told.putArray("checks");
        checks.forEach(check -> each.addObject()
                .put("name", check.name())
                .put("status", word(check.up()))
                .putObject("data")
                .put("cause", check.cause()));
        return Answer.json(up ? 200 : UNAVAILABLE, told);
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
