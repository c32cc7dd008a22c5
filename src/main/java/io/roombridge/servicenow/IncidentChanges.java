package io.roombridge.servicenow;

import io.roombridge.log.Recurring;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened on the other side: our incidents in the order in which they changed, and the journals of only those.
 * A cycle in which nothing changed is one call, however many incidents are open. Where to read on is the business of
 * {@link PollCursor}.
 *
 * <p>Incidents that were deleted are not among the changes; {@link #incidents} tells which of them still exist.
 *
 * <p>Safe for any number of threads. All methods throw {@link ServiceNowFailure}, also when the instance returns what was
 * not asked for: it ignored a condition then.
 */
public final class IncidentChanges {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentChanges.class);

    private static final String INCIDENT = "incident";
    private static final String JOURNAL = "sys_journal_field";
    private static final List<String> ELEMENTS = List.of("comments", "work_notes");

    /** How many sys_ids one query names; longer addresses are answered with a web page (section 1.5). */
    private static final int LIST = 60;

    private static final int JOURNAL_PAGE = 500;
    private static final int PROBES = 3;
    private static final Comparator<JournalEntry> OLDEST_FIRST = Comparator.comparing(
                    (JournalEntry entry) -> entry.createdOn().orElse(Instant.EPOCH))
            .thenComparing(JournalEntry::sysId);

    /** A look each few seconds meets the same access rules again. */
    private final Recurring reading = new Recurring(LOG);

    private final Calls calls;
    private final String instance;
    private final Keyset incidents;
    private final Keyset journal;

    /** What the journal table lets us see, as far as it was found out; every thread may find it out. */
    private volatile JournalAccess access = JournalAccess.NO_ENTRIES;

    IncidentChanges(Calls calls, String instance) {
        this.calls = calls;
        this.instance = instance;
        this.incidents = new Keyset(calls, INCIDENT, "sys_updated_on", IncidentRecord.FIELDS);
        this.journal = new Keyset(calls, JOURNAL, "sys_created_on", JournalEntry.FIELDS);
    }

    /** The place of a row in the order of (time, sys_id); the time is to the second. */
    public record Position(Instant updatedOn, String sysId) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            int byTime = updatedOn.compareTo(other.updatedOn);
            return byTime != 0 ? byTime : sysId.compareTo(other.sysId);
        }
    }

    /**
     * Where a reading begins. All of it is kept by whoever keeps a cursor.
     *
     * @param from changes of this second and later; the overlap is already in it
     * @param after while the pages of one run are read: after this row, whatever {@code from} says
     * @param restart while the pages of one run are read: where the run after this one begins at the latest
     */
    public record Cursor(Instant from, Optional<Position> after, Optional<Instant> restart) {
        public Cursor {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(restart, "restart");
        }

        /** A new run that begins with the changes of this second. */
        public static Cursor from(Instant from) {
            return new Cursor(from, Optional.empty(), Optional.empty());
        }
    }

    /**
     * @param incidents ours, in the order of their last change
     * @param foreign sys_ids of incidents that are not ours, dropped: the instance ignored the condition on
     *     {@code correlation_id} or compared it without regard to case
     * @param more whether there is at least one more page
     * @param last the last row of the page, ours or not; where the cursor was if there is none
     * @param serverTime from the answer's {@code Date}, before the page was read; empty when a proxy took it out
     */
    public record Page(
            List<IncidentRecord> incidents,
            List<String> foreign,
            boolean more,
            Optional<Position> last,
            Optional<Instant> serverTime) {}

    /**
     * A page of our incidents changed since the cursor: one call, or two when the cursor is in the middle of a run.
     *
     * @param limit at least 1
     */
    public Page since(Cursor cursor, int limit) {
        Query ours = Query.whereStartsWith("correlation_id", TicketId.PREFIX);
        Keyset.Batch batch = incidents.read(ours, Optional.of(cursor.from()), cursor.after(), limit);
        List<IncidentRecord> rows =
                batch.rows().stream().map(IncidentRecord::of).toList();
        List<String> foreign = rows.stream()
                .filter(row -> !isOurs(row))
                .map(IncidentRecord::sysId)
                .toList();
        if (!foreign.isEmpty()) {
            reading.failed("foreign")
                    .addKeyValue("instance", instance)
                    .addKeyValue("count", foreign.size())
                    .log("ServiceNow returned incidents of others; let the integration user query correlation_id");
        }
        return new Page(
                rows.stream().filter(IncidentChanges::isOurs).toList(),
                foreign,
                batch.more(),
                batch.last(),
                batch.serverTime());
    }

    /**
     * Comments and work notes of these incidents, oldest first. Where the journal table is hidden from this user, what
     * the incidents show is parsed instead and the entries say so.
     *
     * @param from entries made in this second and later; empty for all
     */
    public List<JournalEntry> journals(Collection<String> sysIds, Optional<Instant> from) {
        List<JournalEntry> entries = new ArrayList<>();
        for (List<String> some : lists(sysIds)) {
            entries.addAll(access == JournalAccess.HIDDEN ? shown(some, from) : fromTable(some, from));
        }
        if (!entries.isEmpty() && access == JournalAccess.NO_ENTRIES) {
            access = JournalAccess.READABLE;
        }
        if (entries.isEmpty() && access == JournalAccess.NO_ENTRIES && foundHidden(sysIds)) {
            return journals(sysIds, from);
        }
        entries.sort(OLDEST_FIRST);
        return List.copyOf(entries);
    }

    /** What is known of the access to journals so far, without a call. */
    public JournalAccess journalAccess() {
        return access;
    }

    /**
     * Finds out with one incident whether the journal table may be read, and keeps to it: after {@code HIDDEN}
     * {@link #journals} parses what is shown, after {@code READABLE} it reads the table (again).
     */
    public JournalAccess probe(String sysId) {
        Query query = Query.where("element_id", SysId.required(sysId)).andIn("element", ELEMENTS);
        boolean entries =
                calls.records(Request.find(RateGovernor.Purpose.POLL, JOURNAL, query, 1, JournalEntry.FIELDS)).stream()
                        .anyMatch(row -> Row.text(row, "element_id").equals(sysId));
        JournalAccess found = entries
                ? JournalAccess.READABLE
                : showsEntries(sysId) ? JournalAccess.HIDDEN : JournalAccess.NO_ENTRIES;
        if (found == JournalAccess.HIDDEN && access != JournalAccess.HIDDEN) {
            LOG.atWarn()
                    .addKeyValue("instance", instance)
                    .log("ServiceNow hides the journal; give the integration user a read ACL on sys_journal_field."
                            + " Until then comments are parsed from what the incidents show");
        }
        if (found != JournalAccess.NO_ENTRIES) {
            access = found;
        }
        return found;
    }

    /** Those of these incidents that exist, ours or not; one that is missing was deleted or hidden. */
    public List<IncidentRecord> incidents(Collection<String> sysIds) {
        List<IncidentRecord> found = new ArrayList<>();
        for (List<String> some : lists(sysIds)) {
            List<IncidentRecord> rows = calls
                    .records(Request.find(
                            RateGovernor.Purpose.POLL,
                            INCIDENT,
                            Query.whereIn("sys_id", some),
                            LIST,
                            IncidentRecord.FIELDS))
                    .stream()
                    .map(IncidentRecord::of)
                    .toList();
            if (!rows.stream().allMatch(row -> some.contains(row.sysId()))) {
                throw ServiceNowFailure.notAskedFor("incidents", "sys_id");
            }
            found.addAll(rows);
        }
        return List.copyOf(found);
    }

    private boolean foundHidden(Collection<String> sysIds) {
        for (String sysId : sysIds.stream().limit(PROBES).toList()) {
            JournalAccess found = probe(sysId);
            if (found != JournalAccess.NO_ENTRIES) {
                return found == JournalAccess.HIDDEN;
            }
        }
        return false;
    }

    /** A page shorter than asked for does not end it: it is cut before the ACLs take rows out. */
    private List<JournalEntry> fromTable(List<String> sysIds, Optional<Instant> from) {
        Query ours = Query.whereIn("element_id", sysIds).andIn("element", ELEMENTS);
        Set<String> asked = new HashSet<>(sysIds);
        List<JournalEntry> entries = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        Keyset.Batch batch;
        do {
            batch = journal.read(ours, from, after, JOURNAL_PAGE);
            List<JournalEntry> rows =
                    batch.rows().stream().map(JournalEntry::of).toList();
            if (!rows.stream().allMatch(row -> asked.contains(row.incident()))) {
                // Dropping them would read everybody's journals every few seconds.
                throw ServiceNowFailure.notAskedFor("journal entries", "sys_journal_field.element_id");
            }
            rows.stream().filter(row -> ELEMENTS.contains(row.element())).forEach(entries::add);
            after = batch.last();
        } while (batch.more());
        return entries;
    }

    private List<JournalEntry> shown(List<String> sysIds, Optional<Instant> from) {
        List<Map<?, ?>> rows = shownRows(sysIds);
        List<JournalEntry> entries = new ArrayList<>();
        for (JournalDisplay.Reading reading : JournalDisplay.read(rows)) {
            reading.entries().stream()
                    .filter(entry -> from.isEmpty()
                            || entry.createdOn()
                                    .filter(made -> made.isBefore(from.get()))
                                    .isEmpty())
                    .forEach(entries::add);
            reading.unreadable()
                    .ifPresent(why -> this.reading
                            .failed("display")
                            .addKeyValue("instance", instance)
                            .addKeyValue("incident", reading.incident())
                            .addKeyValue("why", why)
                            .log("The journal that an incident shows could not be parsed"));
        }
        return entries;
    }

    private boolean showsEntries(String sysId) {
        return shownRows(List.of(sysId)).stream()
                .anyMatch(row -> ELEMENTS.stream()
                        .anyMatch(element -> !Row.shown(row, element).isBlank()));
    }

    private List<Map<?, ?>> shownRows(List<String> sysIds) {
        List<Map<?, ?>> rows = calls.records(Request.findShown(
                RateGovernor.Purpose.POLL, INCIDENT, Query.whereIn("sys_id", sysIds), LIST, JournalDisplay.FIELDS));
        if (!rows.stream().allMatch(row -> sysIds.contains(Row.text(row, "sys_id")))) {
            throw ServiceNowFailure.notAskedFor("incidents", "sys_id");
        }
        return rows;
    }

    private static boolean isOurs(IncidentRecord row) {
        return row.correlationId().startsWith(TicketId.PREFIX);
    }

    private static List<List<String>> lists(Collection<String> sysIds) {
        List<String> all = sysIds.stream().distinct().map(SysId::required).toList();
        List<List<String>> lists = new ArrayList<>();
        for (int start = 0; start < all.size(); start += LIST) {
            lists.add(all.subList(start, Math.min(start + LIST, all.size())));
        }
        return lists;
    }
}
