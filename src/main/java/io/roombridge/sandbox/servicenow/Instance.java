package io.roombridge.sandbox.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a request: the fault it meets, the transaction in which it is executed, its line in the request log. */
final class Instance {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final Transactions transactions;
    private final Ids ids;
    private final Api api;
    private final Faults faults;
    private final RequestLog requests;
    private final AtomicLong sequence = new AtomicLong();

    Instance(Platform platform, Api api, Faults faults, RequestLog requests) {
        this.transactions = platform.transactions;
        this.ids = platform.ids;
        this.api = api;
        this.faults = faults;
        this.requests = requests;
    }

    long nextSequence() {
        return sequence.incrementAndGet();
    }

    String nextTransaction() {
        return ids.transaction();
    }

    Instant now() {
        return transactions.now();
    }

    Delivery serve(Request request) {
        Instant arrived = transactions.now();
        Optional<Fault> fault = faults.take(request);
        Delivery delivery = delivered(request, fault);
        requests.add(
                request,
                arrived,
                transactions.run(now -> api.claimedUser(request, now)),
                delivery.reply().map(Reply::status).orElse(0),
                fault);
        return delivery;
    }

    private Delivery delivered(Request request, Optional<Fault> fault) {
        Supplier<Reply> execute = () -> transactions.run(now -> guarded(request, () -> api.answer(request, now)));
        return fault.map(met -> met.meet(execute, delay -> executeLater(request, delay)))
                .orElseGet(() -> Delivery.of(execute.get()));
    }

    private void executeLater(Request request, Duration delay) {
        transactions.run(now -> {
            Function<Instant, Reply> admitted = api.admit(request, now);
            transactions.at(now.plus(delay), when -> guarded(request, () -> admitted.apply(when)));
            return now;
        });
    }

    /** A bug of the sandbox becomes the answer that an instance gives for one of its own. */
    private static Reply guarded(Request request, Supplier<Reply> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", request.path())
                    .setCause(e)
                    .log("the embedded ServiceNow failed");
            return Reply.of(new ApiError(500, "Internal error of the embedded ServiceNow", e.toString()));
        }
    }
}
