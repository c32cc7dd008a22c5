package io.roombridge.sandbox.servicenow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        return List.of(values()).stream()
                .filter(operator -> text.startsWith(operator.sign))
                .findFirst();
    }

    /** Texts are compared without case, numbers as numbers, and a row without a value is in no range. */
    boolean holds(String actual, String wanted, boolean number) {
        return switch (this) {
            case ANYTHING -> true;
            case IS_EMPTY, EMPTY_STRING -> actual.isEmpty();
            case IS_NOT_EMPTY -> !actual.isEmpty();
            case EQUAL -> actual.equalsIgnoreCase(wanted);
            case NOT_EQUAL, NOT_EQUAL_SQL -> !actual.equalsIgnoreCase(wanted);
            case IN -> in(actual, wanted);
            case NOT_IN -> !in(actual, wanted);
            case LIKE, CONTAINS, STAR -> lower(actual).contains(lower(wanted));
            case NOT_LIKE, NOT_CONTAINS, NOT_STAR -> !lower(actual).contains(lower(wanted));
            case STARTS_WITH -> lower(actual).startsWith(lower(wanted));
            case NOT_STARTS_WITH -> !lower(actual).startsWith(lower(wanted));
            case ENDS_WITH, PERCENT -> lower(actual).endsWith(lower(wanted));
            case BETWEEN -> between(actual, wanted, number);
            case AT_LEAST -> !actual.isEmpty() && compare(actual, wanted, number) >= 0;
            case AT_MOST -> !actual.isEmpty() && compare(actual, wanted, number) <= 0;
            case MORE -> !actual.isEmpty() && compare(actual, wanted, number) > 0;
            case LESS -> !actual.isEmpty() && compare(actual, wanted, number) < 0;
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

    private static boolean between(String actual, String wanted, boolean number) {
        String[] bound = wanted.split("@", 2);
        return bound.length == 2 && AT_LEAST.holds(actual, bound[0], number) && AT_MOST.holds(actual, bound[1], number);
    }

    private static boolean in(String actual, String list) {
        return List.of(list.split(",", -1)).stream().anyMatch(actual::equalsIgnoreCase);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
