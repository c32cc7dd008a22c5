package io.roombridge.route;

import io.roombridge.closing.Activity;
import io.roombridge.closing.Activity.Kind;
import io.roombridge.correlation.DeskReading;
import io.roombridge.correlation.DeskView;
import io.roombridge.correlation.HeardEntry;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people did in ServiceNow, as facts about whose turn it is. Pure. */
final class DeskActivity {

    private DeskActivity() {}

    static DeskView view(String instance, IncidentRecord read) {
        return new DeskView(
                instance,
                read.sysId(),
                read.stateValue(),
                read.holdReason(),
                read.assignedTo(),
                read.assignmentGroup());
    }

    static DeskReading reading(String instance, IncidentRecord read) {
        return new DeskReading(view(instance, read), read.modCount(), read.updatedOn());
    }

    /**
     * What changed since the incident was read last.
     *
     * @param known the incident as it was recorded before this reading
     * @param before that reading; empty when it is read for the first time
     * @param now stands in where the instance does not tell the time of the change
     */
    static List<Activity> changes(Incident known, Optional<DeskReading> before, IncidentRecord read, Instant now) {
        List<Activity> found = new ArrayList<>();
        IncidentState state = read.state().orElse(IncidentState.IN_PROGRESS);
        boolean own = isOwn(known.told(), state, read.holdReason());
        Instant at = read.updatedOn().orElse(now);
        String id = "desk-" + read.sysId() + "-" + read.modCount();
        Optional<DeskView> showed = before.map(DeskReading::view);
        boolean changed = showed.map(seen -> stateChanged(seen, read)).orElse(!own || state == IncidentState.ON_HOLD);
        if (changed) {
            found.add(Activity.deskState(id + "-state", own, at, read.sysId(), state, read.holdReason())
                    .notBefore(earliest(before, read, at)));
        }
        if (showed.filter(seen -> assigned(seen, read)).isPresent()) {
            found.add(Activity.assigned(id + "-assigned", at, read.sysId()));
        }
        return found;
    }

    /**
     * An incident tells when it was changed last, not when its state was. That is the same only if there was one change since
     * the last reading; a later one, such as the bridge's own delivery of a message, hides when the others happened.
     */
    private static Instant earliest(Optional<DeskReading> before, IncidentRecord read, Instant at) {
        Optional<Instant> seen = before.flatMap(DeskReading::updatedOn);
        boolean only = seen.isPresent()
                && before.filter(last -> last.modCount() + 1 == read.modCount()).isPresent();
        return only ? at : seen.or(read::createdOn).orElse(Instant.EPOCH);
    }

    /** A person's comment or work note; empty for entries of the bridge and of the platform. */
    static Optional<Activity> entry(HeardEntry heard, boolean byCaller) {
        if (heard.origin() != HeardEntry.Origin.PERSON) {
            return Optional.empty();
        }
        Kind ofComment = byCaller ? Kind.CUSTOMER_ENTRY : Kind.SOC_ENTRY;
        return Optional.of(Activity.entry(
                "entry-" + heard.sysId(), heard.comment() ? ofComment : Kind.SOC_NOTE, heard.createdOn()));
    }

    /** A person attached a file. It stands in no journal, so it is a fact of its own, whoever sees it first. */
    static Activity file(String sysId, Instant at, boolean byCaller) {
        return Activity.entry("file-" + sysId, byCaller ? Kind.CUSTOMER_ENTRY : Kind.SOC_NOTE, at);
    }

    /** The bridge's own writes count as told; any other state is somebody else's. */
    private static boolean isOwn(Told told, IncidentState state, String holdReason) {
        return told.state() == state
                && (state != IncidentState.ON_HOLD || told.holdReason().equals(Optional.of(holdReason)));
    }

    private static boolean stateChanged(DeskView seen, IncidentRecord read) {
        return !seen.state().equals(read.stateValue())
                || (read.state().filter(IncidentState.ON_HOLD::equals).isPresent()
                        && !seen.holdReason().equals(read.holdReason()));
    }

    private static boolean assigned(DeskView seen, IncidentRecord read) {
        return !seen.assignedTo().equals(read.assignedTo())
                || !seen.assignmentGroup().equals(read.assignmentGroup());
    }
}
