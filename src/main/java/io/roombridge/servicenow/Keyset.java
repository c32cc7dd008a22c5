package io.roombridge.servicenow;

import io.roombridge.servicenow.IncidentChanges.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a table in the order of (time, sys_id), each page after the last row of the one before. Offsets would skip rows
 * when others change meanwhile (facts/servicenow.md, section 1.9).
 *
 * <p>An instance cuts the page before it takes out what this user may not read (section 1.2), so a short page proves
 * nothing: whether there is more is told by {@code X-Total-Count}, and without it by a page without a row.
 */
final class Keyset {

    private static final int WIDEST = 10_000;

    private final Calls calls;
    private final String table;
    private final String time;
    private final List<String> fields;

    /** @param time the field of the order, among the fields */
    Keyset(Calls calls, String table, String time, List<String> fields) {
        this.calls = calls;
        this.table = table;
        this.time = time;
        this.fields = fields;
    }

    /**
     * @param rows in order
     * @param more whether rows may come after these
     * @param last the place of the last row; when there is none, the place the reading began after
     * @param serverTime of the first answer, before anything of this page was read
     */
    record Batch(List<Map<?, ?>> rows, boolean more, Optional<Position> last, Optional<Instant> serverTime) {}

    /**
     * One call; a second one when the reading goes on after a row, for the seconds after that row's.
     *
     * @param from inclusive, to the second; only without {@code after}
     * @throws ServiceNowFailure also when rows come that lie before the place asked for
     */
    Batch read(Query condition, Optional<Instant> from, Optional<Position> after, int limit) {
        if (after.isEmpty()) {
            Query query = from.map(instant -> condition.andFrom(time, instant)).orElse(condition);
            return batch(fetch(query.orderBy(time).orderBy("sys_id"), limit), from, after);
        }
        Position place = after.get();
        Query sameSecond = condition.andAt(time, place.updatedOn()).andAfter("sys_id", place.sysId());
        Batch rest = batch(fetch(sameSecond.orderBy("sys_id"), limit), from, after);
        int room = limit - rest.rows().size();
        if (rest.more() || room <= 0) {
            return new Batch(rest.rows(), true, rest.last(), rest.serverTime());
        }
        Query later = condition.andAfter(time, place.updatedOn());
        Batch next = batch(fetch(later.orderBy(time).orderBy("sys_id"), room), from, rest.last());
        List<Map<?, ?>> rows = new ArrayList<>(rest.rows());
        rows.addAll(next.rows());
        return new Batch(rows, next.more(), next.last(), rest.serverTime());
    }

    private record Fetched(Calls.Listing listing, boolean more) {}

    /** Where rows that this user may not read fill a whole page, no place is known to go on after; so it is widened. */
    private Fetched fetch(Query query, int limit) {
        Calls.Listing listing = calls.list(Request.find(RateGovernor.Purpose.POLL, table, query, limit, fields));
        boolean empty = listing.records().isEmpty();
        boolean more =
                listing.facts().total().isPresent() ? listing.facts().total().getAsInt() > limit : !empty;
        if (!empty || !more) {
            return new Fetched(listing, more);
        }
        if (limit >= WIDEST) {
            throw ServiceNowFailure.unexpected(
                    false,
                    WIDEST + " rows of " + table + " in a row that the integration user may not read; let it read "
                            + "what it queries");
        }
        return fetch(query, Math.min(limit * 10, WIDEST));
    }

    private Batch batch(Fetched fetched, Optional<Instant> from, Optional<Position> after) {
        Optional<Position> last = after;
        for (Map<?, ?> row : fetched.listing().records()) {
            Position place = place(row);
            boolean early = from.filter(
                            start -> after.isEmpty() && place.updatedOn().isBefore(second(start)))
                    .isPresent();
            if (early || last.filter(before -> before.compareTo(place) >= 0).isPresent()) {
                throw ServiceNowFailure.notAskedFor("rows of " + table, time + " and sys_id");
            }
            last = Optional.of(place);
        }
        return new Batch(
                fetched.listing().records(),
                fetched.more(),
                last,
                fetched.listing().facts().serverTime());
    }

    private Position place(Map<?, ?> row) {
        String sysId = Row.text(row, "sys_id");
        return Row.time(row, time)
                .filter(instant -> SysId.isSysId(sysId))
                .map(instant -> new Position(instant, sysId))
                .orElseThrow(() -> ServiceNowFailure.notAskedFor("rows of " + table + " without place,", time));
    }

    private static Instant second(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond());
    }
}
