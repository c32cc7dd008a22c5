package io.roombridge.sandbox.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a request: the fault it meets, the transaction in which it is executed, its line in the request log. */
final class Instance {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

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

    /** @param uri as it was sent, with or without scheme and host */
    Request request(String method, String uri, Map<String, String> headers, Content content, String scheme) {
        String target = uri.replaceFirst("^https?://[^/]+", "");
        int question = target.indexOf('?');
        String rawQuery = question < 0 ? "" : target.substring(question + 1);
        return new Request(
                sequence.incrementAndGet(),
                ids.transaction(),
                method,
                question < 0 ? target : target.substring(0, question),
                rawQuery,
                QueryString.parse(rawQuery),
                headers,
                content,
                scheme + headers.getOrDefault("Host", "127.0.0.1"));
    }

    /** What every answer of an instance carries (facts/servicenow.md §1.4), with the time of the injected clock. */
    Map<String, String> usualHeaders(String transaction, int status) {
        return Map.of(
                "Server", "ServiceNow",
                "Date", DATE.format(transactions.now().atOffset(ZoneOffset.UTC)),
                "X-Transaction-ID", transaction,
                "X-Is-Logged-In", String.valueOf(status != 401),
                "Server-Timing", "sem_wait;dur=0, sesh_wait;dur=0",
                "X-Content-Type-Options", "nosniff",
                "Pragma", "no-store,no-cache",
                "Cache-Control", "no-cache,no-store,must-revalidate,max-age=-1",
                "Expires", "0");
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
