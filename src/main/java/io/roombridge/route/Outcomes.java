package io.roombridge.route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.correlation.HourlyCounts.What;
import io.roombridge.correlation.Tally;
import io.roombridge.privacy.Sensitive;
import io.roombridge.ticket.Outcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The books of this process: every change is entered when it is read, and once more when it is recorded what became of it.
 * At any moment, for each side (docs/metrics.md):
 *
 * <pre>read = delivered + duplicate + echo + ignored + dead + parked + in flight + handed over</pre>
 *
 * <p>A change that is presented again stays in flight. Replays of dead letters are counted apart, because their change was
 * read and counted before. One lock for everything, so that nobody sees the books between two entries.
 */
public final class Outcomes {

    private static final String READING_SERVICENOW = "servicenow-changes";

    static final String READ = "roombridge.changes.read";
    static final String OUTCOMES = "roombridge.changes";
    static final String IN_FLIGHT = "roombridge.changes.in.flight";
    static final String HANDED_OVER = "roombridge.changes.handed.over";
    static final String REPLAYS = "roombridge.replays";
    static final String WITHHELD = "roombridge.withheld";

    /** Where a change was read. */
    public enum Side {
        PORTAL,
        SERVICENOW;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final MeterRegistry meters;
    private final Tally counted;
    private final Map<Side, Book> books = new EnumMap<>(Side.class);

    public Outcomes(MeterRegistry meters) {
        this(meters, Tally.NONE);
    }

    /** @param counted what reports need to know, and no row tells */
    public Outcomes(MeterRegistry meters, Tally counted) {
        this.meters = meters;
        this.counted = counted;
        for (Side side : Side.values()) {
            books.put(side, new Book(side));
        }
    }

    /** What is known of one side. */
    private final class Book {
        private final Side side;
        private final Counter read;
        private final Counter handedOver;
        private final Map<String, Long> counts = new TreeMap<>();

        /** By delivery, its changes; true while it is not known what becomes of one. */
        private final Map<String, Map<String, Boolean>> open = new HashMap<>();

        Book(Side side) {
            this.side = side;
            read = Counter.builder(READ)
                    .description("changes that were read")
                    .tag("side", side.label())
                    .register(meters);
            handedOver = Counter.builder(HANDED_OVER)
                    .description("changes in flight when this process lost what it read; their next reader counts them")
                    .tag("side", side.label())
                    .register(meters);
            Gauge.builder(IN_FLIGHT, this::inFlight)
                    .description("changes that were read and have no outcome yet")
                    .tag("side", side.label())
                    .register(meters);
        }

        private long inFlight() {
            synchronized (Outcomes.this) {
                return open.values().stream().mapToLong(Book::stillOpen).sum();
            }
        }

        private static long stillOpen(Map<String, Boolean> changes) {
            return changes.values().stream().filter(change -> change).count();
        }
    }

    /** These changes were read; those of a delivery that is presented again are known. */
    synchronized void read(Side side, Collection<Arrival> arrivals) {
        Book book = books.get(side);
        arrivals.forEach(arrival -> {
            Map<String, Boolean> known = book.open.computeIfAbsent(arrival.delivery(), unused -> new HashMap<>());
            if (known.putIfAbsent(arrival.change(), true) == null) {
                book.read.increment();
            }
        });
    }

    private boolean inFlight(Side side, Arrival arrival) {
        return books.get(side).open.getOrDefault(arrival.delivery(), Map.of()).getOrDefault(arrival.change(), false);
    }

    /** What became of a change is recorded; known before for members of a batch that is presented again. */
    synchronized void count(Side side, Arrival arrival, Outcome outcome) {
        if (!inFlight(side, arrival)) {
            return;
        }
        Book book = books.get(side);
        Map<String, Boolean> known = book.open.get(arrival.delivery());
        known.put(arrival.change(), false);
        if (!known.containsValue(true)) {
            book.open.remove(arrival.delivery());
        }
        count(OUTCOMES, side, outcome);
        book.counts.merge(outcome.label() + "(" + outcome.reason().label() + ")", 1L, Long::sum);
    }

    /** The same became of everything of a delivery that is in flight. */
    synchronized void countAll(Side side, String delivery, Outcome outcome) {
        List.copyOf(books.get(side).open.getOrDefault(delivery, Map.of()).keySet())
                .forEach(change -> count(side, new Arrival(delivery, change), outcome));
    }

    /** What became of a dead letter that was tried again. */
    synchronized void countReplay(Side side, Outcome outcome) {
        count(REPLAYS, side, outcome);
    }

    /** What stood in a change and may not stand everywhere; once more for a change that a crash repeats. */
    synchronized void withheld(Side side, Map<Sensitive, Integer> found) {
        found.forEach((kind, count) -> {
            meters.counter(WITHHELD, "side", side.label(), "kind", kind.label()).increment(count);
            counted.count(What.WITHHELD, side.label(), kind.what(), count);
        });
    }

    /** An event of the portal of which the ledger keeps no row: a copy, or one that nobody can read. */
    void unledgered(Outcome outcome) {
        counted.count(What.EVENT, outcome.label(), outcome.reason().name(), 1);
    }

    /** A message of the hub is not presented here any more; whoever reads it next counts what was in flight. */
    public void handOver(String partition, long sequence) {
        handOver(Side.PORTAL, Arrival.delivery(partition, sequence));
    }

    private synchronized void handOver(Side side, String delivery) {
        Map<String, Boolean> known = books.get(side).open.remove(delivery);
        if (known != null) {
            books.get(side).handedOver.increment(Book.stillOpen(known));
        }
    }

    /** Another node does the work of this route now; if that is reading ServiceNow, it counts what was in flight. */
    public synchronized void handOver(String route) {
        if (!route.equals(READING_SERVICENOW)) {
            return;
        }
        List.copyOf(books.get(Side.SERVICENOW).open.keySet()).forEach(incident -> handOver(Side.SERVICENOW, incident));
    }

    /** Reads something while nothing is entered, so that it sees books that balance. */
    public synchronized <T> T atRest(Supplier<T> reading) {
        return reading.get();
    }

    private void count(String name, Side side, Outcome outcome) {
        meters.counter(
                        name,
                        "side",
                        side.label(),
                        "outcome",
                        outcome.label(),
                        "reason",
                        outcome.reason().label())
                .increment();
    }

    /** How many events of the portal ended how since the start, by label. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(books.get(Side.PORTAL).counts);
    }

    /** How many changes read in ServiceNow ended how since the start, by label. */
    public synchronized Map<String, Long> countsOfDesk() {
        return new TreeMap<>(books.get(Side.SERVICENOW).counts);
    }
}
