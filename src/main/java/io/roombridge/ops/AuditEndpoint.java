package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.roombridge.correlation.Audit;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Who or what changed how the bridge acts (docs/operations.md, "Audit"). */
public final class AuditEndpoint {

    /** {@code GET ?within=P30D&act=scope-changed}: the newest first, at most 1000. */
    public static final String PATH = "/api/v1/audit";

    private static final int MOST = 1000;

    private AuditEndpoint() {}

    static Endpoint of(Audit audit, Clock clock) {
        return Endpoint.get(PATH, call -> {
            Duration within = duration(call.value("within").orElse("P30D"));
            Optional<String> act = call.value("act").map(AuditEndpoint::act);
            ArrayNode rows = Json.MAPPER.createArrayNode();
            for (Audit.Entry entry : audit.since(clock.instant().minus(within), act, MOST)) {
                rows.addObject()
                        .put("at", entry.at().toString())
                        .put("by", entry.by())
                        .put("act", entry.act())
                        .put("subject", entry.subject())
                        .put("was", entry.was())
                        .put("became", entry.became())
                        .put("reason", entry.reason());
            }
            return Answer.json(rows);
        });
    }

    private static String act(String name) {
        if (!Audit.ACTS.contains(name)) {
            throw Refusal.badRequest("act=" + name + " is none of " + String.join(", ", Audit.ACTS));
        }
        return name;
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badRequest("within=" + text + " is no duration; it is written like P7D or PT12H");
        }
    }
}
