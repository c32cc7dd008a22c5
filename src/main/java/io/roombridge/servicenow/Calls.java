package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private final InstanceSettings settings;
    private final InstantSource clock;
    private final Login login;
    private final Wire wire;
    private final RateGovernor governor;
    private final Breaker breaker;
    private final Semaphore workers;

    Calls(
            InstanceSettings settings,
            InstantSource clock,
            Login login,
            Wire wire,
            RateGovernor governor,
            Breaker breaker) {
        this.settings = settings;
        this.clock = clock;
        this.login = login;
        this.wire = wire;
        this.governor = governor;
        this.breaker = breaker;
        this.workers = new Semaphore(settings.workers(), true);
    }

    /**
     * @return the result: a map for one record, a list of maps for many
     * @throws ServiceNowFailure when the call failed or was not made
     */
    Object make(Request request) {
        Instant asked = clock.instant();
        takeWorker(request);
        try {
            admit(request);
            return made(request, asked);
        } finally {
            workers.release();
        }
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
                        Reason.BUSY, Duration.ofSeconds(1), "not called, all workers are busy with other calls");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceNowFailure.notCalled(
                    Reason.NOT_EXECUTED, Duration.ZERO, "not called, interrupted while waiting for a worker");
        }
    }

    private void admit(Request request) {
        Instant now = clock.instant();
        governor.admit(request.purpose(), now).ifPresent(wait -> {
            throw ServiceNowFailure.notCalled(
                    Reason.RATE_LIMITED, wait, "not called, the budget of this hour is kept for more important calls");
        });
        breaker.admit(now).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** From here on the breaker waits for a report, whatever happens. */
    private Object made(Request request, Instant asked) {
        Breaker.Kind kind = request.write() ? Breaker.Kind.WRITE : Breaker.Kind.READ;
        boolean reported = false;
        try {
            Object result = result(request, answer(request, asked));
            breaker.answered(kind);
            reported = true;
            return result;
        } catch (ServiceNowFailure failure) {
            reported = true;
            throw report(failure, kind, request);
        } finally {
            if (!reported) {
                breaker.abandoned();
            }
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
                    Reason.BUSY, Duration.ZERO, "not called, too much time passed since the write was decided");
        }
        Wire.Answer answer = wire.send(request, authorization);
        governor.learn(answer.facts(), clock.instant());
        return answer;
    }

    private static Object result(Request request, Wire.Answer answer) {
        if (answer.exception().isPresent()) {
            Exception thrown = answer.exception().get();
            Fault fault = Fault.of(thrown, answer.facts(), request.write());
            if (fault.shape() == Fault.Shape.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            throw Classifier.classify(fault, thrown);
        }
        Map<?, ?> meta = answer.meta();
        if (!answer.hasResult() || meta.containsKey("error") || "failure".equals(meta.get("status"))) {
            throw Classifier.classify(Fault.ofSuccess(answer.facts(), meta, request.write()), null);
        }
        return answer.result();
    }

    private ServiceNowFailure report(ServiceNowFailure failure, Breaker.Kind kind, Request request) {
        if (Thread.currentThread().isInterrupted() || failure.reason() == Reason.BUSY) {
            breaker.abandoned();
            return failure;
        }
        if (failure.permanent()) {
            breaker.answered(kind);
            return failure;
        }
        Optional<Duration> open = breaker.failed(failure, kind, request.target(), clock.instant());
        LOG.atDebug()
                .addKeyValue("instance", settings.name())
                .addKeyValue("reason", failure.reason().label())
                .addKeyValue("status", failure.status())
                .addKeyValue("ambiguous", failure.ambiguous())
                .addKeyValue("breakerOpen", open.isPresent())
                .log("A ServiceNow call failed");
        return open.map(failure::ofTheInstance).orElse(failure);
    }
}
