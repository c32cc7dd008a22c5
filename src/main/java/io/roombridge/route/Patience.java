package io.roombridge.route;

import io.roombridge.correlation.ChangeRecord;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.portal.Decoded;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.time.Instant;
import org.apache.camel.Exchange;

/**
 * Decides whether an event that failed is presented again or has to be set aside. What the whole instance suffers is
 * retried for ever; what only this event meets while others succeed becomes a dead letter after a number of attempts or
 * a time (design, section 3.1).
 *
 * <p>Called by the error handler of the hub's routes. It sets the variable {@code settled}: true when the event was kept
 * as a dead letter and counts as finished, false when the consumer is to present it again.
 */
public final class Patience {

    private static final String SETTLED = "settled";

    private final CorrelationStore store;
    private final Outcomes outcomes;
    private final int attempts;
    private final Duration within;
    private final Clock clock;
    private final Clock machine;
    private final AtomicReference<Instant> lastSuccess = new AtomicReference<>(Instant.MIN);

    public Patience(
            CorrelationStore store, Outcomes outcomes, int attempts, Duration within, Clock clock, Clock machine) {
        this.store = store;
        this.outcomes = outcomes;
        this.attempts = attempts;
        this.within = within;
        this.clock = clock;
        this.machine = machine;
    }

    /** Called by the route when an event was recorded: others do succeed. */
    public void success() {
        lastSuccess.set(machine.instant());
    }

    public void afterFailure(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        boolean setAside = exchange.getMessage().getBody() instanceof Passage passage
                && passage.decoded() instanceof Decoded.Accepted accepted
                && exhausted(passage.attempt(), failure)
                && setAside(passage, accepted.change(), failure);
        exchange.setVariable(SETTLED, setAside);
    }

    private boolean exhausted(Attempt attempt, Exception failure) {
        boolean ofTheInstance = failure instanceof RetryLater later && later.scope() == Scope.INSTANCE;
        boolean othersSucceed = lastSuccess.get().isAfter(attempt.firstAt());
        boolean longEnough = attempt.number() >= attempts
                || machine.instant().isAfter(attempt.firstAt().plus(within));
        return !ofTheInstance && othersSucceed && longEnough;
    }

    private boolean setAside(Passage passage, Change change, Exception failure) {
        Outcome.Dead dead = new Outcome.Dead(Reason.EXHAUSTED, String.valueOf(failure.getMessage()));
        String instance = passage.desk().map(Desk::name).orElse("");
        store.commit(new Commit()
                .change(new ChangeRecord(
                        change.tenant(), change.id(), change.ticketId(), change.kind().label(), dead, clock.instant()))
                .deadLetter(new DeadLetter(
                        change.tenant(), instance, change.id(), change.ticketId(), Lanes.of(change),
                        DeadLetter.State.DEAD, dead.reason(), dead.detail(), change.payload(),
                        passage.attempt().number(), clock.instant())));
        outcomes.count(dead);
        return true;
    }
}
