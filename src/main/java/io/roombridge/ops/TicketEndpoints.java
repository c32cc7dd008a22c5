package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.correlation.TicketBook;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Everything that is known of a ticket, and why a change of it may not have arrived (docs/operations.md, "One ticket"). */
public final class TicketEndpoints {

    /** {@code GET ?name=INC…}: the number of an incident, a ticket id or a canonical key. */
    public static final String PATH = "/api/v1/tickets";

    private static final int LAST = 12;

    private final TicketBook book;

    private TicketEndpoints(TicketBook book) {
        this.book = book;
    }

    public static List<Endpoint> of(TicketBook book) {
        return List.of(Endpoint.get(PATH, new TicketEndpoints(book)::show));
    }

    private Answer show(Call call) {
        String name = call.value("name")
                .orElseThrow(() -> Refusal.badRequest("name is missing: the number of an incident, or a ticket id"));
        ArrayNode tickets = Json.MAPPER.createArrayNode();
        book.named(name).forEach(ticket -> tickets.add(json(ticket)));
        if (tickets.isEmpty()) {
            throw Refusal.notFound("the bridge has no ticket \"" + name
                    + "\"; expected the number of an incident that it made (INC…), or a ticket id (rb-…). A change that never"
                    + " became one may be a dead letter: dead list");
        }
        return Answer.json(tickets);
    }

    private ObjectNode json(Ticket ticket) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("ticket", ticket.id().value())
                .put("key", ticket.key().canonical())
                .put("tenant", ticket.tenant())
                .put("instance", ticket.instance())
                .put("condition", word(ticket.condition()))
                .put("since", ticket.conditionSince().toString())
                .put("portalState", ticket.portal().state().name().toLowerCase(Locale.ROOT))
                .put("episode", ticket.episode())
                .put("createdAt", ticket.createdAt().toString());
        ArrayNode incidents = node.putArray("incidents");
        ticket.chain().forEach(incident -> incidents.add(json(incident)));
        book.clock(ticket)
                .ifPresent(clock -> node.putObject("clock")
                        .put("decision", clock.decision())
                        .put("reason", clock.reason())
                        .put(
                                "countedFrom",
                                clock.countFrom().map(Instant::toString).orElse(""))
                        .put("dueAt", clock.dueAt().map(Instant::toString).orElse(""))
                        .put("warnedAt", clock.warnedAt().map(Instant::toString).orElse("")));
        waiting(ticket, node.putArray("waiting"));
        ArrayNode last = node.putArray("last");
        book.last(ticket, LAST)
                .forEach(entry -> last.addObject()
                        .put("at", entry.at().toString())
                        .put("what", entry.what())
                        .put("text", entry.text())
                        .put("change", entry.cause().value()));
        return node;
    }

    private static ObjectNode json(Incident incident) {
        return Json.MAPPER
                .createObjectNode()
                .put("number", incident.number())
                .put("state", word(incident.state()))
                .put("episode", incident.episode())
                .put("recordedAt", incident.recordedAt().toString());
    }

    /** Why something is not on the other side, each with what to do where a person can do something. */
    private void waiting(Ticket ticket, ArrayNode why) {
        book.letters(ticket).forEach(letter -> letter(letter, why));
        ticket.heldBack().ifPresent(reason -> say(why, "no incident", ticket.conditionSince(), meaning(reason)));
        ticket.silence()
                .ifPresent(silence -> say(why, "suppressed", silence.since(), "only people's messages are written"));
        ticket.outOfSightSince()
                .ifPresent(since ->
                        say(why, "out of sight", since, "the portal cannot see the device; its state is not known"));
        ticket.rebuilt().ifPresent(mark -> say(why, "rebuilt", mark.at(), meaning(Reason.CATCHING_UP)));
        book.writesInDoubt(ticket)
                .forEach(intent -> say(
                        why,
                        "write in doubt",
                        intent.openedAt(),
                        word(intent.kind()) + ": it is looked for before anything else is written"));
        book.untold(ticket)
                .forEach(command -> say(
                        why,
                        "not told",
                        command.decidedAt(),
                        command.name() + ": the hub has not accepted it, tried " + command.tries() + " times"));
        book.filesNotThere(ticket).forEach(file -> file(file, why));
        if (book.gathers(ticket)) {
            say(why, "gathered", ticket.portalAt(), "output of automation becomes one work note within two minutes");
        }
        ticket.appointments()
                .forEach((appointment, until) -> say(why, "waits", until, "until then for: " + appointment.label()));
    }

    private static void letter(KeptLetter letter, ArrayNode why) {
        say(
                why,
                letter.letter().state().label(),
                letter.letter().at(),
                letter.letter().reason().label() + ": " + letter.letter().detail() + " (dead show " + letter.id()
                        + ")");
    }

    private static void file(FileJob job, ArrayNode why) {
        String reason = job.reason().map(TicketEndpoints::meaning).orElse(job.detail());
        say(
                why,
                job.state() == FileJob.State.REFUSED ? "file refused" : "file",
                job.offer().at(),
                job.offer().name() + ", " + word(job.offer().direction()) + (reason.isEmpty() ? "" : ": " + reason));
    }

    private static void say(ArrayNode why, String what, Instant since, String text) {
        why.addObject().put("what", what).put("at", since.toString()).put("text", text);
    }

    private static String meaning(Reason reason) {
        return reason.label() + ": " + reason.meaning();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
