package io.roombridge.hooks;

import io.roombridge.config.HooksSettings.Takes;
import io.roombridge.ops.Head;
import io.roombridge.ops.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Tells who sends a request, by a bearer token. The Teams admin centre can set no header, so its secret may be the last part
 * of the path, as with every webhook of Teams itself. Not a parameter: a query is what logs and traces on the way show first.
 */
final class Sources {

    private final List<Source> all;

    Sources(List<Source> all) {
        this.all = List.copyOf(all);
    }

    /** The source whose secret the request bears; looks at every one, so that the time tells nothing. */
    Optional<Source> of(Head head) {
        Optional<String> inPath = secretInPath(head.path());
        Optional<Source> found = Optional.empty();
        for (Source source : all) {
            boolean named = inPath.filter(source.token()::is).isPresent() && source.takes() == Takes.TEAMS_ALERTS;
            if (source.token().admits(head.header("authorization")) || named) {
                found = Optional.of(source);
            }
        }
        return found;
    }

    private static Optional<String> secretInPath(String path) {
        String before = path(Takes.TEAMS_ALERTS) + "/";
        return path.startsWith(before) ? Optional.of(path.substring(before.length())) : Optional.empty();
    }

    /** @throws Refusal when the path is not where this source hands in; a secret in it is not repeated */
    static void requireOwnPath(Source source, Head head) {
        String own = path(source.takes());
        boolean right = head.path().equals(own)
                || (source.takes() == Takes.TEAMS_ALERTS
                        && secretInPath(head.path()).isPresent());
        if (!right) {
            throw Refusal.notFound("this source hands in at " + own);
        }
        if (!head.method().equals("POST")) {
            throw Refusal.method(own, List.of("POST"));
        }
    }

    private static String path(Takes takes) {
        return switch (takes) {
            case EVENTS -> "/hooks/events";
            case TEAMS_ALERTS -> "/hooks/teams-alerts";
        };
    }
}
