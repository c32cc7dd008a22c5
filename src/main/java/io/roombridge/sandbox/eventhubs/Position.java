package io.roombridge.sandbox.eventhubs;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * Where a receiver starts: the selector filter of its source, {@code amqp.annotation.x-opt-offset > '-1'} and its kin;
 * no filter is the end (facts/eventhubs.md §3.7). A position older than the first event kept starts there; an offset or
 * sequence number that the partition has not reached yet is refused, as the service does ("The supplied sequence number
 * '488' is invalid. The last sequence number in the system is '482'").
 */
final class Position {

    private static final Symbol FILTER = Symbol.valueOf("apache.org:selector-filter:string");
    private static final Pattern SELECTOR = Pattern.compile("amqp\\.annotation\\."
            + "(?<what>x-opt-offset|x-opt-sequence-number|x-opt-enqueued-time)\\s*"
            + "(?<operator>>=?)\\s*"
            + "'(?<value>@latest|-?\\d{1,18})'");

    private final String what;
    private final boolean inclusive;
    private final String value;

    private Position(String what, boolean inclusive, String value) {
        this.what = what;
        this.inclusive = inclusive;
        this.value = value;
    }

    /**
     * @param filters the filter set of the link's source
     */
    static Position of(Map<?, ?> filters) throws Refusal {
        Object filter = filters.get(FILTER);
        if (filter == null) {
            return new Position("x-opt-offset", false, "@latest");
        }
        Object described = filter instanceof DescribedType type ? type.getDescribed() : filter;
        Matcher selector = SELECTOR.matcher(String.valueOf(described).trim());
        if (!selector.matches()) {
            throw Refusal.filterNotUnderstood(String.valueOf(described));
        }
        return new Position(selector.group("what"), selector.group("operator").equals(">="), selector.group("value"));
    }

    /** The sequence number to start with. */
    long in(Partition partition) throws Refusal {
        if (value.equals("@latest")) {
            return partition.end();
        }
        // "at or after n" is "after n - 1": all three are whole numbers.
        long after = Long.parseLong(value) - (inclusive ? 1 : 0);
        return switch (what) {
            case "x-opt-enqueued-time" -> partition.first(event -> event.enqueuedTime() > after);
            case "x-opt-sequence-number" -> {
                requireReached(after, partition.end() - 1);
                yield partition.first(event -> event.sequenceNumber() > after);
            }
            default -> {
                requireReached(after, partition.lastOffset());
                yield partition.first(event -> event.offset() > after);
            }
        };
    }

    private void requireReached(long after, long last) throws Refusal {
        if (after > last) {
            throw Refusal.beyondTheEnd(what, value, Long.toString(last));
        }
    }
}
