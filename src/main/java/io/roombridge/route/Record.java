package io.roombridge.route;

import io.roombridge.correlation.ChangeRecord;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.correlation.ReplayResult;
import io.roombridge.correlation.TicketActivity;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.portal.Decoded;
import io.roombridge.privacy.Sensitive;
import io.roombridge.route.Outcomes.Side;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what became of an event: ticket, results of its writes, ledger, dead letter and history, as a whole. Runs after
 * the write, never before: a crash between the two repeats the event, and the open intent shows that the write may be
 * done. The other order would skip it, and lose the change.
 */
public final class Record {

    private static final Logger LOG = LoggerFactory.getLogger(Record.class);

    private final CorrelationStore store;
    private final Outcomes outcomes;
    private final MappingsInForce mappings;
    private final Patience patience;
    private final Clock clock;

    Record(CorrelationStore store, Outcomes outcomes, MappingsInForce mappings, Patience patience, Clock clock) {
        this.mappings = mappings;
        this.patience = patience;
        this.store = store;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    public Passage record(@Body Passage passage) {
        Done done = passage.done().orElseThrow();
        if (!settledBefore(passage, done)) {
            Map<String, Map<Sensitive, Integer>> withheld = withheld(passage, done);
            commit(passage, done, Withheld.said(withheld));
            outcomes.withheld(Side.PORTAL, Withheld.total(withheld));
            if (!ledgered(passage, done) && passage.replayed().isEmpty()) {
                outcomes.unledgered(done.outcome());
            }
            done.letter().ifPresent(Record::tell);
            if (!done.settled().isEmpty()) {
                passage.desk().map(Desk::name).ifPresent(patience::wrote);
            }
        }
        count(passage, done.outcome());
        return passage;
    }

    /** Whoever reads only the log learns that something waits for a person; what is parked behind it is no news. */
    private static void tell(DeadLetter letter) {
        if (letter.state() != DeadLetter.State.PARKED) {
            LOG.atWarn()
                    .addKeyValue("reason", letter.reason().label())
                    .addKeyValue("lane", letter.lane())
                    .addKeyValue("tenant", letter.tenant())
                    .addKeyValue("instance", letter.instance())
                    .addKeyValue("ticket", letter.ticket().map(TicketId::value).orElse("none"))
                    .addKeyValue("change", letter.change())
                    .log("a change was set aside; dead list shows it");
        }
    }

    /** Members of a batch that were settled by an earlier attempt of the same message. */
    private static boolean settledBefore(Passage passage, Done done) {
        return passage.attempt().number() > 1
                && passage.replayed().isEmpty()
                && done.outcome().reason() == Reason.SAME_EVENT;
    }

    private void count(Passage passage, Outcome outcome) {
        passage.attempt()
                .arrival()
                .ifPresentOrElse(
                        arrival -> outcomes.count(Side.PORTAL, arrival, outcome),
                        () -> outcomes.countReplay(Side.PORTAL, outcome));
    }

    private Map<String, Map<Sensitive, Integer>> withheld(Passage passage, Done done) {
        return passage.decoded() instanceof Decoded.Accepted accepted
                        && accepted.change().ticketId().isPresent()
                        && done.outcome() instanceof Outcome.Delivered
                ? mappings.of(accepted.change().tenant())
                        .withheld(accepted.change().payload())
                : Map.of();
    }

    private void commit(Passage passage, Done done, String withheld) {
        Commit commit = new Commit().settling(done.settled());
        done.ticket().ifPresent(commit::ticket);
        if (changesNothing(done)) {
            passage.known().ifPresent(commit::decidedOn);
        }
        done.letter().ifPresent(commit::deadLetter);
        passage.replayed().map(letter -> result(letter, done)).ifPresent(commit::replay);
        done.gathered().ifPresent(commit::gathering);
        commit.commands(done.commands()).files(done.files());
        if (ledgered(passage, done) && passage.decoded() instanceof Decoded.Accepted accepted) {
            Change change = accepted.change();
            commit.placing(change);
            commit.change(new ChangeRecord(
                    change.tenant(),
                    change.id(),
                    change.ticketId(),
                    change.kind().label(),
                    done.outcome(),
                    clock.instant()));
            change.ticketId().ifPresent(id -> commit.activities(activities(passage, done, change, id)));
            commit.history(List.of(new HistoryEntry(
                    change.at(),
                    change.id(),
                    change.kind().label(),
                    label(done.outcome()) + ": " + done.said() + withheld)));
        }
        try {
            store.commit(commit);
        } catch (VersionMoved e) {
            // Somebody else committed the ticket meanwhile. The event is decided anew; what it wrote is found by its
            // intent.
            store.commit(new Commit().settling(done.settled()));
            throw new RetryLater(Reason.BUSY, Scope.INSTANCE, Duration.ZERO, e.getMessage(), e);
        }
    }

    /** Whether the ledger gets a row of it; one of a copy is there already. */
    private static boolean ledgered(Passage passage, Done done) {
        return passage.decoded() instanceof Decoded.Accepted && done.outcome().reason() != Reason.SAME_EVENT;
    }

    /** A letter whose change is kept once more stays; one that goes on under another id is over. */
    private ReplayResult result(KeptLetter letter, Done done) {
        boolean keptAgain = done.letter()
                .filter(kept -> kept.change().equals(letter.letter().change()))
                .isPresent();
        String said = done.outcome() instanceof Outcome.Dead dead ? ": " + dead.detail() : "";
        return new ReplayResult(letter, !keptAgain, label(done.outcome()) + said, clock.instant());
    }

    /** Such an outcome rests on the ticket as it was read, and is lost if that was an old one. */
    private static boolean changesNothing(Done done) {
        return done.ticket().isEmpty()
                && done.settled().isEmpty()
                && done.letter().isEmpty()
                && done.outcome().reason() != Reason.SAME_EVENT;
    }

    private List<TicketActivity> activities(Passage passage, Done done, Change change, TicketId id) {
        String instance = passage.desk().map(Desk::name).orElse("");
        return PortalActivity.of(passage.known().filter(this::toldOf), done.ticket(), change, done.outcome()).stream()
                .map(fact -> new TicketActivity(change.tenant(), instance, id, fact, clock.instant()))
                .toList();
    }

    /**
     * Whether any change of the ticket was recorded. The row may be there without: an earlier attempt of its first change left
     * it with the intent of its write, and died or got no answer.
     */
    private boolean toldOf(Ticket known) {
        return known.appliedSequence().isPresent() || known.rebuilt().isPresent() || store.hasFacts(known);
    }

    private static String label(Outcome outcome) {
        return outcome.label() + " (" + outcome.reason().label() + ")";
    }
}
