package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code /oauth_token.do} and {@code /oauth_revoke_token.do} (facts/servicenow.md §5). */
final class OAuth {

    private final Tokens tokens;
    private final People people;
    private final Accounts accounts;
    private final Switches switches;

    OAuth(Platform platform, Tokens tokens) {
        this.tokens = tokens;
        this.people = platform.people;
        this.accounts = platform.accounts;
        this.switches = platform.switches;
    }

    Reply token(Request request, Instant now) {
        if (!request.method().equals("POST") || !request.mediaType().equals("application/x-www-form-urlencoded")) {
            return refused("server_error", "unspecified error");
        }
        QueryString form = QueryString.parse(request.text());
        String grant = form.first("grant_type").orElse("");
        if (!isKnownClient(request, form)) {
            return refused("invalid_client", "access_denied");
        }
        if (switches.disabledGrants().contains(grant)) {
            return refused("server_error", "access_denied");
        }
        String scope = switches.scopeRequired() ? form.first("scope").orElse("") : "useraccount";
        return granted(grant, form, scope, now)
                .map(token -> success(token, now))
                .orElseGet(() -> refused("server_error", "access_denied"));
    }

    Reply revoke(Request request) {
        request.query()
                .first("token")
                .or(() -> QueryString.parse(request.text()).first("token"))
                .ifPresent(tokens::revoke);
        return Reply.empty(200);
    }

    private Optional<Tokens.Token> granted(String grant, QueryString form, String scope, Instant now) {
        return switch (grant) {
            case "client_credentials" -> Optional.of(tokens.issue(Accounts.INTEGRATION_USER, scope, false, now));
            case "password" ->
                people.logIn(
                                form.first("username").orElse(""),
                                form.first("password").orElse(""))
                        .map(user -> tokens.issue(user.userName(), scope, true, now));
            case "refresh_token" -> tokens.renew(form.first("refresh_token").orElse(""), now);
            default -> Optional.empty();
        };
    }

    /** In the form, as documented, or in a basic header, as camel-servicenow sends it. */
    private boolean isKnownClient(Request request, QueryString form) {
        Optional<Accounts.Credentials> header = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
                .flatMap(value -> Login.decode(value.substring(6).strip()));
        Accounts.Credentials sent = header.orElseGet(() -> new Accounts.Credentials(
                form.first("client_id").orElse(""), form.first("client_secret").orElse("")));
        return sent.equals(accounts.oauthClient());
    }

    private static Reply success(Tokens.Token token, Instant now) {
        ObjectNode body = Json.object();
        body.put("access_token", token.access());
        if (!token.refresh().isEmpty()) {
            body.put("refresh_token", token.refresh());
        }
        body.put("scope", token.scope());
        body.put("token_type", "Bearer");
        body.put(
                "expires_in",
                Duration.between(now, token.accessEnds()).minusSeconds(1).toSeconds());
        return Reply.json(200, body);
    }

    private static Reply refused(String error, String description) {
        ObjectNode body = Json.object();
        body.put("error_description", description);
        body.put("error", error);
        return Reply.json(401, body);
    }
}
