package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request as it came in, with what became of it. Secrets are left out.
 *
 * @param sequence grows with every request of this instance, in the order of arrival
 * @param time of the server's clock
 * @param user the user name of whoever logged in, or tried to; empty without credentials
 * @param path still percent-encoded
 * @param query the parameters, decoded
 * @param headers names in any case
 * @param body as text, cut after 64 KiB; the bytes of a file are not kept
 * @param status of the answer, 0 when the connection was dropped
 * @param transaction what the answer says in {@code X-Transaction-ID}
 * @param fault the name of the fault that the request met, if any
 */
public record RecordedRequest(
        long sequence,
        Instant time,
        String user,
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body,
        int status,
        String transaction,
        Optional<String> fault) {

    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** True for everything but reading, and for nothing outside the APIs (a request for a token is no write). */
    public boolean isWrite() {
        return path.startsWith("/api/") && WRITING.contains(method);
    }

    /** True when the request addresses this table over the Table API. */
    public boolean isTo(String table) {
        return path.matches("/api/now/(v\\d/)?table/" + table + "(/.*)?");
    }

    /** The first value of a parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }
}
