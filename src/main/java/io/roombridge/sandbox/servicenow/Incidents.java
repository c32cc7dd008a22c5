package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The business rules of an incident (facts/servicenow.md §2): states and what they stamp, the mirror of
 * {@code incident_state}, priority from impact and urgency, close information made mandatory by a data policy.
 *
 * <p>All rules work on a draft before it is stored: when one refuses, nothing has happened.
 */
final class Incidents {

    static final String TABLE = "incident";

    static final String NEW = "1";
    static final String IN_PROGRESS = "2";
    static final String ON_HOLD = "3";
    static final String RESOLVED = "6";
    static final String CLOSED = "7";
    static final String CANCELED = "8";

    private static final String AWAITING_CALLER = "1";
    private static final Set<String> INACTIVE = Set.of(CLOSED, CANCELED);
    private static final Set<String> NEED_CLOSE_INFORMATION = Set.of(RESOLVED, CLOSED);

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("state", NEW),
            Map.entry("incident_state", NEW),
            Map.entry("impact", "3"),
            Map.entry("urgency", "3"),
            Map.entry("severity", "3"),
            Map.entry("category", "inquiry"),
            Map.entry("notify", "1"),
            Map.entry("child_incidents", "0"),
            Map.entry("reopen_count", "0"));

    private static final Set<String> MIRRORED = Set.of("state", "incident_state");

    private final Switches switches;

    Incidents(Switches switches) {
        this.switches = switches;
    }

    Map<String, String> defaults() {
        return DEFAULTS;
    }

    void beforeInsert(Session session, TableDefinition table, Map<String, String> draft) {
        mirrorState(Map.of("state", NEW, "incident_state", NEW), draft);
        stampState(session, NEW, draft);
        draft.put("priority", priority(draft.get("impact"), draft.get("urgency")));
        dataPolicy(table, draft, switches.mandatoryOnInsert());
    }

    /** @param notes the journal entries that come with this write, by journal field */
    void beforeUpdate(
            Session session, TableDefinition table, Row before, Map<String, String> draft, Map<String, String> notes) {
        String was = before.get("state");
        mirrorState(before.fields(), draft);
        if (INACTIVE.contains(was) && !session.user().isAdmin()) {
            // Only an admin brings a closed incident back; for everybody else the field is not writable.
            draft.put("state", was);
            draft.put("incident_state", was);
        }
        if (isAnsweredByCaller(session, before, notes)) {
            draft.put("state", IN_PROGRESS);
            draft.put("incident_state", IN_PROGRESS);
        }
        if (!was.equals(draft.get("state"))) {
            stampState(session, was, draft);
        }
        if (!before.get("assignment_group").equals(draft.get("assignment_group"))
                && !before.get("assignment_group").isEmpty()) {
            increment(draft, "reassignment_count");
        }
        draft.put("priority", priority(draft.get("impact"), draft.get("urgency")));
        boolean resolving = !was.equals(RESOLVED) && draft.get("state").equals(RESOLVED);
        dataPolicy(table, draft, resolving ? switches.mandatoryOnResolve() : Set.of());
    }

    /** The notes that are kept: on a closed or canceled incident they vanish, and the answer is still 200. */
    Map<String, String> keptNotes(Row before, Map<String, String> notes) {
        boolean dropped = switches.journalOnClosedDropped() && INACTIVE.contains(before.get("state"));
        return dropped ? Map.of() : notes;
    }

    static boolean becomesResolved(Row before, Row after) {
        return !before.get("state").equals(RESOLVED) && after.get("state").equals(RESOLVED);
    }

    /** The priority data lookup: 1/1 gives 1, every step down on either side one more (3/3 gives 5). */
    static String priority(String impact, String urgency) {
        return impact.isEmpty() || urgency.isEmpty()
                ? "5"
                : String.valueOf(Integer.parseInt(impact) + Integer.parseInt(urgency) - 1);
    }

    private static boolean isAnsweredByCaller(Session session, Row before, Map<String, String> notes) {
        return notes.containsKey("comments")
                && before.get("state").equals(ON_HOLD)
                && before.get("hold_reason").equals(AWAITING_CALLER)
                && before.get("caller_id").equals(session.user().sysId());
    }

    private static void mirrorState(Map<String, String> before, Map<String, String> draft) {
        // A state cannot be cleared.
        draft.replaceAll((field, value) -> MIRRORED.contains(field) && value.isEmpty() ? before.get(field) : value);
        boolean byState = !draft.get("state").equals(before.get("state"));
        if (byState) {
            draft.put("incident_state", draft.get("state"));
        } else {
            draft.put("state", draft.get("incident_state"));
        }
    }

    private static void stampState(Session session, String was, Map<String, String> draft) {
        String state = draft.get("state");
        draft.put("active", String.valueOf(!INACTIVE.contains(state)));
        if (!state.equals(ON_HOLD)) {
            draft.put("hold_reason", "");
        }
        if (NEED_CLOSE_INFORMATION.contains(state)) {
            stamp(session, draft, "resolved_at", "resolved_by");
        }
        if (INACTIVE.contains(state)) {
            stamp(session, draft, "closed_at", "closed_by");
        }
        boolean reopened = (was.equals(RESOLVED) || INACTIVE.contains(was))
                && Set.of(NEW, IN_PROGRESS, ON_HOLD).contains(state);
        if (reopened) {
            List.of("resolved_at", "resolved_by", "closed_at", "closed_by").forEach(field -> draft.put(field, ""));
            draft.put("reopened_time", session.time());
            draft.put("reopened_by", session.user().sysId());
            increment(draft, "reopen_count");
        }
    }

    private static void stamp(Session session, Map<String, String> draft, String at, String by) {
        if (draft.get(at).isEmpty()) {
            draft.put(at, session.time());
        }
        if (draft.get(by).isEmpty()) {
            draft.put(by, session.user().sysId());
        }
    }

    private static void increment(Map<String, String> draft, String field) {
        draft.merge(field, "1", (count, one) -> String.valueOf(Integer.parseInt(count.isEmpty() ? "0" : count) + 1));
    }

    private static void dataPolicy(TableDefinition table, Map<String, String> draft, Set<String> mandatory) {
        List<String> missing = new ArrayList<>();
        if (NEED_CLOSE_INFORMATION.contains(draft.get("state"))) {
            require(table, draft, "close_notes", missing);
            require(table, draft, "close_code", missing);
        }
        mandatory.forEach(field -> require(table, draft, field, missing));
        if (!missing.isEmpty()) {
            throw ApiError.failed(
                    "Data Policy Exception: The following fields are mandatory: " + String.join(", ", missing));
        }
    }

    private static void require(TableDefinition table, Map<String, String> draft, String field, List<String> missing) {
        if (draft.getOrDefault(field, "").isEmpty()) {
            missing.add(table.field(field).map(Field::label).orElse(field));
        }
    }
}
