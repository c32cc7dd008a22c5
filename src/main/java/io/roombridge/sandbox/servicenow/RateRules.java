package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Rate limit rules: requests per hour for a user, a role or all. A rule for the user wins over those for roles (the
 * lowest of them), these over the rule for all; the window is the hour of the server's clock (facts/servicenow.md §6).
 * Without a rule the answers carry no rate headers. Thread-safe.
 */
public final class RateRules {

    private record Rule(String sysId, String kind, String name, int perHour) {}

    private record Window(String rule, String user, Instant hour) {}

    private final Ids ids;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Window, Integer> used = new HashMap<>();

    RateRules(Ids ids) {
        this.ids = ids;
    }

    /** At most this many requests of this user in an hour. */
    public synchronized void limitUser(String userName, int perHour) {
        rules.add(new Rule(ids.sysId(), "user", userName, perHour));
    }

    /** At most this many requests in an hour for each user with this role. */
    public synchronized void limitRole(String role, int perHour) {
        rules.add(new Rule(ids.sysId(), "role", role, perHour));
    }

    /** At most this many requests in an hour for each user. */
    public synchronized void limitAll(int perHour) {
        rules.add(new Rule(ids.sysId(), "all", "", perHour));
    }

    /** Takes all rules away and forgets what was counted. */
    public synchronized void clear() {
        rules.clear();
        used.clear();
    }

    /** Counts the request; one over the limit is answered without being executed. */
    Reply apply(Session session, Function<Session, Reply> execute) {
        Optional<Rule> rule = ruleOf(session.user());
        if (rule.isEmpty()) {
            return execute.apply(session);
        }
        Instant hour = session.now().truncatedTo(ChronoUnit.HOURS);
        Instant reset = hour.plus(1, ChronoUnit.HOURS);
        boolean over = count(rule.get(), session.user(), hour) > rule.get().perHour();
        Reply reply = over ? denied(rule.get(), session.now(), reset) : execute.apply(session);
        return reply.with("X-RateLimit-Limit", String.valueOf(rule.get().perHour()))
                .with("X-RateLimit-Reset", String.valueOf(reset.getEpochSecond()))
                .with("X-RateLimit-Rule", rule.get().sysId());
    }

    private static Reply denied(Rule rule, Instant now, Instant reset) {
        ApiError error = new ApiError(
                429,
                "Rate limit exceeded",
                "Rate limit of %d requests per hour for Table API exceeded".formatted(rule.perHour()));
        return Reply.of(error).with("Retry-After", String.valueOf(now.until(reset, ChronoUnit.SECONDS)));
    }

    private synchronized int count(Rule rule, User user, Instant hour) {
        used.keySet().removeIf(window -> window.hour().isBefore(hour));
        return used.merge(new Window(rule.sysId(), user.userName(), hour), 1, Integer::sum);
    }

    private synchronized Optional<Rule> ruleOf(User user) {
        Optional<Rule> own = lowest("user", user.userName()::equals);
        return own.or(() -> lowest("role", user.roles()::contains)).or(() -> lowest("all", name -> true));
    }

    private Optional<Rule> lowest(String kind, Predicate<String> name) {
        return rules.stream()
                .filter(rule -> rule.kind().equals(kind) && name.test(rule.name()))
                .min(Comparator.comparingInt(Rule::perHour));
    }
}
