package io.roombridge.servicenow;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an answer says outside its body. The Camel component keeps all of it to itself (facts/servicenow.md, section 9.3).
 *
 * @param status the HTTP status; 0 when no answer came
 * @param retryAfter from {@code Retry-After}, as seconds or as a date against the server's own; at most an hour
 * @param hourlyLimit from {@code X-RateLimit-Limit}
 * @param windowEnd from {@code X-RateLimit-Reset}, by the server's clock
 * @param serverTime from {@code Date}
 * @param total from {@code X-Total-Count}: how many records match, those that this user may not read included
 */
record AnswerFacts(
        int status,
        boolean json,
        Optional<Duration> retryAfter,
        OptionalInt hourlyLimit,
        Optional<Instant> windowEnd,
        Optional<Instant> serverTime,
        OptionalInt total) {

    /** No answer came. */
    static final AnswerFacts NONE = new AnswerFacts(
            0, false, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    static AnswerFacts of(int status, Map<String, List<String>> headers) {
        Optional<Instant> serverTime = header(headers, "Date").flatMap(AnswerFacts::date);
        return new AnswerFacts(
                status,
                header(headers, "Content-Type")
                        .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                        .isPresent(),
                header(headers, "Retry-After").flatMap(value -> wait(value, serverTime)),
                count(headers, "X-RateLimit-Limit", 1),
                header(headers, "X-RateLimit-Reset")
                        .flatMap(AnswerFacts::number)
                        .map(Instant::ofEpochSecond),
                serverTime,
                count(headers, "X-Total-Count", 0));
    }

    /** How long the window of the rate limit still lasts, by the server's clock. */
    Optional<Duration> windowLeft(Instant now) {
        return windowEnd.map(end -> Duration.between(serverTime.orElse(now), end));
    }

    private static OptionalInt count(Map<String, List<String>> headers, String name, int least) {
        return header(headers, name)
                .flatMap(AnswerFacts::number)
                .filter(count -> count >= least && count <= Integer.MAX_VALUE)
                .map(count -> OptionalInt.of(count.intValue()))
                .orElse(OptionalInt.empty());
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(entry.getKey()) && entry.getValue() != null)
                .flatMap(entry -> entry.getValue().stream())
                .findFirst()
                .map(String::strip);
    }

    private static Optional<Duration> wait(String retryAfter, Optional<Instant> serverTime) {
        Optional<Duration> seconds = number(retryAfter).map(Duration::ofSeconds);
        return seconds.or(() -> date(retryAfter).flatMap(until -> serverTime.map(now -> Duration.between(now, until))))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,12}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
