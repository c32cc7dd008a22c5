package io.roombridge.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.adoption.Doubt;
import io.roombridge.adoption.ExportedTicket;
import io.roombridge.adoption.Match;
import io.roombridge.correlation.Adoption;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.route.PlanAdoption;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Taking over incidents of another integration (docs/operations.md, "Taking over from the native integration"). */
public final class AdoptionEndpoints {

    /** {@code GET}: every ticket that was imported or decided about, and what became of it. */
    public static final String LIST = "/api/v1/adoptions";

    /**
     * {@code POST {tenant, dryRun, by, reason, tickets: [{id, incident, room, signal}]}}: the open tickets of the portal's
     * export are matched with the incidents; without {@code dryRun} the plan is kept. Without {@code tickets} those that the bridge knows
     * to be open.
     */
    public static final String IMPORT = "/api/v1/adoptions/import";

    /** {@code POST {tenant, ticket, incident, by, reason}}: that incident is the ticket's. */
    public static final String LINK = "/api/v1/adoptions/link";

    /** {@code POST {tenant, ticket, by, reason}}: none is; it gets a new one. */
    public static final String DECLINE = "/api/v1/adoptions/decline";

    /** {@code POST {tenant, ticket, by, reason}}: what is planned or linked is taken back; without {@code ticket} all of it. */
    public static final String ROLL_BACK = "/api/v1/adoptions/roll-back";

    /** 50,000 open tickets have some six megabytes in this form; those of a year that are closed are not sent. */
    static final int LONGEST_IMPORT = 16 << 20;

    private static final String BY = "who takes the responsibility";
    private static final String WHY = "why; it is recorded";
    private static final String TICKET = "the portal's id of the ticket";

    private final PlanAdoption plan;

    private AdoptionEndpoints(PlanAdoption plan) {
        this.plan = plan;
    }

    public static List<Endpoint> of(PlanAdoption plan) {
        AdoptionEndpoints endpoints = new AdoptionEndpoints(plan);
        return List.of(
                Endpoint.get(LIST, call -> endpoints.list()),
                Endpoint.post(IMPORT, LONGEST_IMPORT, carefully(endpoints::importTickets)),
                Endpoint.post(LINK, carefully(endpoints::link)),
                Endpoint.post(DECLINE, carefully(endpoints::decline)),
                Endpoint.post(ROLL_BACK, carefully(endpoints::rollBack)));
    }

    private static Endpoint.Handler carefully(Function<Call, Answer> step) {
        return call -> {
            try {
                return step.apply(call);
            } catch (PlanAdoption.Refused refused) {
                throw Refusal.badRequest(refused.getMessage());
            } catch (VersionMoved moved) {
                throw new Refusal(409, moved.getMessage() + "; look again: adoptions");
            } catch (ServiceNowFailure failure) {
                throw new Refusal(502, "ServiceNow does not tell: " + failure.detail());
            }
        };
    }

    private Answer list() {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        plan.all().forEach(row -> rows.add(json(row)));
        return Answer.json(rows);
    }

    private Answer importTickets(Call call) {
        boolean dryRun = call.body().path("dryRun").asBoolean();
        String by = dryRun ? "" : call.required("by", BY);
        String reason = dryRun ? "" : call.required("reason", WHY);
        String tenant = plan.tenant(call.text("tenant"));
        JsonNode named = call.body().path("tickets");
        List<Match> matches = plan.match(tenant, named.isMissingNode() ? plan.open(tenant) : tickets(named));
        ObjectNode answer = Json.MAPPER.createObjectNode().put("tenant", tenant).put("dryRun", dryRun);
        answer.put("changed", dryRun ? 0 : plan.plan(tenant, matches, by, reason));
        ArrayNode rows = answer.putArray("matches");
        matches.forEach(match -> rows.add(json(match)));
        return Answer.json(answer);
    }

    private static List<ExportedTicket> tickets(JsonNode list) {
        if (!list.isArray()) {
            throw Refusal.badRequest(
                    "\"tickets\" is no list: expected the open tickets of the export, each with its id");
        }
        List<ExportedTicket> tickets = new ArrayList<>();
        for (JsonNode ticket : list) {
            String id = text(ticket, "id").orElseThrow(() -> Refusal.badRequest("a ticket has no \"id\""));
            boolean open = ticket.path("open").asBoolean(true);
            tickets.add(new ExportedTicket(
                    id, open, text(ticket, "incident"), text(ticket, "room"), text(ticket, "signal")));
        }
        return tickets;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asText("").strip()).filter(text -> !text.isEmpty());
    }

    private Answer link(Call call) {
        return Answer.json(json(plan.link(
                plan.tenant(call.text("tenant")),
                call.required("ticket", TICKET),
                call.required("incident", "the number of its incident"),
                call.required("by", BY),
                call.required("reason", WHY))));
    }

    private Answer decline(Call call) {
        return Answer.json(json(plan.decline(
                plan.tenant(call.text("tenant")),
                call.required("ticket", TICKET),
                call.required("by", BY),
                call.required("reason", WHY))));
    }

    private Answer rollBack(Call call) {
        int count = plan.rollBack(
                call.text("tenant"), call.text("ticket"), call.required("by", BY), call.required("reason", WHY));
        return Answer.json(Json.MAPPER.createObjectNode().put("count", count));
    }

    private static ObjectNode json(Match match) {
        return Json.MAPPER
                .createObjectNode()
                .put("ticket", match.ticket().id())
                .put("room", match.ticket().room().orElse(""))
                .put("signal", match.ticket().signal().orElse(""))
                .put(
                        "incident",
                        match.incident()
                                .map(found -> found.number())
                                .or(match.ticket()::incident)
                                .orElse(""))
                .put("state", match.verdict().label())
                .put("doubt", match.doubt().map(Doubt::label).orElse(""))
                .put("why", match.why());
    }

    private static ObjectNode json(Adoption row) {
        return Json.MAPPER
                .createObjectNode()
                .put("tenant", row.tenant())
                .put("ticket", row.portalTicketId())
                .put("room", row.room())
                .put("signal", row.signal())
                .put("incident", row.number().orElse(""))
                .put("state", row.state().label())
                .put("doubt", row.doubt().map(Doubt::label).orElse(""))
                .put("why", row.detail())
                .put("known", row.ticket().isPresent())
                .put("by", row.by())
                .put("reason", row.reason())
                .put("at", row.at().toString());
    }
}
