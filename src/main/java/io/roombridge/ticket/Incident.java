package io.roombridge.ticket;

import java.time.Instant;
import java.util.Optional;

/**
 * One ServiceNow incident in the chain of a ticket, as the bridge last knew it. ServiceNow is the authority on its state;
 * before a guarded write it is read again.
 *
 * @param createdBy the change that made the bridge create it
 * @param parent the sys_id of the closed incident it follows
 * @param baseline the guarded values the instance returned after the bridge's last own write; only while the incident
 *     still shows them may the bridge change them (design, section 3.7)
 * @param told what the portal knows of it
 * @param recordedAt when the bridge recorded it, by the bridge's clock
 */
public record Incident(
        String sysId,
        String number,
        IncidentState state,
        int episode,
        ChangeId createdBy,
        Optional<String> parent,
        Baseline baseline,
        Told told,
        Instant recordedAt) {

    public Incident {
        told = told == null ? Told.nothingBut(state) : told;
    }

    /** The guarded fields as the instance returned them. */
    public record Baseline(String impact, String urgency, String shortDescription) {

        /**
         * The baseline after a write of the bridge's own: what a person had changed before it stays theirs, whatever else
         * was written.
         *
         * @param seen what the incident showed before the write, and {@code answer} after it
         */
        public Baseline after(Baseline seen, Baseline answer) {
            boolean ourLevels = impact.equals(seen.impact) && urgency.equals(seen.urgency);
            boolean ourTitle = shortDescription.equals(seen.shortDescription);
            return new Baseline(
                    ourLevels ? answer.impact : impact,
                    ourLevels ? answer.urgency : urgency,
                    ourTitle ? answer.shortDescription : shortDescription);
        }
    }

    public Incident withState(IncidentState newState) {
        return new Incident(sysId, number, newState, episode, createdBy, parent, baseline, told, recordedAt);
    }

    /** The state after a write of the bridge's own, which is no news for the portal. */
    public Incident withOwnState(IncidentState written) {
        return withState(written).telling(told.withState(written, Optional.empty()));
    }

    public Incident withBaseline(Baseline newBaseline) {
        return new Incident(sysId, number, state, episode, createdBy, parent, newBaseline, told, recordedAt);
    }

    public Incident telling(Told newlyTold) {
        return new Incident(sysId, number, state, episode, createdBy, parent, baseline, newlyTold, recordedAt);
    }
}
