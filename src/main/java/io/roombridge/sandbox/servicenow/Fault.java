package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A way in which a request goes wrong (facts/servicenow.md §1.8 and §6); switched on with {@link Faults}. */
public final class Fault {

    /** @param later executes the request once the server's clock has advanced by this much */
    record Meeting(Supplier<Reply> execute, Consumer<Duration> later) {}

    private interface Behaviour {
        Delivery meet(Meeting meeting);
    }

    private final String name;
    private final Behaviour behaviour;

    private Fault(String name, Behaviour behaviour) {
        this.name = name;
        this.behaviour = behaviour;
    }

    /** The connection is dropped and nothing was done. */
    public static Fault timeoutBeforeCommit() {
        return new Fault("timeout before commit", meeting -> Delivery.DROPPED);
    }

    /** The connection is dropped after everything was done. */
    public static Fault timeoutAfterCommit() {
        return new Fault("timeout after commit", meeting -> {
            meeting.execute().get();
            return Delivery.DROPPED;
        });
    }

    /**
     * The connection is dropped at once; the request is executed when the server's clock has advanced by this much.
     * Whoever looks at the instance afterwards, or {@link EmbeddedServiceNow#tick()}, sees it executed at that time.
     */
    public static Fault lateCommit(Duration after) {
        return new Fault("late commit", meeting -> {
            meeting.later().accept(after);
            return Delivery.DROPPED;
        });
    }

    /** The connection ends with a reset (RST) and nothing was done. */
    public static Fault connectionReset() {
        return new Fault("connection reset", meeting -> Delivery.RESET);
    }

    /** Executed and answered, but somebody else gets in before: what happens between a look and a write. */
    public static Fault meanwhile(Runnable other) {
        return new Fault("meanwhile", meeting -> {
            other.run();
            return new Delivery(Optional.of(meeting.execute().get()), Duration.ZERO, false);
        });
    }

    /** Executed, and something else happens before the answer is received. */
    public static Fault afterwards(Runnable other) {
        return new Fault("afterwards", meeting -> {
            Reply reply = meeting.execute().get();
            other.run();
            return Delivery.of(reply);
        });
    }

    /** Executed and answered, but the answer takes this much real time. */
    public static Fault slow(Duration delay) {
        return new Fault(
                "slow", meeting -> new Delivery(Optional.of(meeting.execute().get()), delay, false));
    }

    /** The queue of the session overflows: 202 without a body, and nothing was done. */
    public static Fault accepted() {
        return answer("202", Reply.empty(202));
    }

    /** A rate rule denies the request: 429 with JSON and the headers of the rule; nothing was done. */
    public static Fault rateLimited(Duration retryAfter) {
        ApiError error =
                new ApiError(429, "Rate limit exceeded", "Rate limit of 100 requests per hour for Table API exceeded");
        return answer(
                "429 with headers",
                Reply.of(error)
                        .with("Retry-After", String.valueOf(retryAfter.toSeconds()))
                        .with("X-RateLimit-Limit", "100")
                        .with("X-RateLimit-Reset", "0")
                        .with("X-RateLimit-Rule", "0".repeat(32)));
    }

    /** The queue of the semaphore is full: 429 without JSON and without headers; nothing was done. */
    public static Fault queueFull() {
        return answer("429 bare", Reply.html(429, "rejecting request"));
    }

    /** 401, as for a wrong password; does not count towards locking the account. */
    public static Fault unauthorized() {
        return answer("401", Reply.of(ApiError.notAuthenticated()));
    }

    /** 403 of the API level, which an instance also gives now and then while it switches nodes. */
    public static Fault apiLevelAcl() {
        return forbidden("User Not Authorized", "Failed API level ACL Validation");
    }

    /** 403 in these words. */
    public static Fault forbidden(String message, String detail) {
        return answer("403", Reply.of(new ApiError(403, message, detail)));
    }

    /** 500 of a transaction that ran out of its quota; nothing was done. */
    public static Fault maximumExecutionTime() {
        return answer(
                "500",
                Reply.of(new ApiError(
                        500,
                        "Transaction cancelled: maximum execution time exceeded",
                        "maximum execution time exceeded Check logs for error trace or enable"
                                + " glide.rest.debug property to verify REST request processing")));
    }

    /** An HTML page of a proxy, with 502 or 503 for example. */
    public static Fault htmlPage(int status) {
        return answer(
                status + " HTML",
                Reply.html(
                        status, "<html><head><title>" + status + "</title></head><body>Node restarting</body></html>"));
    }

    /** 200 with the page that says that the instance sleeps. */
    public static Fault hibernating() {
        return answer(
                "hibernating",
                Reply.html(
                        200,
                        "<html><head><title>Instance Hibernating page</title></head>"
                                + "<body>Your instance is hibernating.</body></html>"));
    }

    /** Executed, and the JSON of the answer breaks off in the middle. */
    public static Fault truncated() {
        return new Fault("truncated", meeting -> {
            Reply reply = meeting.execute().get();
            return Delivery.of(reply.withBody(reply.body().firstHalf()));
        });
    }

    /** Executed; the answer has a result and an error, with status 200, as when a transaction dies while streaming. */
    public static Fault resultThenError() {
        return new Fault("result then error", meeting -> {
            Reply reply = meeting.execute().get();
            if (!reply.isJson()) {
                return Delivery.of(reply);
            }
            ObjectNode body = Json.object();
            body.set("result", Json.parse(reply.text()).path("result"));
            body.putObject("error")
                    .put("message", "Transaction cancelled: maximum execution time exceeded")
                    .put("detail", "maximum execution time exceeded");
            body.put("status", "failure");
            return Delivery.of(Reply.json(200, body));
        });
    }

    /** Any other answer; nothing was done. */
    public static Fault answer(int status, String contentType, String body) {
        Reply reply = Reply.html(status, body);
        return answer(String.valueOf(status), new Reply(status, Map.of("Content-Type", contentType), reply.body()));
    }

    private static Fault answer(String name, Reply reply) {
        return new Fault(name, meeting -> Delivery.of(reply));
    }

    Delivery meet(Supplier<Reply> execute, Consumer<Duration> later) {
        return behaviour.meet(new Meeting(execute, later));
    }

    @Override
    public String toString() {
        return name;
    }
}
