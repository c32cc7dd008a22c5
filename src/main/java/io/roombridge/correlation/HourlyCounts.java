package io.roombridge.correlation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/**
 * What reports count and no row tells: calls to ServiceNow, faults survived, copies of events, what privacy withheld. Kept in
 * memory and added to the hour's row by {@link #write}, each minute and when the bridge stops; a process that is killed loses
 * what it counted since. Safe for any number of threads and nodes.
 */
public final class HourlyCounts implements Tally, AutoCloseable {

    private static final String OF =
            " where starts_at = :hour and what = :what and subject = :subject and detail = :detail";

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Map<Row, Long> unwritten = new ConcurrentHashMap<>();

    /** What is counted. */
    public enum What {
        /** Calls to an instance, by what they were for. */
        CALL,
        /** Those of them that failed, by the reason. */
        FAULT,
        /** How often an instance was left alone after faults, by the reason. */
        PAUSE,
        /** For how many seconds. */
        PAUSED_SECONDS,
        /** Events that have no row in the ledger, by outcome and reason. */
        EVENT,
        /** Places that privacy kept from standing everywhere, by side and kind. */
        WITHHELD;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Row(Instant hour, What what, String subject, String detail) {}

    /** @param clock the time of the world: in which hour something happens */
    public HourlyCounts(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Quick, and without SQL. */
    @Override
    public void count(What what, String subject, String detail, long times) {
        unwritten.merge(
                new Row(clock.instant().truncatedTo(ChronoUnit.HOURS), what, subject, detail), times, Long::sum);
    }

    /** Adds what was counted to the store. What cannot be written now is kept for the next time. */
    public void write() {
        for (Row row : unwritten.keySet()) {
            Long taken = unwritten.remove(row);
            if (taken == null) {
                continue;
            }
            try {
                add(row, taken);
            } catch (RuntimeException storeAway) {
                unwritten.merge(row, taken, Long::sum);
                throw storeAway;
            }
        }
    }

    private void add(Row row, long times) {
        if (!jdbi.withHandle(handle -> update(handle, row, times))
                && !UniqueKey.tryInsert(jdbi, handle -> insert(handle, row, times))) {
            // Another node was first.
            jdbi.useHandle(handle -> update(handle, row, times));
        }
    }

    private static boolean update(Handle handle, Row row, long times) {
        return handle.createUpdate("update hourly_count set times = times + :times" + OF)
                        .bindMap(values(row))
                        .bind("times", times)
                        .execute()
                == 1;
    }

    private static Update insert(Handle handle, Row row, long times) {
        return handle.createUpdate("insert into hourly_count (starts_at, what, subject, detail, times)"
                        + " values (:hour, :what, :subject, :detail, :times)")
                .bindMap(values(row))
                .bind("times", times);
    }

    private static Map<String, Object> values(Row row) {
        return Map.of(
                "hour", Tickets.at(row.hour()),
                "what", row.what().name(),
                "subject", row.subject(),
                "detail", row.detail());
    }

    @Override
    public void close() {
        write();
    }
}
