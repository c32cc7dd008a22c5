package io.roombridge.rebuild;

import io.roombridge.correlation.HeardEntry;
import io.roombridge.correlation.HeardEntry.Origin;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.Recreated;
import io.roombridge.mapping.MachineLine;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Rebuilt;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.Ticket.Condition;
import io.roombridge.ticket.TicketKey;
import io.roombridge.ticket.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One ticket, from the incidents that bear its id. Pure. */
public final class Recreate {

    private static final Incident.Baseline UNKNOWN = new Incident.Baseline("", "", "");

    /** A write and the note that goes with it bear the same second, or nearly. */
    private static final Duration SAME_WRITE = Duration.ofSeconds(2);

    private final String instance;
    private final String user;
    private final Predicate<String> quietCode;
    private final Horizon horizon;
    private final Map<Found, Memory> memories = new LinkedHashMap<>();
    private final List<Doubt> doubts = new ArrayList<>();

    /**
     * What became of the incidents of one correlation id.
     *
     * @param found empty when nothing can be recreated from them
     */
    public record Result(Optional<Recreated> found, List<Doubt> doubts) {

        public Result {
            doubts = List.copyOf(doubts);
        }
    }

    private Recreate(String instance, String user, Predicate<String> quietCode, Horizon horizon) {
        this.instance = instance;
        this.user = user;
        this.quietCode = quietCode;
        this.horizon = horizon;
    }

    /**
     * @param incidents all that bear one correlation id
     * @param known the ticket as the store has it, when an old backup is brought up to date
     * @param user the integration user's name
     * @param quietCode whether a close code asks for quiet
     */
    public static Result of(
            List<Found> incidents,
            Optional<Ticket> known,
            String instance,
            String user,
            Predicate<String> quietCode,
            Horizon horizon) {
        return new Recreate(instance, user, quietCode, horizon).result(incidents, known);
    }

    private Result result(List<Found> incidents, Optional<Ticket> known) {
        List<Found> ours = ours(incidents, known);
        Optional<Ticket> before = known.or(() -> ours.isEmpty() ? Optional.empty() : born(ours));
        if (ours.isEmpty() || before.isEmpty()) {
            return new Result(Optional.empty(), doubts);
        }
        Ticket ticket = ticket(before.get(), ours);
        List<Intent> written = new ArrayList<>();
        List<HeardEntry> heard = new ArrayList<>();
        List<Recreated.Carried> files = new ArrayList<>();
        for (Found found : ours) {
            written.addAll(memories.get(found).written(ticket, found.incident().sysId()));
            heard.addAll(heard(ticket, found));
            files.addAll(CarriedFiles.of(
                    ticket, found, user, horizon.notBefore(memories.get(found).begun())));
        }
        return new Result(Optional.of(new Recreated(ticket, written, heard, files)), doubts);
    }

    /** Oldest first, without what people copied. */
    private List<Found> ours(List<Found> incidents, Optional<Ticket> known) {
        List<Found> ours = new ArrayList<>();
        incidents.stream().sorted(Comparator.comparing(Recreate::createdOn)).forEach(found -> {
            Memory memory = Memory.of(found.journal(), user);
            boolean inChain = known.stream()
                    .flatMap(ticket -> ticket.chain().stream())
                    .anyMatch(
                            incident -> incident.sysId().equals(found.incident().sysId()));
            if (inChain || memory.wroteHere()) {
                memories.put(found, memory);
                ours.add(found);
            } else {
                doubts.add(Doubt.of(found, Doubt.Kind.NOT_OURS));
            }
        });
        List<Found> active = ours.stream().filter(Recreate::active).toList();
        if (active.size() > 1) {
            active.forEach(found -> doubts.add(Doubt.of(found, Doubt.Kind.TWO_ACTIVE)));
        }
        return ours;
    }

    /** The machine line counts only where its key hashes to the correlation id. */
    private Optional<Ticket> born(List<Found> ours) {
        IncidentRecord newest = ours.get(ours.size() - 1).incident();
        for (Found found : ours) {
            Optional<MachineLine> line = memories.get(found).machineLine();
            Optional<TicketKey> key = line.flatMap(read -> TicketKey.parse(read.key()))
                    .filter(parsed -> parsed.id().value().equals(newest.correlationId()));
            if (key.isPresent()) {
                return Optional.of(BornAgain.ticket(key.get(), line.get(), newest, instance, horizon));
            }
        }
        doubts.add(Doubt.of(ours.get(ours.size() - 1), Doubt.Kind.NO_MACHINE_LINE));
        return Optional.empty();
    }

    private Ticket ticket(Ticket before, List<Found> ours) {
        Ticket ticket = before;
        for (Found found : ours) {
            String sysId = found.incident().sysId();
            boolean known = ticket.chain().stream().anyMatch(one -> one.sysId().equals(sysId));
            ticket = known
                    ? ticket.withIncident(sysId, one -> upToDate(one, found))
                    : ticket.followedBy(incident(found, ticket.chain().size() + 1));
        }
        Found last = ours.get(ours.size() - 1);
        Ticket marked = before.version() == 0 ? condition(ticket, last).withEpisode(ours.size()) : ticket;
        return marked.withRebuilt(Optional.of(
                        new Rebuilt(horizon.now(), false, active(last) ? Optional.empty() : Optional.of(over(last)))))
                .appointed(Appointment.CATCH_UP, horizon.now());
    }

    /** What the portal was told of it is in the backup; a newer state of a person's is news. */
    private Incident upToDate(Incident known, Found found) {
        return !active(found) && ownEnd(found) ? known.withOwnState(state(found)) : known;
    }

    private Ticket condition(Ticket ticket, Found last) {
        if (active(last)) {
            return ticket;
        }
        if (ownEnd(last)) {
            return ticket.withCondition(Condition.HEALTHY, over(last));
        }
        return ticket.withQuietUntilHealthy(state(last) == IncidentState.RESOLVED
                && quietCode.test(last.incident().closeCode()));
    }

    private Incident incident(Found found, int episode) {
        IncidentRecord read = found.incident();
        return new Incident(
                read.sysId(),
                read.number(),
                state(found),
                episode,
                new ChangeId("/roombridge/rebuilt#" + read.sysId()),
                Optional.of(read.parent()).filter(parent -> !parent.isBlank()),
                UNKNOWN,
                told(found),
                horizon.now());
    }

    /** A link and an acknowledgement are told again under the same id; the end of an incident too. */
    private Told told(Found found) {
        IncidentState state = state(found);
        boolean linked = horizon.heard(found.incident().createdOn());
        if (state == IncidentState.ON_HOLD) {
            doubts.add(Doubt.of(found, Doubt.Kind.HOLD_UNTOLD));
        }
        boolean endIsNews = !state.active() && !ownEnd(found) && !horizon.heard(Optional.of(over(found)));
        Optional<String> reason =
                state == IncidentState.ON_HOLD ? Optional.of(found.incident().holdReason()) : Optional.empty();
        return new Told(linked, false, endIsNews ? IncidentState.NEW : state, reason);
    }

    private List<HeardEntry> heard(Ticket ticket, Found found) {
        Memory memory = memories.get(found);
        Horizon itsOwn = horizon.notBefore(memory.begun());
        List<HeardEntry> heard = new ArrayList<>();
        for (JournalEntry entry : found.journal()) {
            if (memory.own().contains(entry)) {
                heard.add(entry(ticket, entry, Origin.BRIDGE, new Outcome.Echo(Reason.OWN_WRITE)));
            } else if (itsOwn.heard(entry.createdOn())) {
                Outcome outcome = Memory.comment(entry)
                        ? new Outcome.Delivered(Reason.TOLD_PORTAL)
                        : new Outcome.Ignored(Reason.INTERNAL);
                heard.add(entry(ticket, entry, Origin.PERSON, outcome));
            }
        }
        return heard;
    }

    private HeardEntry entry(Ticket ticket, JournalEntry entry, Origin origin, Outcome outcome) {
        return new HeardEntry(
                instance,
                entry.sysId(),
                ticket.tenant(),
                ticket.id(),
                entry.incident(),
                Memory.comment(entry),
                entry.fromDisplay(),
                origin,
                outcome,
                entry.createdOn().orElse(horizon.now()),
                horizon.now());
    }

    /** Whether the bridge resolved it: its note bears the same second. */
    private boolean ownEnd(Found found) {
        Instant over = over(found);
        return memories.get(found).own().stream()
                .filter(entry -> !Memory.comment(entry))
                .flatMap(entry -> entry.createdOn().stream())
                .anyMatch(at -> Duration.between(at, over).abs().compareTo(SAME_WRITE) <= 0);
    }

    private Instant over(Found found) {
        IncidentRecord read = found.incident();
        return read.over().or(read::updatedOn).orElse(horizon.now());
    }

    private static boolean active(Found found) {
        return state(found).active();
    }

    private static IncidentState state(Found found) {
        return found.incident().state().orElse(IncidentState.IN_PROGRESS);
    }

    private static Instant createdOn(Found found) {
        return found.incident().createdOn().orElse(Instant.EPOCH);
    }
}
