package io.roombridge.sandbox.servicenow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The operators of an encoded query that the sandbox knows, in the order in which they are tried: a longer word stands
 * before its beginning. Any other operator makes its condition malformed, like an unknown field.
 */
enum Operator {
    IS_NOT_EMPTY("ISNOTEMPTY", false),
    IS_EMPTY("ISEMPTY", false),
    EMPTY_STRING("EMPTYSTRING", false),
    ANYTHING("ANYTHING", false),
    NOT_CONTAINS("DOES NOT CONTAIN", true),
    NOT_LIKE("NOT LIKE", true),
    NOT_IN("NOT IN", false),
    NOT_STARTS_WITH("NOTSTARTSWITH", true),
    STARTS_WITH("STARTSWITH", true),
    ENDS_WITH("ENDSWITH", true),
    CONTAINS("CONTAINS", true),
    BETWEEN("BETWEEN", true),
    NOT_SAME_AS("NSAMEAS", false),
    SAME_AS("SAMEAS", false),
    LIKE("LIKE", true),
    IN("IN", false),
    NOT_STAR("!*", true),
    NOT_EQUAL("!=", false),
    NOT_EQUAL_SQL("<>", false),
    AT_LEAST(">=", true),
    AT_MOST("<=", true),
    MORE(">", true),
    LESS("<", true),
    EQUAL("=", false),
    STAR("*", true),
    PERCENT("%", true);

    final String sign;

    /** What an ACL for the operation {@code query_range} may deny. */
    final boolean range;

    Operator(String sign, boolean range) {
        this.sign = sign;
        this.range = range;
    }

    static Optional<Operator> at(String text) {
        return Stream.of(values())
                .filter(operator -> text.startsWith(operator.sign))
                .findFirst();
    }

    /**
     * The test of a stored value. Texts are compared without case, numbers as numbers, and a row without a value is in
     * no range.
     */
    Predicate<String> test(String wanted, boolean number) {
        String text = lower(wanted);
        return switch (this) {
            case ANYTHING -> actual -> true;
            case IS_EMPTY, EMPTY_STRING -> String::isEmpty;
            case IS_NOT_EMPTY -> actual -> !actual.isEmpty();
            case EQUAL -> wanted::equalsIgnoreCase;
            case NOT_EQUAL, NOT_EQUAL_SQL -> actual -> !wanted.equalsIgnoreCase(actual);
            case IN -> in(text);
            case NOT_IN -> in(text).negate();
            case LIKE, CONTAINS, STAR -> actual -> lower(actual).contains(text);
            case NOT_LIKE, NOT_CONTAINS, NOT_STAR -> actual -> !lower(actual).contains(text);
            case STARTS_WITH -> actual -> lower(actual).startsWith(text);
            case NOT_STARTS_WITH -> actual -> !lower(actual).startsWith(text);
            case ENDS_WITH, PERCENT -> actual -> lower(actual).endsWith(text);
            case BETWEEN -> between(wanted, number);
            case AT_LEAST -> actual -> !actual.isEmpty() && compare(actual, wanted, number) >= 0;
            case AT_MOST -> actual -> !actual.isEmpty() && compare(actual, wanted, number) <= 0;
            case MORE -> actual -> !actual.isEmpty() && compare(actual, wanted, number) > 0;
            case LESS -> actual -> !actual.isEmpty() && compare(actual, wanted, number) < 0;
            case SAME_AS, NOT_SAME_AS -> throw new IllegalStateException(this + " compares two fields");
        };
    }

    static int compare(String left, String right, boolean number) {
        if (number) {
            try {
                return Long.compare(Long.parseLong(left), Long.parseLong(right));
            } catch (NumberFormatException e) {
                return left.compareToIgnoreCase(right);
            }
        }
        return left.compareToIgnoreCase(right);
    }

    private static Predicate<String> between(String wanted, boolean number) {
        String[] bound = wanted.split("@", 2);
        return bound.length < 2
                ? actual -> false
                : AT_LEAST.test(bound[0], number).and(AT_MOST.test(bound[1], number));
    }

    private static Predicate<String> in(String list) {
        Set<String> values = Set.copyOf(List.of(list.split(",", -1)));
        return actual -> values.contains(lower(actual));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
