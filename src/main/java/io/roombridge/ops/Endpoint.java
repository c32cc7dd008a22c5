package io.roombridge.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing the management API does.
 *
 * @param path segments, of which those in braces stand for any text: {@code /api/v1/dead-letters/{id}}
 * @param access who may ask, and who has to wait for whom
 * @param longestBody in bytes; what is longer is not read
 */
public record Endpoint(String method, String path, Access access, int longestBody, Handler handler) {

    /** A JSON object that says what is wanted is short. */
    static final int SHORT = 65_536;

    /** Who may ask, and who has to wait for whom. */
    public enum Access {
        /** With the token. */
        TOKEN,
        /** Without: health and metrics, for probes that can have none. They wait for no request with a token. */
        OPEN,
        /** Without, and answered by the thread that reads: the answer waits for nothing, and nothing makes it wait. */
        AT_ONCE
    }

    /** Answers a request, or refuses it by a {@link Refusal}. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(Call call);
    }

    public static Endpoint get(String path, Handler handler) {
        return new Endpoint("GET", path, Access.TOKEN, SHORT, handler);
    }

    public static Endpoint post(String path, Handler handler) {
        return new Endpoint("POST", path, Access.TOKEN, SHORT, handler);
    }

    /** As {@link #post}, of a body that may be this long; only who has the token can send it. */
    public static Endpoint post(String path, int longestBody, Handler handler) {
        return new Endpoint("POST", path, Access.TOKEN, longestBody, handler);
    }

    /** A GET that needs no token, and so must say nothing of tickets, rooms or people. */
    public static Endpoint open(String path, Handler handler) {
        return new Endpoint("GET", path, Access.OPEN, SHORT, handler);
    }

    /** As {@link #open}, of an answer that is short and known without asking anybody. */
    public static Endpoint atOnce(String path, Handler handler) {
        return new Endpoint("GET", path, Access.AT_ONCE, SHORT, handler);
    }

    /** What the variables of the path stand for, if the path is of this form. */
    Optional<Map<String, String>> matches(String asked) {
        List<String> mine = List.of(path.split("/", -1));
        List<String> theirs = List.of(asked.split("/", -1));
        if (mine.size() != theirs.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < mine.size(); i++) {
            String segment = mine.get(i);
            if (segment.startsWith("{")) {
                variables.put(segment.substring(1, segment.length() - 1), theirs.get(i));
            } else if (!segment.equals(theirs.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
