package io.roombridge.servicenow;

import io.roombridge.log.Recurring;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls one way: a free worker, the budget, the breaker, the credential, the wire, and a verdict on the answer.
 * Nothing is repeated here but a call whose token was refused, once and with a new token.
 *
 * <p>A write leaves within five seconds of being asked for or not at all, so that whoever decided it on fresh knowledge
 * may rely on that (shared design, section 3.3).
 */
final class Calls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private static final Duration WRITE_LEAVES_WITHIN = Duration.ofSeconds(5);
    private static final int NO_CONTENT = 204;
    private static final Duration FREE_WORKER_PAUSE = Duration.ofSeconds(1);

    private final Recurring troubles = new Recurring(LOG);
    private final InstanceSettings settings;
    private final InstantSource clock;
    private final Login login;
    private final Wire wire;
    private final RateGovernor governor;
    private final Breaker breaker;
    private final SharedLimits shared;
    private final boolean mayTry;
    private final Semaphore workers;
    private final CallListener listener;
    /** As the last answer left it: asking the governor could mean to wait for the store. */
    private volatile RateGovernor.Budget budget;

    private volatile Optional<Duration> ahead = Optional.empty();

    Calls(
            InstanceSettings settings,
            InstantSource clock,
            Login login,
            Wire wire,
            RateGovernor governor,
            Breaker breaker,
            int workers) {
        this(settings, clock, login, wire, governor, breaker, SharedLimits.NONE, true, workers, CallListener.NONE);
    }

    /** @param mayTry whether one of these calls may find out for all nodes whether the instance is back */
    Calls(
            InstanceSettings settings,
            InstantSource clock,
            Login login,
            Wire wire,
            RateGovernor governor,
            Breaker breaker,
            SharedLimits shared,
            boolean mayTry,
            int workers,
            CallListener listener) {
        this.listener = listener;
        this.settings = settings;
        this.clock = clock;
        this.login = login;
        this.wire = wire;
        this.governor = governor;
        this.budget = governor.budget();
        this.breaker = breaker;
        this.shared = shared;
        this.mayTry = mayTry;
        this.workers = new Semaphore(workers, true);
    }

    /** @throws ServiceNowFailure when the call failed, was not made, or did not answer with one record */
    Map<?, ?> record(Request request) {
        if (make(request).result() instanceof Map<?, ?> row) {
            return row;
        }
        throw ServiceNowFailure.unexpected(request.write(), "the answer is not a record");
    }

    /** @throws ServiceNowFailure when the call failed, was not made, or did not answer with a list of records */
    List<Map<?, ?>> records(Request request) {
        return list(request).records();
    }

    /** As {@link #records}, with what the answer says outside its body. */
    Listing list(Request request) {
        Answered answer = make(request);
        if (answer.result() instanceof Collection<?> rows) {
            List<Map<?, ?>> records = new ArrayList<>();
            rows.forEach(row -> records.add(row instanceof Map<?, ?> fields ? fields : Map.of()));
            return new Listing(records, answer.facts());
        }
        throw ServiceNowFailure.unexpected(false, "the answer is not a list of records");
    }

    /** @throws ServiceNowFailure when the call failed, was not made, or its content did not arrive whole */
    Received download(Request request) {
        if (make(request).result() instanceof Received received) {
            return received;
        }
        throw ServiceNowFailure.unexpected(false, "the answer is not a file");
    }

    /** @throws ServiceNowFailure when the call failed or was not made */
    void done(Request request) {
        make(request);
    }

    record Listing(List<Map<?, ?>> records, AnswerFacts facts) {}

    private record Answered(Object result, AnswerFacts facts) {}

    private Answered make(Request request) {
        if (request.write() && settings.readOnly()) {
            throw new IllegalStateException("a write to " + request.target() + " of " + settings.name()
                    + " in shadow mode is a defect of the bridge; nothing was sent");
        }
        Instant asked = clock.instant();
        takeWorker(request);
        try {
            admit();
            return made(request, asked);
        } catch (ServiceNowFailure reported) {
            throw reported;
        } catch (RuntimeException noReport) {
            // The limits are rows of a store that may be away: a breaker that waited for this report would wait for
            // ever.
            breaker.abandoned();
            throw noReport;
        } finally {
            workers.release();
        }
    }

    /** Why a call for this would not leave now; nothing is called, nothing is counted. */
    Optional<ServiceNowFailure> refusal(RateGovernor.Purpose purpose) {
        Instant now = clock.instant();
        return breaker.refusal(now)
                .or(() -> shared.refusal(now))
                .or(() -> governor.wait(purpose, now).map(Calls::overBudget));
    }

    private void admit() {
        breaker.admit(clock.instant()).ifPresent(refusal -> {
            throw refusal;
        });
        shared.admit(mayTry, clock.instant()).ifPresent(refusal -> {
            breaker.abandoned();
            throw refusal;
        });
    }

    @Override
    public void close() {
        wire.close();
    }

    private void takeWorker(Request request) {
        Duration patience = request.write() ? WRITE_LEAVES_WITHIN : settings.recordsTimeout();
        try {
            if (!workers.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ServiceNowFailure.notCalled(
                        Reason.NOT_EXECUTED, FREE_WORKER_PAUSE, "not called, all workers are busy with other calls");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceNowFailure.notCalled(
                    Reason.NOT_EXECUTED, Duration.ZERO, "not called, interrupted while waiting for a worker");
        }
    }

    /** The breaker waits for a report from here on, whatever happens. */
    private Answered made(Request request, Instant asked) {
        Breaker.Kind kind = request.write() ? Breaker.Kind.WRITE : Breaker.Kind.READ;
        long began = System.nanoTime();
        try {
            Wire.Answer answer = answer(request, asked);
            Object result = result(request, answer);
            tell(request, Optional.empty(), began);
            answered(kind);
            return new Answered(result, answer.facts());
        } catch (ServiceNowFailure failure) {
            tell(request, Optional.of(failure), began);
            throw report(failure, kind, request);
        } catch (RuntimeException bug) {
            abandoned();
            throw bug;
        }
    }

    private void tell(Request request, Optional<ServiceNowFailure> failure, long began) {
        if (failure.filter(Calls::neverSent).isEmpty()) {
            listener.called(
                    settings.name(),
                    request.purpose().name().toLowerCase(Locale.ROOT),
                    failure.map(ServiceNowFailure::reason),
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static boolean neverSent(ServiceNowFailure failure) {
        return failure.status() == 0
                && (failure.reason() == Reason.NOT_EXECUTED || failure.reason() == Reason.RATE_LIMITED);
    }

    /** How the instance stands, without asking it. */
    InstanceStanding standing() {
        Instant now = clock.instant();
        return new InstanceStanding(
                breaker.troubled().or(() -> shared.troubled(now)), budget.limit(), budget.used(), ahead);
    }

    private void abandoned() {
        breaker.abandoned();
        shared.abandoned(clock.instant());
    }

    private void answered(Breaker.Kind kind) {
        shared.answered(clock.instant());
        troubles.over();
        if (breaker.answered(kind)) {
            LOG.atInfo().addKeyValue("instance", settings.name()).log("The ServiceNow instance answers again");
        }
    }

    private Wire.Answer answer(Request request, Instant asked) {
        Wire.Answer first = sent(request, asked);
        return first.facts().status() == 401 && login.refused(first.authorization()) ? sent(request, asked) : first;
    }

    private Wire.Answer sent(Request request, Instant asked) {
        Authorization authorization = login.authorization();
        Instant now = clock.instant();
        if (request.write() && Duration.between(asked, now).compareTo(WRITE_LEAVES_WITHIN) > 0) {
            throw ServiceNowFailure.notCalled(
                    Reason.NOT_EXECUTED,
                    Duration.ZERO,
                    "not called, too much time passed since the write was asked for");
        }
        governor.admit(request.purpose(), shared, now).ifPresent(wait -> {
            throw overBudget(wait);
        });
        Wire.Answer answer = wire.send(request, authorization);
        Instant answered = clock.instant();
        governor.learn(answer.facts(), now, answered);
        budget = governor.budget();
        answer.facts().serverTime().ifPresent(theirs -> ahead = Optional.of(Duration.between(answered, theirs)));
        return answer;
    }

    private static ServiceNowFailure overBudget(Duration wait) {
        return ServiceNowFailure.notCalled(
                Reason.RATE_LIMITED, wait, "not called, what is left of this hour's budget is not for this call");
    }

    private static Object result(Request request, Wire.Answer answer) {
        if (answer.exception().isPresent()) {
            Exception thrown = answer.exception().get();
            if (thrown instanceof ServiceNowFailure whileReceiving) {
                throw whileReceiving;
            }
            Fault fault = Fault.of(thrown, answer.facts(), request.write());
            if (fault.shape() == Fault.Shape.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            throw Classifier.classify(fault, thrown);
        }
        if (answer.facts().status() == NO_CONTENT && request.body().isEmpty()) {
            return Map.of();
        }
        Map<?, ?> meta = answer.meta();
        if (!answer.hasResult() || meta.containsKey("error") || "failure".equals(meta.get("status"))) {
            throw Classifier.classify(Fault.ofSuccess(answer.facts(), meta, request.write()), null);
        }
        return answer.result();
    }

    private ServiceNowFailure report(ServiceNowFailure failure, Breaker.Kind kind, Request request) {
        boolean neverCalled = failure.status() == 0 && failure.reason() == Reason.NOT_EXECUTED;
        if (neverCalled || Thread.currentThread().isInterrupted()) {
            abandoned();
            return failure;
        }
        if (failure.permanent()) {
            answered(kind);
            return failure;
        }
        Instant now = clock.instant();
        int refusals = failure.reason() == Reason.UNAUTHORIZED ? shared.refusedLogins(now) : 0;
        if (refusals > 0) {
            breaker.refusedBefore(refusals - 1);
        }
        Optional<Duration> pause = breaker.failed(failure, kind, request.target(), now);
        if (failure.status() == 429) {
            pause = Optional.of(governor.refused(failure.retryAfter(), now));
        }
        pause.ifPresentOrElse(wait -> shared.pause(failure, wait, now), () -> shared.abandoned(now));
        pause.ifPresent(wait -> listener.paused(settings.name(), failure.reason(), wait));
        (pause.isPresent() ? troubles.failed(failure.reason().label()) : LOG.atDebug())
                .addKeyValue("instance", settings.name())
                .addKeyValue("reason", failure.reason().label())
                .addKeyValue("status", failure.status())
                .addKeyValue("ambiguous", failure.ambiguous())
                .addKeyValue("pause", pause.orElse(Duration.ZERO))
                .log("A ServiceNow call failed");
        return pause.map(failure::ofTheInstance).orElse(failure);
    }
}
