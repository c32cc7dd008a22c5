package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.Mutes;
import io.roombridge.correlation.Mutes.Mute;
import io.roombridge.correlation.Mutes.Subject;
import io.roombridge.correlation.TicketBook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Quiet on demand, always with an end (docs/operations.md, "Mute"). */
public final class MuteEndpoints {

    /** {@code GET}: what is muted, until when, by whom and why. */
    public static final String LIST = "/api/v1/mutes";

    /** {@code POST {what, tenant, until, by, reason}}: a ticket, room or signal is silent until then. */
    public static final String MUTE = "/api/v1/mutes/mute";

    /** {@code POST {id, by, reason}}: it is heard again before its time. */
    public static final String UNMUTE = "/api/v1/mutes/unmute";

    private static final Duration LONGEST = Duration.ofDays(366);

    private final Mutes mutes;
    private final TicketBook tickets;
    private final Clock clock;

    private MuteEndpoints(Mutes mutes, TicketBook tickets, Clock clock) {
        this.mutes = mutes;
        this.tickets = tickets;
        this.clock = clock;
    }

    public static List<Endpoint> of(Mutes mutes, TicketBook tickets, Clock clock) {
        MuteEndpoints endpoints = new MuteEndpoints(mutes, tickets, clock);
        return List.of(
                Endpoint.get(LIST, call -> endpoints.list()),
                Endpoint.post(MUTE, endpoints::mute),
                Endpoint.post(UNMUTE, endpoints::unmute));
    }

    private Answer list() {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        mutes.holding(clock.instant()).forEach(mute -> rows.add(json(mute)));
        return Answer.json(rows);
    }

    private Answer mute(Call call) {
        Instant now = clock.instant();
        Mute mute = new Mute(
                0,
                subject(call),
                now,
                until(call.required("until", "when it ends: 2026-06-05T18:00:00Z, or PT4H from now"), now),
                call.required("by", "who takes the responsibility"),
                call.required("reason", "why; it is recorded"),
                Optional.empty());
        mutes.mute(mute);
        return Answer.json(json(mute));
    }

    private Answer unmute(Call call) {
        int id = call.number("id", 1, Integer.MAX_VALUE)
                .orElseThrow(() -> Refusal.badRequest("\"id\" is missing: the number that mutes shows"));
        String by = call.required("by", "who takes the responsibility");
        return mutes.unmute(id, by, call.required("reason", "why; it is recorded"), clock.instant())
                .map(mute -> Answer.json(json(mute)))
                .orElseThrow(() -> Refusal.notFound("no mute " + id + " holds; mutes shows those that do"));
    }

    /** A ticket before a room or signal; what several tenants have, only with the tenant. */
    private Subject subject(Call call) {
        String what = call.required("what", "a ticket (its id, key or incident), a room id or a signal");
        List<Subject> ofTickets =
                tickets.named(what).stream().map(Mutes::subject).toList();
        List<Subject> found = (ofTickets.isEmpty() ? mutes.named(what) : ofTickets)
                .stream()
                        .filter(one -> call.text("tenant")
                                .map(one.tenant()::equalsIgnoreCase)
                                .orElse(true))
                        .distinct()
                        .toList();
        if (found.isEmpty()) {
            throw Refusal.notFound("no ticket, room or signal " + what + " is known; a ticket is named by its id, its"
                    + " key or an incident, a room by its id in the portal, a signal by its name");
        }
        if (found.size() > 1) {
            throw Refusal.badRequest(what + " is more than one thing: "
                    + found.stream()
                            .map(one -> one.what() + " of tenant " + one.tenant())
                            .collect(Collectors.joining(", "))
                    + "; name the tenant, or the ticket");
        }
        return found.get(0);
    }

    private static Instant until(String text, Instant now) {
        try {
            Instant until = text.startsWith("P") ? now.plus(Duration.parse(text)) : Instant.parse(text);
            if (until.isAfter(now) && until.isBefore(now.plus(LONGEST))) {
                return until;
            }
        } catch (DateTimeParseException e) {
            throw Refusal.badRequest("until=" + text + " is no time; it is written like 2026-06-05T18:00:00Z, or PT4H");
        }
        throw Refusal.badRequest("until=" + text + " is over, or more than a year away");
    }

    private static ObjectNode json(Mute mute) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", mute.id())
                .put("what", mute.of().what())
                .put("tenant", mute.of().tenant())
                .put("since", mute.since().toString())
                .put("until", mute.until().toString())
                .put("by", mute.by())
                .put("reason", mute.reason());
    }
}
