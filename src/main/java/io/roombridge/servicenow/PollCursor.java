package io.roombridge.servicenow;

import io.roombridge.servicenow.IncidentChanges.Cursor;
import io.roombridge.servicenow.IncidentChanges.Page;
import io.roombridge.servicenow.IncidentChanges.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides where the next reading of changes begins. Rows can become visible after their own time, and several changes
 * share one second, so a reader that goes on after the last row it saw loses some (facts/lessons.md, P8). Here the next
 * run begins an overlap before the moment the last one began, by the server's clock; what is then seen twice is told
 * apart by {@link SeenVersions} and by the sys_ids of journal entries.
 *
 * <p>Pure: the same arguments always give the same answer, and nothing is moved here. The cursor is stored only after
 * everything that was read is safe.
 *
 * @param overlap how long after its own time a row may become visible and still be read
 * @param lag how far behind the server's clock the reading stays, for the second that is not over yet
 */
public record PollCursor(Duration overlap, Duration lag) {

    public static final Duration DEFAULT_OVERLAP = Duration.ofSeconds(120);
    public static final Duration DEFAULT_LAG = Duration.ofSeconds(2);

    public PollCursor {
        if (overlap.isNegative() || lag.isNegative()) {
            throw new IllegalArgumentException(
                    "overlap " + overlap + " and lag " + lag + "; expected both zero or more");
        }
    }

    /** Overlap 120 s, lag 2 s. */
    public static PollCursor standard() {
        return new PollCursor(DEFAULT_OVERLAP, DEFAULT_LAG);
    }

    /** Why the next reading begins where it does. */
    public enum Reason {
        /** Everything was read; the next run begins an overlap before this one began. */
        DRAINED,
        /** There are more pages; the next reading goes on after the last row. */
        MORE_PAGES,
        /** Everything was read, but an incident was deferred, so the next run begins with it. */
        DEFERRED,
        /**
         * The server's clock stands before the cursor: it was set back, or once told a wrong time. The cursor follows it.
         * What was changed between the setting back and an overlap before this reading is not read by this; a sweep is.
         */
        CLOCK_WENT_BACK,
        /** No answer told the server's time; the latest change that was seen stands for it, or else nothing moves. */
        NO_SERVER_TIME
    }

    /** @param next to be stored once everything read is safe */
    public record Step(Cursor next, Reason reason) {}

    /** The cursor of a first run that has to see what changed since then. */
    public Cursor start(Instant changedSince) {
        return Cursor.from(changedSince.minus(overlap).minus(lag));
    }

    /**
     * @param cursor where the reading of these pages began
     * @param pages in the order of their reading, at least one
     * @param deferred incidents among them whose handling has to be repeated
     */
    public Step next(Cursor cursor, List<Page> pages, Collection<IncidentRecord> deferred) {
        if (pages.isEmpty()) {
            throw new IllegalArgumentException("no page was read; keep the cursor");
        }
        Optional<Instant> begun =
                pages.stream().flatMap(page -> page.serverTime().stream()).min(Instant::compareTo);
        Optional<Instant> byClock = begun.map(time -> time.minus(lag).minus(overlap));
        boolean wentBack = begun.filter(time -> time.isBefore(cursor.from())).isPresent();
        Instant after = byClock.orElseGet(() -> bySight(cursor, pages));
        Instant clockOrRun = wentBack ? after : earliest(after, cursor.restart());
        Optional<Instant> held = deferred.stream()
                .map(incident -> incident.updatedOn().orElse(cursor.from()))
                .min(Instant::compareTo);
        Instant restart = earliest(clockOrRun, held);
        Page last = pages.get(pages.size() - 1);
        if (last.more() && !wentBack) {
            return new Step(new Cursor(cursor.from(), last.last(), Optional.of(restart)), Reason.MORE_PAGES);
        }
        return new Step(Cursor.from(restart), reason(wentBack, begun.isEmpty(), restart.isBefore(clockOrRun)));
    }

    /** Every change bears a time of the server's clock that was not after its now; the run goes no way back by it. */
    private Instant bySight(Cursor cursor, List<Page> pages) {
        return pages.stream()
                .flatMap(page -> page.last().stream())
                .map(Position::updatedOn)
                .max(Instant::compareTo)
                .map(seen -> seen.minus(lag).minus(overlap))
                .filter(seen -> seen.isAfter(cursor.from()))
                .orElse(cursor.from());
    }

    private static Reason reason(boolean wentBack, boolean timeless, boolean held) {
        if (wentBack) {
            return Reason.CLOCK_WENT_BACK;
        }
        if (held) {
            return Reason.DEFERRED;
        }
        return timeless ? Reason.NO_SERVER_TIME : Reason.DRAINED;
    }

    private static Instant earliest(Instant one, Optional<Instant> other) {
        return other.filter(one::isAfter).orElse(Objects.requireNonNull(one));
    }
}
