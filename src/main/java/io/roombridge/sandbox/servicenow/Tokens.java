package io.roombridge.sandbox.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The OAuth tokens that were issued. Asking again while a token lives gives the same one with what is left of its life
 * (facts/servicenow.md §5). Guarded by the lock of {@link Transactions}.
 */
final class Tokens {

    /** A freshly issued token says 1799 seconds. */
    static final Duration ACCESS_LIFE = Duration.ofSeconds(1800);

    private static final Duration REFRESH_LIFE = Duration.ofDays(100);

    /** @param refresh empty for the grant client_credentials */
    record Token(
            String userName, String scope, String access, Instant accessEnds, String refresh, Instant refreshEnds) {
        private boolean isFor(String otherUser, String otherScope, boolean refreshable) {
            return userName.equals(otherUser) && scope.equals(otherScope) && refresh.isEmpty() != refreshable;
        }
    }

    private final Ids ids;
    private final List<Token> tokens = new ArrayList<>();

    Tokens(Ids ids) {
        this.ids = ids;
    }

    Token issue(String userName, String scope, boolean refreshable, Instant now) {
        forgetExpired(now);
        return tokens.stream()
                .filter(token -> token.isFor(userName, scope, refreshable))
                .filter(token -> token.accessEnds().isAfter(now))
                .findFirst()
                .orElseGet(() -> add(userName, scope, refreshable ? ids.secret(86) : "", now, now.plus(REFRESH_LIFE)));
    }

    /** A new access token for a refresh token, which itself stays as it is. */
    Optional<Token> renew(String refresh, Instant now) {
        forgetExpired(now);
        return tokens.stream()
                .filter(token -> !refresh.isEmpty() && token.refresh().equals(refresh))
                .findFirst()
                .map(token -> {
                    tokens.remove(token);
                    return add(token.userName(), token.scope(), refresh, now, token.refreshEnds());
                });
    }

    Optional<Token> access(String access, Instant now) {
        return tokens.stream()
                .filter(token -> token.access().equals(access))
                .filter(token -> token.accessEnds().isAfter(now))
                .findFirst();
    }

    void revoke(String value) {
        tokens.removeIf(token -> token.access().equals(value)
                || (!value.isEmpty() && token.refresh().equals(value)));
    }

    void revokeAll() {
        tokens.clear();
    }

    private Token add(String userName, String scope, String refresh, Instant now, Instant refreshEnds) {
        Token token = new Token(userName, scope, ids.secret(86), now.plus(ACCESS_LIFE), refresh, refreshEnds);
        tokens.add(token);
        return token;
    }

    private void forgetExpired(Instant now) {
        tokens.removeIf(token -> !token.accessEnds().isAfter(now)
                && (token.refresh().isEmpty() || !token.refreshEnds().isAfter(now)));
    }
}
