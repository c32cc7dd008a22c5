package io.roombridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Every request that reached the instance, for assertions like "exactly one POST". It is complete before the client has
 * its answer. Keeps the newest 50,000; {@link #total()} counts all. Thread-safe.
 */
public final class RequestLog {

    private static final int KEPT = 50_000;
    private static final int BODY = 65_536;
    private static final Set<String> SECRET = Set.of("authorization", "x-sn-apikey", "cookie");

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long total;

    RequestLog() {}

    /** In the order of arrival. */
    public synchronized List<RecordedRequest> all() {
        return requests.stream()
                .sorted(Comparator.comparingLong(RecordedRequest::sequence))
                .toList();
    }

    public List<RecordedRequest> where(Predicate<RecordedRequest> condition) {
        return all().stream().filter(condition).toList();
    }

    /** What may have changed something. */
    public List<RecordedRequest> writes() {
        return where(RecordedRequest::isWrite);
    }

    /** The requests of the Table API to this table. */
    public List<RecordedRequest> to(String table) {
        return where(request -> request.isTo(table));
    }

    /** The requests of this user. */
    public List<RecordedRequest> by(String userName) {
        return where(request -> request.user().equals(userName));
    }

    /** How many there were since the start or the last {@link #clear()}. */
    public synchronized long total() {
        return total;
    }

    public synchronized void clear() {
        requests.clear();
        total = 0;
    }

    synchronized void add(Request request, Instant time, String user, int status, Optional<Fault> fault) {
        if (requests.size() == KEPT) {
            requests.removeFirst();
        }
        total++;
        requests.addLast(new RecordedRequest(
                request.sequence(),
                time,
                user,
                request.method(),
                request.path(),
                request.rawQuery(),
                Map.copyOf(request.query().asMap()),
                redacted(request.headers()),
                body(request),
                status,
                request.transaction(),
                fault.map(Fault::toString)));
    }

    private static Map<String, String> redacted(Map<String, String> headers) {
        Map<String, String> redacted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(
                (name, value) -> redacted.put(name, SECRET.contains(name.toLowerCase(Locale.ROOT)) ? "***" : value));
        return redacted;
    }

    private static String body(Request request) {
        if (request.path().startsWith("/oauth")) {
            return "***";
        }
        if (request.body().file().isPresent()) {
            return "(a file)";
        }
        byte[] body = request.body().bytes();
        return new String(body, 0, Math.min(body.length, BODY), StandardCharsets.UTF_8);
    }
}
