package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Intent.Kind;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out what the lifecycle asks for: reads the incident where a person may have changed it, maps, writes, and says
 * what is to be recorded. It never records itself, except between two writes of one change.
 */
final class IncidentWriter {

    /** The write of the incident's fields and state; there is at most one for a cause. */
    private static final int FIRST = 1;

    private final CorrelationStore store;
    private final Effects effects;
    private final IncidentText text;
    private final Journals journals;
    private final Instant completeSince;
    private final Clock machine;

    /** @param completeSince since when the store knows everything, by the bridge's clock */
    IncidentWriter(
            CorrelationStore store,
            Effects effects,
            IncidentText text,
            Journals journals,
            Instant completeSince,
            Clock machine) {
        this.store = store;
        this.effects = effects;
        this.text = text;
        this.journals = journals;
        this.completeSince = completeSince;
        this.machine = machine;
    }

    /** @param before the ticket as it was read; the step's own ticket is how it will be recorded */
    Done carryOut(Desk desk, Ticket before, Cause cause, Step step) {
        if (step instanceof Step.Settle settle) {
            return Done.of(
                    settle.ticket(), settle.outcome(), settle.outcome().reason().meaning());
        } else if (step instanceof Step.Create create) {
            return create(desk, before, cause, create.ticket());
        } else if (step instanceof Step.Relapse relapse) {
            return relapse(desk, before, cause, relapse);
        } else if (step instanceof Step.Recover recover) {
            return recover(desk, before, cause, recover);
        } else if (step instanceof Step.Update update) {
            return update(desk, before, cause, update);
        } else if (step instanceof Step.Note note) {
            return note(desk, before, cause, note.ticket());
        }
        throw new IllegalStateException("a step without a way to carry it out: " + step);
    }

    private Done create(Desk desk, Ticket before, Cause cause, Ticket after) {
        boolean message = cause.change().filter(IncidentText::isMessage).isPresent();
        Done created = createOrAdopt(desk, before, cause, after);
        return message ? alsoNote(desk, cause, created) : created;
    }

    private Done createOrAdopt(Desk desk, Ticket before, Cause cause, Ticket after) {
        if (effects.made(before, cause, FIRST).isPresent() || !searchFirst(before, cause)) {
            return createFirst(desk, before, cause, after);
        }
        Optional<IncidentRecord> found = newestOf(desk, before);
        if (found.isEmpty()) {
            return createFirst(desk, before, cause, after);
        }
        if (terminal(found.get())) {
            return followUp(desk, before, cause, after, found);
        }
        Incident adopted = Incidents.recorded(found.get(), after.episode(), cause.id(), machine.instant());
        if (adopted.state() == IncidentState.RESOLVED && after.unhealthy()) {
            return relapse(desk, before, cause, new Step.Relapse(after.followedBy(adopted), adopted));
        }
        return Done.of(
                after.followedBy(adopted),
                new Outcome.Delivered(Reason.ALREADY_AGREED),
                adopted.number() + " already carries this ticket's id");
    }

    /**
     * A create needs no search only where the store certainly knows everything about the ticket: then there is one POST
     * in the steady state, and still never two incidents (design, section 3.3).
     */
    private boolean searchFirst(Ticket before, Cause cause) {
        boolean wholeLifeKnown = before.portal().createdAt().isAfter(completeSince)
                && before.createdAt().isAfter(completeSince)
                && cause.change()
                        .map(change -> change.at().isAfter(completeSince))
                        .orElse(true);
        return !wholeLifeKnown || store.everTriedToCreate(before);
    }

    private static Optional<IncidentRecord> newestOf(Desk desk, Ticket ticket) {
        Comparator<IncidentRecord> activeFirst = Comparator.comparing(incident -> !terminal(incident));
        return desk.gateway().findByCorrelation(ticket.id()).stream()
                .max(activeFirst.thenComparing(Incidents::createdOn));
    }

    private Done createFirst(Desk desk, Ticket before, Cause cause, Ticket after) {
        Map<String, String> fields = text.create(desk, after, cause);
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                write(Kind.CREATE, Optional.empty(), fields),
                ref -> desk.gateway().create(signed(fields, ref)));
        return createdBy(cause, after, written, Reason.INCIDENT_CREATED);
    }

    private Done followUp(Desk desk, Ticket before, Cause cause, Ticket after, Optional<IncidentRecord> parent) {
        Map<String, String> fields = new LinkedHashMap<>(text.followUp(desk, after, cause, parent));
        parent.ifPresent(closed -> fields.put("parent", closed.sysId()));
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                write(Kind.FOLLOW_UP, parent.map(IncidentRecord::sysId), fields),
                ref -> desk.gateway().create(signed(fields, ref)));
        return createdBy(cause, after, written, Reason.FOLLOW_UP_CREATED);
    }

    private Done createdBy(Cause cause, Ticket after, Effects.Written written, Reason reason) {
        Incident incident = Incidents.recorded(written.incident(), after.episode(), cause.id(), machine.instant());
        return Done.of(
                        after.withVersion(written.ticket().version()).followedBy(incident),
                        new Outcome.Delivered(reason),
                        incident.number() + " created")
                .settling(written.settled());
    }

    /** A message for a ticket nobody had heard of: its incident is recorded first, so that only the note can be cut off. */
    private Done alsoNote(Desk desk, Cause cause, Done created) {
        Ticket ticket = created.ticket().orElseThrow();
        store.commit(new Commit().ticket(ticket).settling(created.settled()));
        Ticket recorded = ticket.withVersion(ticket.version() + 1);
        return note(desk, recorded, cause, recorded);
    }

    private Done relapse(Desk desk, Ticket before, Cause cause, Step.Relapse step) {
        Optional<IncidentRecord> read = desk.gateway().read(step.current().sysId());
        if (read.isEmpty()) {
            return followUp(desk, before, cause, step.ticket(), Optional.empty());
        }
        IncidentRecord incident = read.get();
        if (terminal(incident)) {
            Ticket after = step.ticket().withIncident(incident.sysId(), known -> known.withState(stateOf(incident)));
            return followUp(desk, before, cause, after, read);
        }
        if (stateOf(incident) != IncidentState.RESOLVED) {
            return patch(
                    desk,
                    before,
                    cause,
                    Kind.NOTE,
                    step.ticket(),
                    incident,
                    Map.of(),
                    text.relapse(step.ticket(), cause),
                    Reason.NOTE_WRITTEN);
        }
        Map<String, String> fields = text.reopen(desk, step.ticket(), cause, incident);
        String note = fields.getOrDefault(IncidentText.WORK_NOTES, text.relapse(step.ticket(), cause));
        return patch(desk, before, cause, Kind.REOPEN, step.ticket(), incident, fields, note, Reason.INCIDENT_REOPENED);
    }

    private Done recover(Desk desk, Ticket before, Cause cause, Step.Recover step) {
        Optional<IncidentRecord> read = desk.gateway().read(step.current().sysId());
        if (read.isEmpty()) {
            return gone(step.ticket(), step.current());
        }
        IncidentRecord incident = read.get();
        if (terminal(incident) || stateOf(incident) == IncidentState.RESOLVED) {
            return agreed(step.ticket(), incident);
        }
        Optional<String> person = PeopleFirst.atWork(
                incident,
                desk.gateway().journal(incident.sysId(), Desk.JOURNAL_DEPTH),
                desk.user(),
                step.ticket().key());
        if (person.isPresent()) {
            return patch(
                    desk,
                    before,
                    cause,
                    Kind.NOTE,
                    step.ticket(),
                    incident,
                    Map.of(),
                    text.healthySince(step.ticket(), cause, step.healthySince()),
                    Reason.NOTE_WRITTEN);
        }
        Map<String, String> fields = text.resolve(desk, step.ticket(), cause, step.healthySince());
        return patch(
                desk,
                before,
                cause,
                Kind.RESOLVE,
                step.ticket(),
                incident,
                fields,
                fields.getOrDefault(IncidentText.WORK_NOTES, ""),
                Reason.INCIDENT_RESOLVED);
    }

    private Done update(Desk desk, Ticket before, Cause cause, Step.Update step) {
        Optional<IncidentRecord> read = desk.gateway().read(step.current().sysId());
        if (read.isEmpty()) {
            return gone(step.ticket(), step.current());
        }
        IncidentRecord incident = read.get();
        if (!stateOf(incident).active()) {
            return agreed(step.ticket(), incident);
        }
        Map<String, String> wanted = text.update(desk, step.ticket(), cause, step.previousSeverity());
        Map<String, String> fields = stateOf(incident) == IncidentState.ON_HOLD
                ? Map.of()
                : PeopleFirst.allowed(incident, step.current().baseline(), wanted);
        String note = wanted.getOrDefault(IncidentText.WORK_NOTES, "");
        if (fields.isEmpty() && note.isBlank()) {
            return agreed(ownWriteAsBaseline(step, incident, wanted), incident);
        }
        return patch(
                desk,
                before,
                cause,
                fields.isEmpty() ? Kind.NOTE : Kind.UPDATE,
                step.ticket(),
                incident,
                fields,
                note,
                fields.isEmpty() ? Reason.NOTE_WRITTEN : Reason.INCIDENT_UPDATED);
    }

    /**
     * An update whose answer never came, and that left no note to be found by, shows in the values: they are the wanted
     * ones. Then they are the bridge's own, and the baseline of the next update.
     */
    private static Ticket ownWriteAsBaseline(Step.Update step, IncidentRecord incident, Map<String, String> wanted) {
        boolean asWanted = incident.impact().equals(wanted.get("impact"))
                && incident.urgency().equals(wanted.get("urgency"))
                && incident.shortDescription().equals(wanted.get("short_description"));
        return asWanted
                ? step.ticket()
                        .withIncident(incident.sysId(), known -> known.withBaseline(Incidents.baseline(incident)))
                : step.ticket();
    }

    private Done note(Desk desk, Ticket before, Cause cause, Ticket after) {
        return journals.note(desk, before, cause, after, (read, closed) -> createOrAdopt(desk, read, cause, closed));
    }

    /** One PATCH: fields, and a note that carries the reference by which the write is found again. */
    private Done patch(
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
        return patched(after, written, reason);
    }

    private static Effects.Write write(Kind kind, Optional<String> target, Map<String, String> fields) {
        return new Effects.Write(FIRST, kind, target, Optional.ofNullable(fields.get(IncidentText.WORK_NOTES)));
    }

    /** The fields with the reference below the note; without a note nothing is added to the journal. */
    private static Map<String, String> signed(Map<String, String> fields, Reference reference) {
        Map<String, String> signed = new LinkedHashMap<>(fields);
        signed.computeIfPresent(
                IncidentText.WORK_NOTES, (field, note) -> note.isBlank() ? null : reference.signing(note));
        return signed;
    }

    /** The answer of a write is its read-back: the state and baseline that are recorded come from it. */
    private static Done patched(Ticket after, Effects.Written written, Reason reason) {
        IncidentRecord read = written.incident();
        Ticket recorded = after.withVersion(written.ticket().version()).withIncident(read.sysId(), known -> {
            boolean ownState = reason == Reason.INCIDENT_RESOLVED || reason == Reason.INCIDENT_REOPENED;
            Incident shown = ownState ? known.withOwnState(stateOf(read)) : known.withState(stateOf(read));
            return written.fields() ? shown.withBaseline(Incidents.baseline(read)) : shown;
        });
        return Done.of(recorded, new Outcome.Delivered(reason), read.number() + ": " + reason.meaning())
                .settling(written.settled());
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

    private static boolean terminal(IncidentRecord incident) {
        return stateOf(incident).terminal();
    }

    /** An instance may have states of its own; they are taken for work in progress, which the bridge leaves alone. */
    private static IncidentState stateOf(IncidentRecord incident) {
        return incident.state().orElse(IncidentState.IN_PROGRESS);
    }
}
