package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ExpectedClosing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What closes soon, and the brake (docs/closing.md). */
public final class ClosingEndpoints {

    /** {@code GET ?within=P7D}: what is closed in this time, soonest first. */
    public static final String EXPECTED = "/api/v1/closing/expected";

    /** {@code POST {tenant, by, reason}}: a named person lets the brake go. */
    public static final String RELEASE = "/api/v1/closing/release";

    private final ClosingBook book;
    private final Clock clock;

    private ClosingEndpoints(ClosingBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    public static List<Endpoint> of(ClosingBook book, Clock clock) {
        ClosingEndpoints closing = new ClosingEndpoints(book, clock);
        return List.of(Endpoint.get(EXPECTED, closing::expected), Endpoint.post(RELEASE, closing::release));
    }

    private Answer expected(Call call) {
        Duration within = duration(call.value("within").orElse("P7D"));
        ArrayNode rows = Json.MAPPER.createArrayNode();
        for (ExpectedClosing row : book.expectedBefore(clock.instant().plus(within))) {
            rows.addObject()
                    .put("incident", row.number())
                    .put("tenant", row.tenant())
                    .put("ticket", row.ticket().value())
                    .put("closedFrom", moment(row.executeFrom()))
                    .put("dueAt", moment(row.dueAt()))
                    .put("countedFrom", moment(row.countFrom()))
                    .put("decision", row.decision())
                    .put("reason", row.reason());
        }
        return Answer.json(rows);
    }

    private Answer release(Call call) {
        String tenant =
                call.required("tenant", "the tenant, as its events name it").toLowerCase(Locale.ROOT);
        String by = call.required("by", "who takes the responsibility");
        String reason = call.required("reason", "why so many closings are right");
        List<String> known = book.tenants();
        if (!known.contains(tenant)) {
            throw Refusal.notFound("there is no ticket of tenant " + tenant + "; known are: "
                    + (known.isEmpty() ? "none yet" : String.join(", ", known)));
        }
        book.release(tenant, clock.instant(), by, reason);
        return Answer.json(Json.MAPPER.createObjectNode().put("tenant", tenant).put("releasedBy", by));
    }

    private static String moment(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badRequest("within=" + text + " is no duration; it is written like P7D or PT12H");
        }
    }
}
