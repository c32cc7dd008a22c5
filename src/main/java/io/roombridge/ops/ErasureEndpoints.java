package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.Erasure;
import java.time.Clock;
import java.util.Map;

/** Removing a person from the bridge's store (docs/operations.md, "Erase"). */
public final class ErasureEndpoints {

    /** {@code POST {person, dryRun, by, reason}}: how many texts change, by table; a dry run changes none. */
    public static final String PATH = "/api/v1/erasure";

    private static final int SHORTEST = 3;

    private ErasureEndpoints() {}

    static Endpoint of(Erasure erasure, Clock clock) {
        return Endpoint.post(PATH, call -> {
            String person = call.required("person", "the name as it is shown in tickets");
            if (person.length() < SHORTEST) {
                throw Refusal.badRequest("\"" + person + "\" is too short: it would erase parts of other words");
            }
            String by = call.required("by", "who takes the responsibility");
            String reason = call.required("reason", "why; it is recorded");
            boolean dryRun = call.body().path("dryRun").asBoolean();
            Map<String, Integer> changed =
                    dryRun ? erasure.look(person) : erasure.erase(person, by, reason, clock.instant());
            ObjectNode answer = Json.MAPPER.createObjectNode().put("dryRun", dryRun);
            ObjectNode texts = answer.putObject("texts");
            changed.forEach(texts::put);
            return Answer.json(answer);
        });
    }
}
