package io.roombridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Who a request comes from: basic authentication, a bearer token, or an API key. */
final class Login {

    private final People people;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Switches switches;

    Login(Platform platform, Tokens tokens) {
        this.people = platform.people;
        this.accounts = platform.accounts;
        this.tokens = tokens;
        this.switches = platform.switches;
    }

    /** @throws ApiError 401, or 403 for a user or a token that may not use the API at all */
    User user(Request request, Instant now) {
        User user = authenticated(request, now).orElseThrow(ApiError::notAuthenticated);
        if (!user.has(User.REST_API) && !user.has(User.ITIL)) {
            throw ApiError.notAuthorized("Failed API level ACL Validation");
        }
        return user;
    }

    /** Whose credentials a request carries, right or wrong; empty without any. For the request log. */
    String claimed(Request request, Instant now) {
        String[] part = request.header("Authorization").orElse("").split(" ", 2);
        if (part.length < 2) {
            return request.header("x-sn-apikey").isPresent() ? Accounts.INTEGRATION_USER : "";
        }
        return decode(part[1].strip())
                .map(Accounts.Credentials::name)
                .or(() -> tokens.access(part[1].strip(), now).map(Tokens.Token::userName))
                .orElse("");
    }

    private Optional<User> authenticated(Request request, Instant now) {
        Optional<String> key = request.header("x-sn-apikey");
        if (key.isPresent()) {
            return key.filter(accounts.apiKey()::equals).flatMap(found -> people.user(Accounts.INTEGRATION_USER));
        }
        String authorization = request.header("Authorization").orElse("");
        String[] part = authorization.split(" ", 2);
        if (part.length < 2) {
            return Optional.empty();
        }
        return switch (part[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(part[1].strip());
            case "bearer" -> bearer(part[1].strip(), now);
            default -> Optional.empty();
        };
    }

    private Optional<User> basic(String encoded) {
        return decode(encoded)
                .flatMap(credentials -> people.logIn(credentials.name(), credentials.password()))
                .filter(user -> !switches.basicAuthGate() || user.has(User.BASIC_AUTH));
    }

    private Optional<User> bearer(String token, Instant now) {
        Optional<Tokens.Token> found = tokens.access(token, now);
        if (found.isPresent() && switches.scopeRequired() && found.get().scope().isEmpty()) {
            throw ApiError.notAuthorized("Access to unscoped api is not allowed");
        }
        return found.flatMap(valid -> people.user(valid.userName()));
    }

    static Optional<Accounts.Credentials> decode(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Accounts.Credentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
