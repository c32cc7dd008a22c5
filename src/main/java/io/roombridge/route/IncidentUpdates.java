package io.roombridge.route;

import io.roombridge.correlation.Intent.Kind;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Remark;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Changes an incident that is there: its fields, its resolution, and the bridge's own notes. Each verb looks at the incident
 * first, because people come first, and writes at most one PATCH.
 */
final class IncidentUpdates {

    /** The write of the incident's fields and state; there is at most one for a cause. */
    static final int FIRST = 1;

    private static final String CLOSE_NOTES = "close_notes";

    private final Effects effects;
    private final IncidentText text;
    private final ToLongFunction<Ticket> missing;

    /** @param missing how many texts and files of the portal lie as dead letters instead of in the incident */
    IncidentUpdates(Effects effects, IncidentText text, ToLongFunction<Ticket> missing) {
        this.effects = effects;
        this.text = text;
        this.missing = missing;
    }

    Done update(Desk desk, Ticket before, Cause cause, Step.Update step) {
        return apply(desk, before, cause, step.ticket(), step.current(), step.previousSeverity(), "");
    }

    /** The present state after a suppression, and one note that says so. */
    Done heard(Desk desk, Ticket before, Cause cause, Step.Heard step) {
        String note = text.heardAgain(step.ticket(), cause);
        return apply(desk, before, cause, step.ticket(), step.current(), step.previousSeverity(), note);
    }

    private Done apply(
            Desk desk,
            Ticket before,
            Cause cause,
            Ticket after,
            Incident current,
            Optional<Severity> previous,
            String preface) {
        return looked(desk, after, current, incident -> {
            boolean rose = previous.filter(after.portal().severity()::worseThan).isPresent() && after.unhealthy();
            if (stateOf(incident) == IncidentState.RESOLVED && rose && !after.quietUntilHealthy()) {
                return reopen(desk, before, cause, after, current, incident, previous);
            }
            if (!stateOf(incident).active()) {
                return agreed(after, incident);
            }
            Map<String, String> wanted = after.unhealthy() ? text.update(desk, after, cause, previous) : Map.of();
            Map<String, String> fields = stateOf(incident) == IncidentState.ON_HOLD
                    ? Map.of()
                    : PeopleFirst.allowed(incident, current.baseline(), wanted);
            String note = joined(preface, wanted.getOrDefault(IncidentText.WORK_NOTES, ""));
            Ticket ours = ownWriteAsBaseline(after, incident, wanted);
            if (fields.isEmpty() && note.isBlank()) {
                return agreed(ours, incident);
            }
            Kind kind = fields.isEmpty() ? Kind.NOTE : Kind.UPDATE;
            Reason reason = fields.isEmpty() ? Reason.NOTE_WRITTEN : Reason.INCIDENT_UPDATED;
            return patch(desk, before, cause, kind, ours, incident, fields, note, reason);
        });
    }

    /** A resolved incident whose signal got worse: what an agent agreed to is no longer what there is. */
    private Done reopen(
            Desk desk,
            Ticket before,
            Cause cause,
            Ticket after,
            Incident current,
            IncidentRecord incident,
            Optional<Severity> previous) {
        Map<String, String> fields = new LinkedHashMap<>(
                PeopleFirst.allowed(incident, current.baseline(), text.update(desk, after, cause, previous)));
        fields.putAll(text.reopen(desk, after, cause, incident, previous));
        String note = fields.getOrDefault(IncidentText.WORK_NOTES, "");
        Ticket reopened = after.without(Appointment.GRACE);
        return patch(desk, before, cause, Kind.REOPEN, reopened, incident, fields, note, Reason.INCIDENT_REOPENED);
    }

    private static String joined(String preface, String note) {
        return preface.isBlank() || note.isBlank() ? preface + note : preface + "\n" + note;
    }

    /**
     * An update whose answer never came shows in the values: they are the wanted ones. Then they are the bridge's own, and the baseline of the next update.
     */
    private static Ticket ownWriteAsBaseline(Ticket after, IncidentRecord incident, Map<String, String> wanted) {
        boolean asWanted = incident.impact().equals(wanted.get("impact"))
                && incident.urgency().equals(wanted.get("urgency"))
                && incident.shortDescription().equals(wanted.get("short_description"));
        return asWanted
                ? after.withIncident(incident.sysId(), known -> known.withBaseline(Incidents.baseline(incident)))
                : after;
    }

    Done recover(Desk desk, Ticket before, Cause cause, Step.Recover step) {
        Ticket after = step.ticket();
        return looked(desk, after, step.current(), incident -> {
            if (!stateOf(incident).active()) {
                return over(before, cause, after, incident);
            }
            return taken(desk, after, incident)
                    ? remark(desk, before, cause, after, incident, text.healthySince(after, cause, step.healthySince()))
                    : resolve(
                            desk,
                            before,
                            cause,
                            after,
                            incident,
                            text.resolve(desk, after, cause, step.healthySince()));
        });
    }

    /** The device was removed. Where a person is at work the incident stays theirs, with one note. */
    Done retire(Desk desk, Ticket before, Cause cause, Step.Retire step) {
        Ticket after = step.ticket();
        return looked(desk, after, step.current(), incident -> {
            if (!stateOf(incident).active()) {
                return over(before, cause, after.retired(step.since()), incident);
            }
            return taken(desk, after, incident)
                    ? remark(desk, before, cause, after, incident, text.unenrolled(after, cause, step.since()))
                    : resolve(
                            desk,
                            before,
                            cause,
                            after.retired(step.since()),
                            incident,
                            text.resolveRemoved(desk, after, cause, step.since()));
        });
    }

    /** A note about a resolution concerns a resolved incident; every other concerns one that is worked on. */
    Done say(Desk desk, Ticket before, Cause cause, Step.Say step) {
        return looked(desk, step.ticket(), step.current(), incident -> {
            boolean concerned = step.remark() == Remark.STILL_UNHEALTHY
                    ? stateOf(incident) == IncidentState.RESOLVED
                    : stateOf(incident).active();
            return concerned
                    ? remark(desk, before, cause, step.ticket(), incident, text.remark(cause, step))
                    : agreed(step.ticket(), incident);
        });
    }

    private Done looked(Desk desk, Ticket after, Incident current, Function<IncidentRecord, Done> then) {
        return desk.gateway().read(current.sysId()).map(then).orElseGet(() -> gone(after, current));
    }

    private static boolean taken(Desk desk, Ticket ticket, IncidentRecord incident) {
        return PeopleFirst.atWork(incident, desk.journal(incident.sysId()), desk.user(), ticket.key())
                .isPresent();
    }

    private Done remark(Desk desk, Ticket before, Cause cause, Ticket after, IncidentRecord incident, String note) {
        return patch(desk, before, cause, Kind.NOTE, after, incident, Map.of(), note, Reason.NOTE_WRITTEN);
    }

    private Done resolve(
            Desk desk, Ticket before, Cause cause, Ticket after, IncidentRecord incident, Map<String, String> fields) {
        String note = fields.getOrDefault(IncidentText.WORK_NOTES, "");
        Map<String, String> complete = sayingWhatIsMissing(fields, missing.applyAsLong(before));
        return patch(desk, before, cause, Kind.RESOLVE, after, incident, complete, note, Reason.INCIDENT_RESOLVED);
    }

    /** Who reads a resolved incident shall not take it for the whole story when it is not (design, section 3.3). */
    private static Map<String, String> sayingWhatIsMissing(Map<String, String> fields, long count) {
        if (count == 0) {
            return fields;
        }
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.merge(
                CLOSE_NOTES,
                "What was said or sent in the portal and is missing here, because it could not be written: " + count
                        + ". The bridge keeps it as dead letters.",
                (notes, line) -> notes + "\n" + line);
        return all;
    }

    /** One PATCH: fields, and a note that carries the reference by which the write is found again. */
    Done patch(
            Desk desk,
            Ticket before,
            Cause cause,
            Kind kind,
            Ticket after,
            IncidentRecord incident,
            Map<String, String> fields,
            String note,
            Reason reason) {
        if (fields.isEmpty() && note.isBlank()) {
            return agreed(after, incident);
        }
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put(IncidentText.WORK_NOTES, note);
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                write(kind, Optional.of(incident.sysId()), all),
                ref -> desk.gateway().update(incident.sysId(), signed(all, ref)));
        return patched(after, incident, written, reason);
    }

    static Effects.Write write(Kind kind, Optional<String> target, Map<String, String> fields) {
        return new Effects.Write(FIRST, kind, target, Optional.ofNullable(fields.get(IncidentText.WORK_NOTES)));
    }

    /** The fields with the reference below the note; without a note nothing is added to the journal. */
    static Map<String, String> signed(Map<String, String> fields, Reference reference) {
        Map<String, String> signed = new LinkedHashMap<>(fields);
        signed.computeIfPresent(
                IncidentText.WORK_NOTES, (field, note) -> note.isBlank() ? null : reference.signing(note));
        return signed;
    }

    /**
     * The answer of a write is its read-back: the state and baseline that are recorded come from it. What is read later may
     * show a person's values, and is no baseline.
     *
     * @param seen the incident as it was before the write
     */
    private static Done patched(Ticket after, IncidentRecord seen, Effects.Written written, Reason reason) {
        IncidentRecord read = written.incident();
        Ticket recorded = after.withVersion(written.ticket().version()).withIncident(read.sysId(), known -> {
            Incident shown = Incidents.after(written.kind(), known, stateOf(read));
            return written.fields() && written.fresh()
                    ? shown.withBaseline(known.baseline().after(Incidents.baseline(seen), Incidents.baseline(read)))
                    : shown;
        });
        return Done.of(recorded, new Outcome.Delivered(reason), read.number() + ": " + reason.meaning())
                .settling(written.settled());
    }

    /** Resolved already: by a person, or by this cause's own write, whose answer never came. */
    private Done over(Ticket before, Cause cause, Ticket after, IncidentRecord incident) {
        return agreed(
                effects.made(before, cause, FIRST)
                        .map(own -> after.withIncident(
                                incident.sysId(), known -> Incidents.after(own.kind(), known, stateOf(incident))))
                        .orElse(after),
                incident);
    }

    private static Done agreed(Ticket after, IncidentRecord incident) {
        return Done.of(
                after.withIncident(incident.sysId(), known -> known.withState(stateOf(incident))),
                new Outcome.Delivered(Reason.ALREADY_AGREED),
                incident.number() + " is " + stateOf(incident) + " already");
    }

    /** Deleted by an administrator: not made again before the next episode. */
    private static Done gone(Ticket after, Incident current) {
        return Done.of(
                after.withIncident(current.sysId(), known -> known.withState(IncidentState.CANCELED)),
                new Outcome.Ignored(Reason.RECORD_GONE),
                current.number() + " was deleted in ServiceNow");
    }

    /** An instance may have states of its own; they are taken for work in progress, which the bridge leaves alone. */
    static IncidentState stateOf(IncidentRecord incident) {
        return incident.state().orElse(IncidentState.IN_PROGRESS);
    }
}
