package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.Pauses;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Stopping one direction, for one tenant or for all (docs/operations.md, "Pause"). */
public final class PauseEndpoints {

    /** {@code GET}: what is paused, by whom and why. */
    public static final String LIST = "/api/v1/pauses";

    /** {@code POST {direction, tenant, by, reason}}: a named person stops a direction; without a tenant for all. */
    public static final String PAUSE = "/api/v1/pauses/pause";

    /** {@code POST {direction, tenant, by, reason}}: it goes on. */
    public static final String RESUME = "/api/v1/pauses/resume";

    /** In place of a direction. */
    public static final String BOTH = "both";

    private final Pauses pauses;
    private final Clock clock;

    private PauseEndpoints(Pauses pauses, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    public static List<Endpoint> of(Pauses pauses, Clock clock) {
        PauseEndpoints endpoints = new PauseEndpoints(pauses, clock);
        return List.of(
                Endpoint.get(LIST, call -> endpoints.list()),
                Endpoint.post(PAUSE, call -> endpoints.change(call, pauses::pause)),
                Endpoint.post(RESUME, call -> endpoints.change(call, pauses::resume)));
    }

    private Answer list() {
        return answer(Json.MAPPER.createObjectNode());
    }

    private Answer change(Call call, Predicate<Pause> change) {
        String by = call.required("by", "who takes the responsibility");
        String reason = call.required("reason", "why; it is recorded");
        String tenant =
                call.text("tenant").map(text -> text.toLowerCase(Locale.ROOT)).orElse(Pauses.EVERY_TENANT);
        long changed = directions(call.required("direction", "to-servicenow, to-portal or both")).stream()
                .filter(direction -> change.test(new Pause(direction, tenant, clock.instant(), by, reason)))
                .count();
        return answer(Json.MAPPER.createObjectNode().put("changed", changed));
    }

    private static List<Direction> directions(String word) {
        List<Direction> named = Arrays.stream(Direction.values())
                .filter(direction -> word.equals(BOTH) || direction.label().equals(word))
                .toList();
        if (named.isEmpty()) {
            throw Refusal.badRequest("direction=" + word + " is not known; expected "
                    + Arrays.stream(Direction.values()).map(Direction::label).collect(Collectors.joining(", "))
                    + " or " + BOTH);
        }
        return named;
    }

    /** With what is paused now. */
    private Answer answer(ObjectNode answer) {
        ArrayNode rows = answer.putArray("pauses");
        for (Pause pause : pauses.list()) {
            rows.addObject()
                    .put("direction", pause.direction().label())
                    .put("tenant", pause.tenant())
                    .put("since", pause.since().toString())
                    .put("by", pause.by())
                    .put("reason", pause.reason());
        }
        return Answer.json(answer);
    }
}
