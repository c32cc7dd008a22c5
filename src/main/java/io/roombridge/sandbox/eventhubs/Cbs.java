package io.roombridge.sandbox.eventhubs;

import java.util.HashMap;
import java.util.Map;

/**
 * The {@code $cbs} node of one connection: clients put a token for a path before they attach to it, and again before it
 * expires (facts/eventhubs.md §3.4).
 */
final class Cbs implements RequestLink.Node {

    private static final String SAS_TOKEN = "servicebus.windows.net:sastoken";

    private final SasTokens tokens;
    private final Map<EntityPath, SasTokens.Grant> grants = new HashMap<>();

    Cbs(SasTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public RequestLink.Answer answer(RequestLink.Request request) throws Refusal {
        if (!request.property("operation").equals("put-token")) {
            throw Refusal.notImplemented("$cbs only knows the operation put-token.");
        }
        if (!request.property("type").equals(SAS_TOKEN)) {
            throw Refusal.unauthorized("The sandbox only knows tokens of type " + SAS_TOKEN + ".");
        }
        String token = request.body().map(Object::toString).orElse("");
        SasTokens.Grant grant = tokens.check(token, EntityPath.of(request.property("name")));
        grants.put(grant.path(), grant);
        return new RequestLink.Answer(202, "Accepted", Map.of());
    }

    /** Refuses unless a token for the path or for a path above it was put and has not expired. */
    void requireToken(EntityPath path) throws Refusal {
        boolean granted =
                grants.values().stream().anyMatch(grant -> grant.path().covers(path) && !tokens.expired(grant));
        if (!granted) {
            throw Refusal.unauthorized("No valid token was put for '" + path + "'.");
        }
    }
}
