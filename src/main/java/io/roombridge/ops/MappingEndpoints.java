package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.route.ReloadMappings;
import io.roombridge.route.ReloadMappings.Refused;
import io.roombridge.route.ReloadMappings.Standing;
import java.util.List;

/** The mapping files in force, and taking changed ones (docs/mapping.md). */
public final class MappingEndpoints {

    /** {@code GET}: which version is in force, and why changed files are not. */
    public static final String STANDING = "/api/v1/mappings";

    /** {@code POST {by}}: takes changed files at once; with a name, also if their tests fail. */
    public static final String ACTIVATE = "/api/v1/mappings/activate";

    private MappingEndpoints() {}

    public static List<Endpoint> of(ReloadMappings reload) {
        return List.of(
                Endpoint.get(STANDING, call -> Answer.json(json(reload.standing()))),
                Endpoint.post(ACTIVATE, call -> Answer.json(json(reload.activate(call.text("by"))))));
    }

    private static ObjectNode json(Standing standing) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("version", standing.version()).put("since", standing.since().toString());
        standing.files().files().keySet().forEach(node.putArray("files")::add);
        standing.refused().ifPresent(refused -> node.set("refused", json(refused)));
        return node;
    }

    private static ObjectNode json(Refused refused) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("version", refused.version()).put("releasable", refused.releasable());
        refused.objections().forEach(node.putArray("why")::add);
        return node;
    }
}
