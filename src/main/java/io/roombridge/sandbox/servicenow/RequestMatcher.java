package io.roombridge.sandbox.servicenow;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which requests a fault is meant for. */
public final class RequestMatcher {

    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Predicate<Request> test;

    private RequestMatcher(Predicate<Request> test) {
        this.test = test;
    }

    public static RequestMatcher anything() {
        return new RequestMatcher(request -> true);
    }

    public static RequestMatcher method(String method) {
        return new RequestMatcher(request -> request.method().equals(method));
    }

    public static RequestMatcher path(String prefix) {
        return new RequestMatcher(request -> request.path().startsWith(prefix));
    }

    /** Requests of the Table API to this table, in any version of the API. */
    public static RequestMatcher table(String table) {
        return new RequestMatcher(request -> Target.of(request.segments())
                .filter(target -> target.api().equals("table"))
                .filter(target -> target.rest()
                        .subList(0, Math.min(1, target.rest().size()))
                        .equals(List.of(table)))
                .isPresent());
    }

    /** Requests of the Attachment API. */
    public static RequestMatcher attachments() {
        return new RequestMatcher(request -> Target.of(request.segments())
                .filter(target -> target.api().equals("attachment"))
                .isPresent());
    }

    /** Requests that may change something. */
    public static RequestMatcher writes() {
        return new RequestMatcher(request -> WRITING.contains(request.method()));
    }

    public static RequestMatcher bodyContains(String text) {
        return new RequestMatcher(request -> request.text().contains(text));
    }

    public RequestMatcher and(RequestMatcher other) {
        return new RequestMatcher(test.and(other.test));
    }

    boolean matches(Request request) {
        return test.test(request);
    }
}
