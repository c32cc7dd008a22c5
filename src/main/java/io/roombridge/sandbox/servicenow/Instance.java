package io.roombridge.sandbox.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a request: the fault it meets, the transaction in which it is executed, its line in the request log. */
final class Instance {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final Transactions transactions;
    private final Api api;
    private final Login login;
    private final Faults faults;
    private final RequestLog requests;
    private final Ids ids;
    private final AtomicLong sequence = new AtomicLong();

    Instance(Transactions transactions, Api api, Login login, Faults faults, RequestLog requests, Ids ids) {
        this.transactions = transactions;
        this.api = api;
        this.login = login;
        this.faults = faults;
        this.requests = requests;
        this.ids = ids;
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
                transactions.run(now -> login.claimed(request, now)),
                delivery.reply().map(Reply::status).orElse(0),
                fault);
        return delivery;
    }

    private Delivery delivered(Request request, Optional<Fault> fault) {
        Supplier<Reply> execute = () -> transactions.run(now -> executed(request, now));
        Consumer<Duration> later = delay -> transactions.run(now -> {
            var admitted = api.admit(request, now);
            transactions.at(now.plus(delay), admitted::apply);
            return now;
        });
        return fault.map(met -> met.meet(execute, later)).orElseGet(() -> Delivery.of(execute.get()));
    }

    /** A bug of the sandbox becomes the answer that an instance gives for one of its own. */
    private Reply executed(Request request, Instant now) {
        try {
            return api.answer(request, now);
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
