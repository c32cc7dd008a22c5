package io.roombridge.route;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Decides whether a change that failed is presented again or set aside. What the whole instance suffers is retried for
 * ever; what only this change meets while others succeed on the same instance becomes a dead letter after a number of
 * attempts or a time (design, section 3.1). A failure that is presented again leaves as the exception it is: the consumer
 * does the waiting.
 *
 * <p>Only the change's own failures count, in a row: an outage of the instance in between starts the count anew, so that
 * nothing is given up because of what everybody suffered.
 */
final class Patience {

    /** What passes by itself in a moment, and is nothing that the instance refuses. */
    private static final Set<Reason> SHORT = EnumSet.of(
            Reason.BUSY, Reason.AMBIGUOUS, Reason.STORE_UNAVAILABLE, Reason.NO_LONGER_OURS, Reason.RECORD_GONE);

    private final int attempts;
    private final Duration within;
    private final Clock clock;
    private final Clock machine;
    private final Map<ChangeId, Failures> failing = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastWrite = new ConcurrentHashMap<>();

    /** A change's own failures in a row. */
    private record Failures(int count, Instant firstAt) {}

    Patience(int attempts, Duration within, Clock clock, Clock machine) {
        this.attempts = attempts;
        this.within = within;
        this.clock = clock;
        this.machine = machine;
    }

    /** A change went through, and wrote something to the instance: others do succeed there. */
    void wrote(String instance) {
        lastWrite.put(instance, machine.instant());
    }

    /**
     * Takes a step with a change.
     *
     * @return what the step returns, or the change set aside as a dead letter
     * @throws RuntimeException the step's own, when the change is to be presented again
     */
    Passage with(Passage passage, UnaryOperator<Passage> step) {
        ChangeId change = passage.change().id();
        try {
            Passage after = step.apply(passage);
            failing.remove(change);
            return after;
        } catch (VersionMoved busy) {
            // Another step of the ticket was quicker, which is nobody's failure.
            throw new RetryLater(Reason.BUSY, Scope.INSTANCE, Duration.ZERO, busy.getMessage(), busy);
        } catch (RuntimeException failure) {
            if (mustNotWait(passage, failure)) {
                return park(passage, (RetryLater) failure);
            }
            if (exhausted(passage, failure)) {
                failing.remove(change);
                return setAside(passage, failure);
            }
            throw failure;
        }
    }

    /** Its instance does not take it now, and holds more than its half of the window: others would wait behind it. */
    private static boolean mustNotWait(Passage passage, RuntimeException failure) {
        return passage.attempt().crowded()
                && passage.change().ticketId().isPresent()
                && failure instanceof RetryLater later
                && !SHORT.contains(later.reason());
    }

    /** Taken up again when the instance answers; what comes after it in its ticket is parked behind it (Admit). */
    private Passage park(Passage passage, RetryLater why) {
        failing.remove(passage.change().id());
        String detail = Reason.INSTANCE_AWAY.meaning() + ": " + why.getMessage();
        return passage.done(Done.without(new Outcome.Parked(Reason.INSTANCE_AWAY))
                .keeping(letter(passage, DeadLetter.State.PARKED, Reason.INSTANCE_AWAY, detail)));
    }

    private boolean exhausted(Passage passage, RuntimeException failure) {
        ChangeId change = passage.change().id();
        if (failure instanceof RetryLater later && later.scope() == Scope.INSTANCE) {
            if (later.reason() != Reason.BUSY) {
                failing.remove(change);
            }
            return false;
        }
        Failures failures = failing.merge(
                change,
                new Failures(1, machine.instant()),
                (known, one) -> new Failures(known.count() + 1, known.firstAt()));
        String instance = passage.desk().map(Desk::name).orElse("");
        // Whoever answers that a record is not there is not away: that is the change's own, whatever others meet.
        boolean othersSucceed =
                isGone(failure) || lastWrite.getOrDefault(instance, Instant.MIN).isAfter(failures.firstAt());
        boolean longEnough = failures.count() >= attempts
                || machine.instant().isAfter(failures.firstAt().plus(within));
        return othersSucceed && longEnough;
    }

    private static boolean isGone(RuntimeException failure) {
        return failure instanceof RetryLater later && later.reason() == Reason.RECORD_GONE;
    }

    private Passage setAside(Passage passage, RuntimeException failure) {
        Outcome.Dead dead = verdict(failure);
        DeadLetter.State state = isGone(failure) ? DeadLetter.State.KEPT : DeadLetter.State.DEAD;
        return passage.done(Done.without(dead).keeping(letter(passage, state, dead.reason(), dead.detail())));
    }

    private DeadLetter letter(Passage passage, DeadLetter.State state, Reason reason, String detail) {
        Change change = passage.change();
        return new DeadLetter(
                change.tenant(),
                passage.desk().map(Desk::name).orElse(""),
                change.id(),
                change.ticketId(),
                DeadLetter.Kind.EVENT,
                Lanes.of(change),
                state,
                reason,
                detail,
                change.payload(),
                passage.attempt().number(),
                clock.instant());
    }

    /** An access rule keeps its name and the instance's own words: they say what has to be allowed. */
    private static Outcome.Dead verdict(RuntimeException failure) {
        if (failure instanceof RetryLater later && later.reason() == Reason.REFUSED_BY_ACL) {
            return new Outcome.Dead(later.reason(), later.detail());
        }
        return new Outcome.Dead(isGone(failure) ? Reason.RECORD_GONE : Reason.EXHAUSTED, failure.toString());
    }
}
