package io.roombridge.route;

import io.roombridge.mapping.Authorship;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Incident.Baseline;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.TicketKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the bridge may write to an incident that people may be working on. Pure (design, section 3.7). */
public final class PeopleFirst {

    /** The last line of the bridge's own entries: a reference, or the machine line of the creation note. */
    private static final Pattern OURS = Pattern.compile("(?s).*\\n?(ref rb-[0-9a-f]{16}|rb1 [^\\n]*)\\s*");

    private static final String PLATFORM = "system";
    private static final String WROTE = "a person wrote in it";

    private PeopleFirst() {}

    /**
     * Who or what keeps the bridge from resolving the incident by itself; empty when it may. What was said in the portal
     * counts for a signal, which recovers by itself while somebody may be busy with it; a recorded issue is closed there by
     * a person, who has the last word over what was said before.
     */
    static Optional<String> atWork(
            IncidentRecord incident, List<JournalEntry> journal, String integrationUser, TicketKey key) {
        boolean portalCounts = key instanceof TicketKey.RoomSignal;
        return atWork(incident, journal, integrationUser)
                .or(() -> journal.stream()
                        .filter(entry -> portalCounts && Authorship.isOfPerson(entry.value()))
                        .findFirst()
                        .map(entry -> WROTE));
    }

    /** As above, of an incident that has no ticket in the portal. */
    public static Optional<String> atWork(IncidentRecord incident, List<JournalEntry> journal, String integrationUser) {
        if (incident.state().filter(state -> state == IncidentState.ON_HOLD).isPresent()) {
            return Optional.of("it is on hold");
        }
        if (!incident.assignedTo().isEmpty()) {
            return Optional.of("it is assigned");
        }
        if (incident.state().filter(state -> state == IncidentState.IN_PROGRESS).isPresent()) {
            return Optional.of("a person is working on it");
        }
        return journal.stream()
                .filter(entry -> human(entry, integrationUser))
                .findFirst()
                .map(entry -> WROTE);
    }

    /**
     * An entry under the integration user's name that the bridge did not sign was written by somebody who shares the
     * user, and counts as a person's.
     */
    static boolean human(JournalEntry entry, String integrationUser) {
        boolean platform = entry.createdBy().equalsIgnoreCase(PLATFORM);
        boolean ours = entry.createdBy().equalsIgnoreCase(integrationUser)
                && OURS.matcher(entry.value()).matches();
        return !platform && !ours;
    }

    /**
     * The guarded fields that may be written: only while the incident still shows what the instance returned after the
     * bridge's last write, and impact and urgency only upwards. A person's choice is never overruled. Fields that an
     * administrator added to the mapping pass.
     */
    static Map<String, String> allowed(IncidentRecord incident, Baseline baseline, Map<String, String> wanted) {
        Map<String, String> fields = new LinkedHashMap<>(wanted);
        fields.keySet().removeAll(List.of("impact", "urgency", "short_description", IncidentText.WORK_NOTES));
        boolean untouched = incident.impact().equals(baseline.impact())
                && incident.urgency().equals(baseline.urgency());
        if (untouched) {
            raise("impact", incident.impact(), wanted, fields);
            raise("urgency", incident.urgency(), wanted, fields);
        }
        String title = wanted.get("short_description");
        if (title != null
                && incident.shortDescription().equals(baseline.shortDescription())
                && !title.equals(incident.shortDescription())) {
            fields.put("short_description", title);
        }
        return fields;
    }

    /** 1 is the highest impact or urgency, 3 the lowest. */
    private static void raise(String field, String present, Map<String, String> wanted, Map<String, String> fields) {
        String value = wanted.get(field);
        if (value != null && value.compareTo(present) < 0) {
            fields.put(field, value);
        }
    }
}
