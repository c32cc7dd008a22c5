package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Stops calling an instance that fails, and lets one call at a time find out whether it is back.
 *
 * <p>It opens after five faults in a row of one kind, reads and writes counted apart (an instance that still reads but
 * cannot write is down for the bridge), and only when they are the instance's: a fault that one record alone meets never
 * stops the others. Refused credentials stop all calls after two tries and allow one every 15 minutes, because about six
 * lock the account (facts/servicenow.md, section 5).
 *
 * <p>Pure: the time is an argument. One lock, held for arithmetic only. Each admitted call reports back exactly once.
 */
final class Breaker {

    private static final int FAULTS_IN_A_ROW = 5;
    private static final int LOGINS_IN_A_ROW = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOGINS = Duration.ofMinutes(15);
    private static final Duration PROBE_UNDER_WAY = Duration.ofSeconds(1);

    enum Kind {
        READ,
        WRITE
    }

    private final DoubleSupplier jitter;
    private final Map<Kind, Run> runs = new EnumMap<>(Map.of(Kind.READ, new Run(), Kind.WRITE, new Run()));

    private boolean open;
    private boolean probing;
    private Instant openUntil = Instant.MIN;
    private Reason why = Reason.UNAVAILABLE;
    private String detail = "";
    private int openings;
    private int refusedLogins;

    /** @param jitter numbers from 0 to 1, so that several bridges do not probe at the same moment */
    Breaker(DoubleSupplier jitter) {
        this.jitter = jitter;
    }

    /** Empty: call, and report back. Otherwise: the failure to throw instead of calling. */
    synchronized Optional<ServiceNowFailure> admit(Instant now) {
        Optional<ServiceNowFailure> refusal = refusal(now);
        probing |= open && refusal.isEmpty();
        return refusal;
    }

    /** What {@link #admit} would say now, without being a call. */
    synchronized Optional<ServiceNowFailure> refusal(Instant now) {
        if (!open) {
            return Optional.empty();
        }
        if (now.isBefore(openUntil)) {
            return Optional.of(refusal(Duration.between(now, openUntil)));
        }
        return probing ? Optional.of(refusal(PROBE_UNDER_WAY)) : Optional.empty();
    }

    /** Why it is open, also while one call finds out whether the instance is back. */
    synchronized Optional<Reason> troubled() {
        return open ? Optional.of(why) : Optional.empty();
    }

    /**
     * The instance answered as it should, be it with a refusal of this one call.
     *
     * @return whether that closed the breaker
     */
    synchronized boolean answered(Kind kind) {
        boolean closes = open;
        probing = false;
        open = false;
        refusedLogins = 0;
        runs.get(Kind.READ).end();
        if (kind == Kind.WRITE) {
            runs.get(Kind.WRITE).end();
        }
        if (runs.get(Kind.WRITE).faults == 0) {
            openings = 0;
        }
        return closes;
    }

    /** The call was not made after all. */
    synchronized void abandoned() {
        probing = false;
    }

    /**
     * The call failed.
     *
     * @param target what it was about
     * @return how long the breaker is open now; empty while it is closed
     */
    synchronized Optional<Duration> failed(ServiceNowFailure failure, Kind kind, String target, Instant now) {
        probing = false;
        if (failure.reason() == Reason.UNAUTHORIZED) {
            refusedLogins++;
            open(failure, refusedLogins < LOGINS_IN_A_ROW ? FIRST_PAUSE : BETWEEN_LOGINS, now);
        } else if (failure.reason() != Reason.RATE_LIMITED) {
            Run run = runs.get(kind);
            run.add(target, failure.scope().equals(Optional.of(Scope.INSTANCE)));
            boolean pausing = open && now.isBefore(openUntil);
            if (run.isTheInstances() && !pausing) {
                open(failure, backoff(), now);
            }
        }
        return open && now.isBefore(openUntil) ? Optional.of(Duration.between(now, openUntil)) : Optional.empty();
    }

    /**
     * So many logins in a row were refused before, by all nodes together. What this node counted itself stands: another
     * node with other credentials begins the common count anew.
     */
    synchronized void refusedBefore(int logins) {
        refusedLogins = Math.max(refusedLogins, logins);
    }

    private void open(ServiceNowFailure failure, Duration pause, Instant now) {
        Duration wait = pause.plusMillis((long) (pause.toMillis() * jitter.getAsDouble() / 4));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Instant until = now.plus(asked.compareTo(wait) > 0 ? asked : wait);
        openUntil = open && openUntil.isAfter(until) ? openUntil : until;
        open = true;
        why = failure.reason();
        detail = failure.detail();
    }

    private Duration backoff() {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(openings++, 10));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private ServiceNowFailure refusal(Duration wait) {
        return ServiceNowFailure.notCalled(why, wait, "not called, the last answer was: " + detail);
    }

    /** Faults in a row, and what they were about. */
    private static final class Run {
        private final Set<String> targets = new HashSet<>();
        private boolean instanceWide;
        private int faults;

        void add(String target, boolean ofTheInstance) {
            faults++;
            instanceWide |= ofTheInstance;
            if (targets.size() < 2) {
                targets.add(target);
            }
        }

        void end() {
            targets.clear();
            instanceWide = false;
            faults = 0;
        }

        boolean isTheInstances() {
            return faults >= FAULTS_IN_A_ROW && (instanceWide || targets.size() >= 2);
        }
    }
}
