package io.roombridge.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * OAuth against the instance's own token endpoint (facts/servicenow.md, section 5), in place of the component's token
 * client, which knows the password grant only and stays broken after a refused refresh (facts/camel.md, section 1.2).
 *
 * <p>All callers share one token; the lock makes one of them fetch it while the others wait. A token is renewed shortly
 * before it expires. As the instance gives the same token again while it is alive, the margin shrinks with what is left.
 */
final class TokenLogin implements Login {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final long SHORTEST_LIFE_SECONDS = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstanceSettings settings;
    private final URI endpoint;
    private final HttpClient http;
    private final InstantSource clock;

    private Optional<Token> token = Optional.empty();

    TokenLogin(InstanceSettings settings, HttpClient http, InstantSource clock) {
        this.settings = settings;
        this.endpoint = settings.baseUrl().resolve("/oauth_token.do");
        this.http = http;
        this.clock = clock;
    }

    @Override
    public synchronized Authorization authorization() {
        if (token.filter(known -> clock.instant().isBefore(known.renewAt)).isEmpty()) {
            token = Optional.of(token.flatMap(this::refreshed).orElseGet(() -> fetch(grant())));
        }
        return token.orElseThrow().authorization;
    }

    @Override
    public synchronized boolean refused(Authorization used) {
        token = token.filter(known -> !known.authorization.equals(used));
        return true;
    }

    /** Empty when there is nothing to refresh with, or the instance no longer takes it: then a new login is due. */
    private Optional<Token> refreshed(Token old) {
        if (old.refreshToken.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", old.refreshToken);
        form.put("client_id", grant().get("client_id"));
        form.put("client_secret", grant().get("client_secret"));
        try {
            return Optional.of(fetch(form));
        } catch (ServiceNowFailure refused) {
            if (refused.reason() == Reason.UNAUTHORIZED) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Map<String, String> grant() {
        Map<String, String> form = new LinkedHashMap<>();
        String scope = "";
        if (settings.credentials() instanceof Credentials.Password password) {
            form.put("grant_type", "password");
            form.put("client_id", password.clientId());
            form.put("client_secret", password.clientSecret());
            form.put("username", password.user());
            form.put("password", password.password());
            scope = password.scope();
        } else if (settings.credentials() instanceof Credentials.ClientCredentials client) {
            form.put("grant_type", "client_credentials");
            form.put("client_id", client.clientId());
            form.put("client_secret", client.clientSecret());
            scope = client.scope();
        }
        if (!scope.isEmpty()) {
            form.put("scope", scope);
        }
        return form;
    }

    private Token fetch(Map<String, String> form) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build();
        HttpResponse<String> answer = send(request);
        AnswerFacts facts = AnswerFacts.of(answer.statusCode(), answer.headers().map());
        JsonNode body = json(answer.body());
        String accessToken = body.path("access_token").asText("");
        if (facts.status() != 200 || accessToken.isEmpty()) {
            throw refusal(facts, body);
        }
        Duration life = Duration.ofSeconds(
                Math.max(SHORTEST_LIFE_SECONDS, body.path("expires_in").asLong(1)));
        Duration half = life.dividedBy(2);
        Instant renewAt = clock.instant().plus(life).minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
        return new Token(
                Authorization.bearer(accessToken), body.path("refresh_token").asText(""), renewAt);
    }

    /** Bounded as a whole: the timeout of a request is over once the headers of its answer are there. */
    private HttpResponse<String> send(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, facts -> new ShortText());
        try {
            return answer.get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw noToken(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw noToken(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failure(Reason.NOT_EXECUTED, AnswerFacts.NONE, "interrupted while waiting for a token");
        }
    }

    private Duration patience() {
        Duration forACall = settings.recordsTimeout();
        return forACall.compareTo(ANSWER_TIMEOUT) < 0 ? forACall : ANSWER_TIMEOUT;
    }

    private ServiceNowFailure noToken(Throwable cause) {
        String words =
                cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
        return failure(Reason.UNAVAILABLE, AnswerFacts.NONE, "no token from " + endpoint + ": " + words);
    }

    private ServiceNowFailure refusal(AnswerFacts facts, JsonNode body) {
        if (facts.status() == 429) {
            return failure(Reason.RATE_LIMITED, facts, "the token endpoint refuses more requests");
        }
        if (body.path("error").isMissingNode() || facts.status() >= 500) {
            return failure(Reason.UNAVAILABLE, facts, "the token endpoint " + endpoint + " gave no token");
        }
        return failure(
                Reason.UNAUTHORIZED,
                facts,
                "the token endpoint says " + body.path("error").asText() + ": "
                        + body.path("error_description").asText("no description")
                        + "; check client id, secret and grant type of the OAuth registry entry");
    }

    private static ServiceNowFailure failure(Reason reason, AnswerFacts facts, String detail) {
        return new ServiceNowFailure(
                reason, Optional.of(Scope.INSTANCE), facts.status(), false, facts.retryAfter(), detail, null);
    }

    private static JsonNode json(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private record Token(Authorization authorization, String refreshToken, Instant renewAt) {
        @Override
        public String toString() {
            return "Token[renewAt=" + renewAt + "]";
        }
    }
}
