package io.roombridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roombridge.adoption.ByText;
import io.roombridge.adoption.Doubt;
import io.roombridge.adoption.ExportedTicket;
import io.roombridge.adoption.KnownTicket;
import io.roombridge.adoption.Match;
import io.roombridge.adoption.Match.Verdict;
import io.roombridge.adoption.Matching;
import io.roombridge.adoption.NativeIncident;
import io.roombridge.correlation.Adoption;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.correlation.Adoptions;
import io.roombridge.servicenow.NativeIncidents;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which incidents of another integration are whose, with what the portal's export says and what ServiceNow shows now,
 * and keeps the plan that {@link Adopt} carries out. Reads only, so it may be asked in shadow mode.
 */
public final class PlanAdoption {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Adoptions adoptions;
    private final Desks desks;
    private final Map<String, String> queries;
    private final boolean live;
    private final Clock clock;

    /**
     * @param queries for incidents that another integration made, by the instance's name
     * @param live whether the incidents of tickets are real; shadow mode only imagines them
     */
    public PlanAdoption(Adoptions adoptions, Desks desks, Map<String, String> queries, boolean live, Clock clock) {
        this.adoptions = adoptions;
        this.desks = desks;
        this.queries = Map.copyOf(queries);
        this.live = live;
        this.clock = clock;
    }

    /** What was asked for cannot be done; the message says what to do instead. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * The tenant that is meant.
     *
     * @throws Refused where none is named and tickets of several are known, or that one is not known and others are: a plan for
     *     nobody would keep no twin away
     */
    public String tenant(Optional<String> named) {
        List<String> known = adoptions.tenants();
        String tenant =
                named.map(name -> name.toLowerCase(Locale.ROOT)).orElseGet(() -> known.size() == 1 ? known.get(0) : "");
        if (tenant.isEmpty()) {
            throw new Refused("name the tenant with --tenant; tickets are known of "
                    + (known.isEmpty() ? "none yet" : String.join(", ", known)));
        }
        if (!known.isEmpty() && !known.contains(tenant)) {
            throw new Refused("no ticket of the tenant " + tenant + " is known; tickets are known of "
                    + String.join(", ", known) + ". Correct --tenant, or wait until the bridge has heard of it");
        }
        return tenant;
    }

    /** One match for each ticket of the export; changes nothing. */
    public List<Match> match(String tenant, List<ExportedTicket> tickets) {
        tickets.forEach(ticket -> requireNamed(ticket.id()));
        Desk desk = desk(tenant);
        Set<String> ids = tickets.stream().map(ExportedTicket::id).collect(Collectors.toSet());
        List<String> numbers = tickets.stream()
                .filter(ExportedTicket::open)
                .flatMap(ticket -> ticket.incident().stream())
                .toList();
        Map<String, List<NativeIncident>> byNumber = desk.gateway().natives().numbered(numbers).stream()
                .collect(Collectors.groupingBy(NativeIncident::number));
        Set<String> linked = adoptions.all().stream()
                .filter(row -> row.tenant().equals(tenant) && row.state() == State.LINKED)
                .map(Adoption::portalTicketId)
                .collect(Collectors.toSet());
        return new Matching(byNumber, known(tenant, desk, ids), byText(desk, tickets), linked).of(tickets);
    }

    private Matching.Candidates byText(Desk desk, List<ExportedTicket> tickets) {
        return Optional.ofNullable(queries.get(desk.name()))
                .<Matching.Candidates>map(query -> new ByText(whole(desk, query), tickets))
                .orElse(Matching.Candidates.NONE);
    }

    /** A part of them is no answer: the ticket of one that is not seen would get a twin. */
    private static List<NativeIncident> whole(Desk desk, String query) {
        List<NativeIncident> found = desk.gateway().natives().matching(query);
        if (found.size() > NativeIncidents.MOST) {
            throw new Refused("roombridge.instances." + desk.name() + ".adoption-query finds more than "
                    + NativeIncidents.MOST + " incidents; narrow it, for example with active=true");
        }
        return found;
    }

    /**
     * What the bridge itself knows to be open, in place of an export.
     *
     * @throws Refused where no query is configured, because nothing would come of it
     */
    public List<ExportedTicket> open(String tenant) {
        Desk desk = desk(tenant);
        if (!queries.containsKey(desk.name())) {
            throw new Refused("name the export's FILE, or set roombridge.instances." + desk.name() + ".adoption-query");
        }
        List<ExportedTicket> open = new ArrayList<>();
        adoptions.tickets(tenant, desk.name(), ticket -> {
            boolean named = ticket.portal().named();
            if (named && ticket.unhealthy() && !(live && ticket.current().isPresent())) {
                open.add(new ExportedTicket(
                        ticket.portal().portalTicketId(), true, Optional.empty(), room(ticket), signal(ticket)));
            }
        });
        return open;
    }

    /** The room's name as the portal told it last. */
    private static Optional<String> room(Ticket ticket) {
        try {
            JsonNode name = JSON.readTree(ticket.lastEvent()).at("/data/rooms/0/name");
            return Optional.of(name.asText("")).filter(text -> !text.isBlank());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> signal(Ticket ticket) {
        return ticket.key() instanceof TicketKey.RoomSignal key ? Optional.of(key.signal()) : Optional.empty();
    }

    /** Keeps what was matched; returns how many rows are new or changed. */
    public int plan(String tenant, List<Match> matches, String by, String reason) {
        Instant now = clock.instant();
        String instance = desk(tenant).name();
        List<Adoption> rows = matches.stream()
                .filter(match -> match.verdict() != Verdict.ALREADY)
                .map(match -> row(tenant, instance, match, by, reason, now))
                .toList();
        return adoptions.plan(rows, by, reason, now);
    }

    /**
     * A person says which incident is a ticket's.
     *
     * @throws Refused where even a person's word is not enough
     */
    public Adoption link(String tenant, String portalTicketId, String number, String by, String reason) {
        requireNamed(portalTicketId);
        Desk desk = desk(tenant);
        List<NativeIncident> found = desk.gateway().natives().numbered(List.of(number));
        if (found.size() != 1) {
            throw new Refused(number + ": " + (found.isEmpty() ? Doubt.NUMBER_UNKNOWN : Doubt.NUMBER_TWICE).meaning());
        }
        Optional<Adoption> before = row(tenant, portalTicketId);
        Optional<KnownTicket> known =
                Optional.ofNullable(known(tenant, desk, Set.of(portalTicketId)).get(portalTicketId));
        requireUndecided(before);
        Matching.objection(
                        found.get(0),
                        known.map(KnownTicket::id),
                        known.flatMap(KnownTicket::incident).isPresent())
                .ifPresent(doubt -> {
                    throw new Refused(number + " cannot be taken over: " + doubt.meaning());
                });
        Adoption base = before.orElseGet(() -> empty(tenant, desk.name(), portalTicketId));
        Adoption row = known.map(one -> base.of(one.id()))
                .orElse(base)
                .taking(found.get(0))
                .in(State.PLANNED, "decided by " + by)
                .decidedBy(by, reason, clock.instant());
        adoptions.decide(row, before, reason);
        return row;
    }

    /**
     * A person says that none is: the ticket gets a new incident when it needs one.
     *
     * @throws Refused when it is linked, or nothing was planned for it
     */
    public Adoption decline(String tenant, String portalTicketId, String by, String reason) {
        requireNamed(portalTicketId);
        Optional<Adoption> before = row(tenant, portalTicketId);
        requireUndecided(before);
        Adoption row = before.orElseThrow(() -> new Refused(
                        "nothing is planned for " + portalTicketId + " of " + tenant + "; adoptions lists what is"))
                .in(State.DECLINED, "decided by " + by)
                .decidedBy(by, reason, clock.instant());
        adoptions.decide(row, before, reason);
        return row;
    }

    /** What stands in place of an id is that of every ticket the portal has not named, and of none. */
    private static void requireNamed(String portalTicketId) {
        if (portalTicketId.equals(PortalTicket.NOT_NAMED)) {
            throw new Refused(portalTicketId + " is no ticket's id; it stands for every ticket that the portal has not"
                    + " named yet. Wait until it has, and use the id that the portal shows");
        }
    }

    private static void requireUndecided(Optional<Adoption> row) {
        row.filter(known -> known.state() == State.LINKED || known.state() == State.ROLLING_BACK)
                .ifPresent(known -> {
                    throw new Refused(
                            known.portalTicketId() + " is " + known.state().label() + " with "
                                    + known.number().orElse("") + "; adopt --rollback takes that back first");
                });
    }

    /**
     * Every linked incident goes back and nothing planned is linked: of one tenant or all, of one ticket or all; returns how many.
     *
     * @throws Refused where a ticket is named, and nothing of it can be taken back
     */
    public int rollBack(Optional<String> tenant, Optional<String> portalTicketId, String by, String reason) {
        Optional<String> only = tenant.map(name -> tenant(Optional.of(name)));
        portalTicketId.ifPresent(id -> requireKnown(only, id));
        return adoptions.rollBack(only, portalTicketId, live, new Adoptions.Decision(by, reason, clock.instant()));
    }

    private void requireKnown(Optional<String> tenant, String portalTicketId) {
        List<Adoption> known = adoptions.named(portalTicketId);
        boolean some = known.stream()
                .filter(row -> tenant.isEmpty() || tenant.get().equals(row.tenant()))
                .anyMatch(row -> row.state() == State.LINKED || row.state() == State.PLANNED);
        if (!some) {
            String states = known.stream()
                    .map(row -> "of " + row.tenant() + " it is " + row.state().label())
                    .collect(Collectors.joining(", "));
            throw new Refused(portalTicketId + " is neither planned nor linked"
                    + tenant.map(name -> " for " + name).orElse("") + "; "
                    + (states.isEmpty() ? "no plan names it; adoptions lists what is known" : states));
        }
    }

    public List<Adoption> all() {
        return adoptions.all();
    }

    private Optional<Adoption> row(String tenant, String portalTicketId) {
        return adoptions.named(portalTicketId).stream()
                .filter(row -> row.tenant().equals(tenant))
                .findFirst();
    }

    private Desk desk(String tenant) {
        return desks.serving(tenant)
                .orElseThrow(() -> new Refused(
                        "no instance serves tenant " + tenant + "; add it to roombridge.instances.NAME.tenants"));
    }

    private Map<String, KnownTicket> known(String tenant, Desk desk, Set<String> ids) {
        Map<String, KnownTicket> known = new HashMap<>();
        adoptions.tickets(tenant, desk.name(), ticket -> {
            String id = ticket.portal().portalTicketId();
            if (ticket.portal().named() && ids.contains(id)) {
                known.put(id, known(ticket));
            }
        });
        return known;
    }

    private KnownTicket known(Ticket ticket) {
        return new KnownTicket(ticket.id(), live ? ticket.current().map(Incident::sysId) : Optional.empty());
    }

    private static Adoption row(String tenant, String instance, Match match, String by, String reason, Instant now) {
        Adoption empty = empty(tenant, instance, match.ticket().id());
        return new Adoption(
                tenant,
                match.ticket().id(),
                instance,
                match.known(),
                match.incident().map(NativeIncident::sysId),
                match.incident().map(NativeIncident::number).or(match.ticket()::incident),
                state(match.verdict()),
                match.doubt(),
                match.why(),
                match.ticket().room().orElse(""),
                match.ticket().signal().orElse(""),
                match.incident().map(NativeIncident::correlationId).orElse(empty.formerId()),
                match.incident().map(NativeIncident::correlationDisplay).orElse(empty.formerDisplay()),
                false,
                by,
                reason,
                now);
    }

    private static Adoption empty(String tenant, String instance, String portalTicketId) {
        return new Adoption(
                tenant,
                portalTicketId,
                instance,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                State.UNCERTAIN,
                Optional.empty(),
                "",
                "",
                "",
                "",
                "",
                false,
                "",
                "",
                Instant.EPOCH);
    }

    private static State state(Verdict verdict) {
        return switch (verdict) {
            case CERTAIN -> State.PLANNED;
            case UNCERTAIN -> State.UNCERTAIN;
            case NOTHING, ALREADY -> State.DECLINED;
        };
    }
}
