package io.roombridge.route;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Decides whether a change that failed is presented again or set aside. What the whole instance suffers is retried for
 * ever; what only this change meets while others succeed becomes a dead letter after a number of attempts or a time
 * (design, section 3.1). A failure that is presented again leaves as the exception it is: the consumer does the waiting.
 */
final class Patience {

    private final int attempts;
    private final Duration within;
    private final Clock clock;
    private final Clock machine;
    private final AtomicReference<Instant> lastSuccess = new AtomicReference<>(Instant.MIN);

    Patience(int attempts, Duration within, Clock clock, Clock machine) {
        this.attempts = attempts;
        this.within = within;
        this.clock = clock;
        this.machine = machine;
    }

    /** A change went through: others do succeed. */
    void success() {
        lastSuccess.set(machine.instant());
    }

    /**
     * Takes a step with a change.
     *
     * @return what the step returns, or the change set aside as a dead letter
     * @throws RuntimeException the step's own, when the change is to be presented again
     */
    Passage with(Passage passage, UnaryOperator<Passage> step) {
        try {
            return step.apply(passage);
        } catch (RuntimeException failure) {
            if (exhausted(passage.attempt(), failure)) {
                return setAside(passage, failure);
            }
            throw failure;
        }
    }

    private boolean exhausted(Attempt attempt, RuntimeException failure) {
        boolean ofTheInstance = failure instanceof RetryLater later && later.scope() == Scope.INSTANCE;
        boolean othersSucceed = lastSuccess.get().isAfter(attempt.firstAt());
        boolean longEnough = attempt.number() >= attempts
                || machine.instant().isAfter(attempt.firstAt().plus(within));
        return !ofTheInstance && othersSucceed && longEnough;
    }

    private Passage setAside(Passage passage, RuntimeException failure) {
        Change change = passage.change();
        Outcome.Dead dead = new Outcome.Dead(Reason.EXHAUSTED, failure.toString());
        return passage.done(Done.without(dead)
                .keeping(new DeadLetter(
                        change.tenant(),
                        passage.desk().map(Desk::name).orElse(""),
                        change.id(),
                        change.ticketId(),
                        Lanes.of(change),
                        DeadLetter.State.DEAD,
                        dead.reason(),
                        dead.detail(),
                        change.payload(),
                        passage.attempt().number(),
                        clock.instant())));
    }
}
