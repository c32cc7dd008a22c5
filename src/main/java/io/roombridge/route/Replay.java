package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.correlation.DeadLetterBook;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.correlation.LookAgain;
import io.roombridge.correlation.ReplayResult;
import io.roombridge.portal.PortalEvents;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tries dead letters again that a person asked for, and takes up what was parked behind them, in the order in which they were
 * read. An event goes the same way as a live one, under its own id, so that a crash anywhere repeats it safely. New changes
 * of the lane are parked as long as a row is open; so none overtakes, and the transaction that settles the last row makes
 * the ticket live again. One process of a cluster does this at a time; should two, the ticket's version tells them apart.
 */
public final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int AT_A_TIME = 500;
    private static final long BEFORE_ALL = 0;
    private static final String GIVEN_BACK = "given back to its queue";
    private static final Optional<String> STRUCTURED = Optional.of("application/cloudevents+json");

    private final DeadLetterBook book;
    private final Duty duty;
    private final PortalEvents events;
    private final UnaryOperator<Passage> way;
    private final Neighbours neighbours;
    private final Desks desks;
    private final CorrelationStore store;
    private final Clock clock;
    private final Clock machine;

    /** @param way of an event: admit, deliver or state, record */
    Replay(
            DeadLetterBook book,
            Duty duty,
            PortalEvents events,
            UnaryOperator<Passage> way,
            Neighbours neighbours,
            Desks desks,
            CorrelationStore store,
            Clock clock,
            Clock machine) {
        this.book = book;
        this.duty = duty;
        this.events = events;
        this.way = way;
        this.neighbours = neighbours;
        this.desks = desks;
        this.store = store;
        this.clock = clock;
        this.machine = machine;
    }

    /** Called by the route {@code dead-letters}; returns how many letters were settled. */
    public int resume() {
        Set<String> waiting = new HashSet<>();
        int settled = 0;
        List<KeptLetter> some = book.due(BEFORE_ALL, AT_A_TIME);
        while (!some.isEmpty()) {
            for (KeptLetter due : some) {
                if (duty.fence().isEmpty()) {
                    return settled;
                }
                settled += settles(due, waiting) ? 1 : 0;
            }
            // Those that have to wait are due still, and must not hide the ones behind them.
            some = book.due(some.get(some.size() - 1).id(), AT_A_TIME);
        }
        return settled;
    }

    private boolean settles(KeptLetter due, Set<String> waiting) {
        String queue = queue(due.letter());
        if (waiting.contains(queue) || waitsForInstance(due.letter())) {
            return false;
        }
        Optional<State> became = tryAgain(due.id());
        if (became.filter(state -> !state.open() || state == State.KEPT).isEmpty()) {
            waiting.add(queue);
        }
        return became.filter(state -> !state.open()).isPresent();
    }

    /** An instance that is away would be asked once for each of its letters. */
    private boolean waitsForInstance(DeadLetter letter) {
        return desks.named(letter.instance()).filter(desk -> !desk.open()).isPresent();
    }

    /** What fails holds up its ticket; of a change without a ticket nobody can say what it belongs to but its tenant. */
    private static String queue(DeadLetter letter) {
        return letter.tenant() + "|" + letter.ticket().map(TicketId::value).orElse("") + "|"
                + (letter.ticket().isPresent() ? letter.instance() : "");
    }

    /** What the letter is afterwards; empty when it could not be tried now. */
    private Optional<State> tryAgain(long id) {
        try {
            // Read anew: a person may have dropped it since the list was made.
            book.find(id).filter(letter -> letter.letter().state().open()).ifPresent(this::carryOut);
            return Optional.of(state(id));
        } catch (RuntimeException later) {
            boolean busy = later instanceof RetryLater retry && retry.reason() == Reason.BUSY;
            LOG.atLevel(busy ? Level.DEBUG : Level.INFO)
                    .addKeyValue("letter", id)
                    .addKeyValue("why", later.getMessage())
                    .log("a dead letter is tried again later");
            return Optional.empty();
        }
    }

    private State state(long id) {
        return book.find(id).map(letter -> letter.letter().state()).orElse(State.DROPPED);
    }

    private void carryOut(KeptLetter letter) {
        switch (letter.letter().kind()) {
            case EVENT ->
                events.decode(letter.letter().payload().getBytes(StandardCharsets.UTF_8), STRUCTURED, Map.of())
                        .forEach(event -> way.apply(Passage.again(event, letter, machine.instant())));
            case RULE -> owed(letter);
            case ENTRY -> store.commit(shownAgain(letter));
            case NOTE, FILE, COMMAND -> store.commit(settled(letter, GIVEN_BACK));
            default -> throw new IllegalStateException("a letter that cannot be tried again: " + letter);
        }
    }

    /** Its incident is asked for by name; a state that the portal was not told is news again. */
    private Commit shownAgain(KeptLetter letter) {
        DeadLetter entry = letter.letter();
        String incident = Unheard.incidentOf(entry);
        Commit commit = settled(letter, GIVEN_BACK).looking(new LookAgain(entry.instance(), incident, clock.instant()));
        store.byIncident(entry.instance(), incident)
                .flatMap(ticket -> Unheard.untold(entry, incident, ticket))
                .ifPresent(commit::ticket);
        return commit;
    }

    /** What a rule owed to the ticket follows from the ticket as it is now; refused again, it is kept again. */
    private void owed(KeptLetter letter) {
        DeadLetter kept = letter.letter();
        Optional<Ticket> ticket = kept.ticket().flatMap(id -> store.ticket(kept.tenant(), kept.instance(), id));
        desks.named(kept.instance())
                .ifPresent(desk -> neighbours.release(desk, ticket.stream().toList()));
        book.find(letter.id())
                .filter(after -> after.askedAt().isPresent())
                .ifPresent(done -> store.commit(settled(done, "compared with the ticket as it is")));
    }

    private Commit settled(KeptLetter letter, String said) {
        return new Commit().replay(new ReplayResult(letter, true, said, clock.instant()));
    }
}
