package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Intent.Kind;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries out what the lifecycle asks for: reads the incident where a person may have changed it, maps, writes, and says
 * what is to be recorded. It never records itself, except between two writes of one change.
 */
final class IncidentWriter {

    /** The write of the incident's fields and state; there is at most one for a cause. */
    private static final int FIRST = IncidentUpdates.FIRST;

    private final CorrelationStore store;
    private final Effects effects;
    private final IncidentText text;
    private final Journals journals;
    private final IncidentUpdates updates;
    private final Instant completeSince;
    private final Clock clock;

    /** @param completeSince since when the store knows everything, by the bridge's clock */
    IncidentWriter(
            CorrelationStore store,
            Effects effects,
            IncidentText text,
            Journals journals,
            Instant completeSince,
            Clock clock) {
        this.store = store;
        this.effects = effects;
        this.text = text;
        this.journals = journals;
        this.updates = new IncidentUpdates(effects, text, store::missing);
        this.completeSince = completeSince;
        this.clock = clock;
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
            return updates.recover(desk, before, cause, recover);
        } else if (step instanceof Step.Update update) {
            return updates.update(desk, before, cause, update);
        } else if (step instanceof Step.Heard heard) {
            return updates.heard(desk, before, cause, heard);
        } else if (step instanceof Step.Retire retire) {
            return updates.retire(desk, before, cause, retire);
        } else if (step instanceof Step.Say say) {
            return updates.say(desk, before, cause, say);
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
        Incident adopted = Incidents.adopted(found.get(), after.episode(), cause.id(), clock.instant());
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
        IncidentText.Written mapped = text.create(desk, after, cause);
        Map<String, String> fields = mapped.fields();
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                IncidentUpdates.write(Kind.CREATE, Optional.empty(), fields),
                ref -> desk.gateway().create(IncidentUpdates.signed(fields, ref)));
        return createdBy(cause, after, written, Reason.INCIDENT_CREATED, mapped.remarks());
    }

    private Done followUp(Desk desk, Ticket before, Cause cause, Ticket after, Optional<IncidentRecord> parent) {
        IncidentText.Written mapped = text.followUp(desk, after, cause, parent);
        Map<String, String> fields = new LinkedHashMap<>(mapped.fields());
        parent.ifPresent(closed -> fields.put("parent", closed.sysId()));
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                IncidentUpdates.write(Kind.FOLLOW_UP, parent.map(IncidentRecord::sysId), fields),
                ref -> desk.gateway().create(IncidentUpdates.signed(fields, ref)));
        return createdBy(cause, after, written, Reason.FOLLOW_UP_CREATED, mapped.remarks());
    }

    /** @param remarks on fields that were left out, for the ticket's history */
    private Done createdBy(Cause cause, Ticket after, Effects.Written written, Reason reason, List<String> remarks) {
        IncidentRecord shown = written.incident();
        Incident incident = written.fresh()
                ? Incidents.made(shown, after.episode(), cause.id(), clock.instant())
                : Incidents.found(shown, after.episode(), cause.id(), clock.instant());
        return Done.of(
                        after.withVersion(written.ticket().version()).followedBy(incident),
                        new Outcome.Delivered(reason),
                        Stream.concat(Stream.of(incident.number() + " created"), remarks.stream())
                                .collect(Collectors.joining(". ")))
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
            Ticket after = step.ticket()
                    .withIncident(incident.sysId(), known -> known.withState(IncidentUpdates.stateOf(incident)));
            return followUp(desk, before, cause, after, read);
        }
        if (IncidentUpdates.stateOf(incident) != IncidentState.RESOLVED) {
            return updates.patch(
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
        Map<String, String> fields = text.reopen(desk, step.ticket(), cause, incident, Optional.empty());
        String note = fields.getOrDefault(IncidentText.WORK_NOTES, text.relapse(step.ticket(), cause));
        return updates.patch(
                desk, before, cause, Kind.REOPEN, step.ticket(), incident, fields, note, Reason.INCIDENT_REOPENED);
    }

    private Done note(Desk desk, Ticket before, Cause cause, Ticket after) {
        return journals.note(desk, before, cause, after, (read, closed) -> createOrAdopt(desk, read, cause, closed));
    }

    private static boolean terminal(IncidentRecord incident) {
        return IncidentUpdates.stateOf(incident).terminal();
    }
}
