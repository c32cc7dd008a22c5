package io.roombridge.adoption;

import io.roombridge.adoption.Match.Verdict;
import io.roombridge.ticket.TicketId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which incident is which ticket's. Certain is only what names each other alone: one ticket one incident, one incident one
 * ticket. Everything else waits for a person; nothing is guessed, because a wrong link mixes two stories for ever. Pure.
 */
public final class Matching {

    private final Map<String, List<NativeIncident>> byNumber;
    private final Map<String, KnownTicket> known;
    private final Candidates candidates;
    private final Set<String> linked;
    private final Map<String, Set<String>> claims = new HashMap<>();

    /** The incidents that may be a ticket's by their text. */
    @FunctionalInterface
    public interface Candidates {

        /** No query for them is configured. */
        Candidates NONE = ticket -> new ByText.Found(List.of(), true);

        ByText.Found of(ExportedTicket ticket);
    }

    /**
     * @param byNumber what ServiceNow has under the numbers of the export
     * @param known the bridge's tickets by the portal's id
     * @param linked the portal's ids of tickets that were taken over before
     */
    public Matching(
            Map<String, List<NativeIncident>> byNumber,
            Map<String, KnownTicket> known,
            Candidates candidates,
            Set<String> linked) {
        this.byNumber = byNumber;
        this.known = known;
        this.candidates = candidates;
        this.linked = linked;
    }

    /** One match for each portal ticket, in the order of the export. */
    public List<Match> of(List<ExportedTicket> tickets) {
        Map<String, List<ExportedTicket>> byId = new LinkedHashMap<>();
        tickets.forEach(ticket ->
                byId.computeIfAbsent(ticket.id(), id -> new ArrayList<>()).add(ticket));
        tickets.stream()
                .filter(ExportedTicket::open)
                .forEach(row -> row.incident()
                        .ifPresent(number -> claims.computeIfAbsent(number, unclaimed -> new HashSet<>())
                                .add(row.id())));
        return byId.values().stream().map(this::match).toList();
    }

    /** The portal repeats a ticket when its range of dates cuts its life: one open row is word enough. */
    private static boolean open(List<ExportedTicket> rows) {
        return rows.stream().anyMatch(ExportedTicket::open);
    }

    private Match match(List<ExportedTicket> rows) {
        ExportedTicket ticket =
                rows.stream().filter(ExportedTicket::open).findFirst().orElse(rows.get(0));
        if (linked.contains(ticket.id())) {
            return without(ticket, Verdict.ALREADY, "taken over before");
        }
        if (!open(rows)) {
            return without(ticket, Verdict.NOTHING, "resolved or closed in the portal");
        }
        List<String> numbers =
                rows.stream().flatMap(row -> row.incident().stream()).distinct().toList();
        if (numbers.size() > 1) {
            return doubt(ticket, Doubt.SEVERAL_INCIDENTS, Optional.empty(), String.join(", ", numbers));
        }
        return numbers.isEmpty() ? byText(ticket) : byNumber(ticket, numbers.get(0));
    }

    private Match byNumber(ExportedTicket ticket, String number) {
        List<NativeIncident> found = byNumber.getOrDefault(number, List.of());
        if (found.size() != 1) {
            return doubt(ticket, found.isEmpty() ? Doubt.NUMBER_UNKNOWN : Doubt.NUMBER_TWICE, Optional.empty(), number);
        }
        if (claims.get(number).size() > 1) {
            return doubt(ticket, Doubt.SEVERAL_TICKETS, Optional.of(found.get(0)), others(ticket, claims.get(number)));
        }
        return judged(ticket, found.get(0), "the export names " + number);
    }

    private Match byText(ExportedTicket ticket) {
        ByText.Found found = candidates.of(ticket);
        if (found.incidents().isEmpty()) {
            return without(ticket, Verdict.NOTHING, "no incident is named; it gets a new one");
        }
        NativeIncident first = found.incidents().get(0);
        return found.alone()
                ? judged(ticket, first, "the text of " + first.number() + " names it alone")
                : doubt(
                        ticket,
                        Doubt.BY_TEXT,
                        Optional.empty(),
                        found.incidents().stream().map(NativeIncident::number).collect(Collectors.joining(", ")));
    }

    private Match judged(ExportedTicket ticket, NativeIncident incident, String why) {
        Optional<KnownTicket> ours = Optional.ofNullable(known.get(ticket.id()));
        Optional<String> has = ours.flatMap(KnownTicket::incident);
        if (has.filter(incident.sysId()::equals).isPresent()) {
            return without(ticket, Verdict.ALREADY, incident.number() + " is the ticket's incident already");
        }
        return objection(incident, ours.map(KnownTicket::id), has.isPresent())
                .map(found -> doubt(ticket, found, Optional.of(incident), incident.number()))
                .orElseGet(() -> new Match(
                        ticket,
                        Verdict.CERTAIN,
                        Optional.empty(),
                        Optional.of(incident),
                        ours.map(KnownTicket::id),
                        why));
    }

    /**
     * What speaks against taking an incident over, as it stands now. Asked when it is planned, and again before it is linked.
     *
     * @param ticket whose it is to be, if the bridge knows it
     * @param hasOne whether that ticket has an incident already
     */
    public static Optional<Doubt> objection(NativeIncident incident, Optional<TicketId> ticket, boolean hasOne) {
        if (hasOne) {
            return Optional.of(Doubt.HAS_INCIDENT);
        }
        boolean free = incident.correlationId().isBlank()
                || ticket.filter(id -> id.value().equals(incident.correlationId()))
                        .isPresent();
        if (!free) {
            return Optional.of(
                    incident.correlationId().startsWith(TicketId.PREFIX) ? Doubt.OF_ANOTHER : Doubt.FOREIGN_ID);
        }
        return incident.over() ? Optional.of(Doubt.INCIDENT_OVER) : Optional.empty();
    }

    private Match doubt(ExportedTicket ticket, Doubt doubt, Optional<NativeIncident> incident, String detail) {
        return new Match(
                ticket,
                Verdict.UNCERTAIN,
                Optional.of(doubt),
                incident,
                Optional.ofNullable(known.get(ticket.id())).map(KnownTicket::id),
                doubt.meaning() + ": " + detail);
    }

    private Match without(ExportedTicket ticket, Verdict verdict, String why) {
        return new Match(
                ticket,
                verdict,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(known.get(ticket.id())).map(KnownTicket::id),
                why);
    }

    private static String others(ExportedTicket ticket, Set<String> ids) {
        return String.join(
                ", ",
                ids.stream().filter(id -> !id.equals(ticket.id())).sorted().toList());
    }
}
