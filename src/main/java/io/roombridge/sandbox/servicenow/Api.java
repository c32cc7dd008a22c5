package io.roombridge.sandbox.servicenow;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a request goes: log in, then the rate rules, then the API that its path names. A refusal on the way becomes an
 * answer. Runs inside a transaction.
 */
final class Api {

    private final Login login;
    private final OAuth oauth;
    private final RateRules rates;
    private final TableApi table;
    private final AttachmentApi attachment;
    private final AggregateApi aggregate;
    private final BatchApi batch;
    private final DeskPage page;
    private final Switches switches;

    Api(Platform platform, RateRules rates) {
        Tokens tokens = platform.tokens;
        this.login = new Login(platform, tokens);
        this.oauth = new OAuth(platform, tokens);
        this.rates = rates;
        this.table = new TableApi(platform);
        this.attachment = new AttachmentApi(platform);
        this.aggregate = new AggregateApi(platform);
        this.batch = new BatchApi(platform.switches);
        this.page = new DeskPage(platform);
        this.switches = platform.switches;
    }

    /** Whose credentials a request carries, for the request log. */
    String claimedUser(Request request, Instant now) {
        return login.claimed(request, now);
    }

    Reply answer(Request request, Instant now) {
        return admit(request, now).apply(now);
    }

    /**
     * Logs in now and leaves the execution for the given time: what a late commit needs, whose token may have expired
     * by then.
     */
    Function<Instant, Reply> admit(Request request, Instant now) {
        try {
            if (!request.path().startsWith("/api/")) {
                return when -> outside(request, when);
            }
            User user = login.user(request, now);
            return when -> rates.apply(new Session(user, when), session -> served(overridden(request), session));
        } catch (ApiError error) {
            return when -> Reply.of(error);
        }
    }

    private Reply outside(Request request, Instant now) {
        return switch (request.path()) {
            case "/oauth_token.do" -> oauth.token(request, now);
            case "/oauth_revoke_token.do" -> oauth.revoke(request);
            default -> page.answer(request, now);
        };
    }

    private Reply served(Request request, Session session) {
        try {
            return dispatched(request, session);
        } catch (ApiError error) {
            return Reply.of(error);
        }
    }

    private Reply dispatched(Request request, Session session) {
        accept(request);
        Target target = Target.of(request.segments()).orElseThrow(ApiError::noResource);
        String host = switches.linkHost().map(URI::toString).orElse(request.base());
        return switch (target.api()) {
            case "table" -> table.answer(request, target, session, host);
            case "attachment" -> attachment.answer(request, target, session, host);
            case "stats" -> aggregate.answer(request, target, session);
            case "batch" -> batch.answer(request, inner -> served(inner, session));
            default -> throw ApiError.noResource();
        };
    }

    private static void accept(Request request) {
        Optional<String> accept = request.header("Accept");
        boolean acceptable = accept.isEmpty()
                || request.path().endsWith("/file")
                || List.of(accept.get().split(",")).stream()
                        .map(type -> type.split(";")[0].strip())
                        .anyMatch(type ->
                                type.equals("*/*") || type.equals("application/*") || type.equals("application/json"));
        if (!acceptable) {
            throw new ApiError(406, "Not acceptable", "the embedded ServiceNow answers application/json only");
        }
    }

    private static Request overridden(Request request) {
        return request.header("X-http-method-override")
                .filter(other -> request.method().equals("POST"))
                .map(request::as)
                .orElse(request);
    }
}
