package io.roombridge.route;

import io.roombridge.mapping.Accounts;
import io.roombridge.mapping.IncidentFields;
import io.roombridge.mapping.IncidentWrite;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.MappingFailed;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.mapping.NoteKind;
import io.roombridge.privacy.Destination;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the mappings make of a ticket: the fields and notes that are written, with references resolved on the instance. */
final class IncidentText {

    static final String WORK_NOTES = "work_notes";
    private static final String COMMENTS = "comments";

    private final MappingsInForce mappings;

    IncidentText(MappingsInForce mappings) {
        this.mappings = mappings;
    }

    /** Text for one of the two journals of an incident. */
    record Entry(String field, String text) {}

    /** A person's own words, whoever may read them. */
    static boolean isSpeech(Change change) {
        return change.detail() instanceof Detail.Message message && message.human();
    }

    /** What automation says: the result of a repair, or a message of a bot or service. */
    static boolean isAutomation(Change change) {
        return isMessage(change) && !isSpeech(change);
    }

    /** The mapping can make nothing of this ticket; a person has to mend the mapping, then the change is replayed. */
    static final class Unmappable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unmappable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static boolean isMessage(Change change) {
        return change.kind() == Change.Kind.TICKET_MESSAGE_ADDED || change.kind() == Change.Kind.TICKET_REMEDIATION;
    }

    /**
     * The fields of a new incident.
     *
     * @param remarks what a person should know of records that were not found
     */
    record Written(Map<String, String> fields, List<String> remarks) {}

    Written create(Desk desk, Ticket ticket, Cause cause) {
        return written(desk, IncidentWrite.CREATE, input(ticket, cause));
    }

    Written followUp(Desk desk, Ticket ticket, Cause cause, Optional<IncidentRecord> previous) {
        Input input = input(ticket, cause);
        return written(
                desk,
                IncidentWrite.FOLLOW_UP,
                previous.map(closed -> input.following(closed.sysId(), closed.number()))
                        .orElse(input));
    }

    Map<String, String> update(Desk desk, Ticket ticket, Cause cause, Optional<Severity> previous) {
        Input input = input(ticket, cause);
        return fields(
                desk, IncidentWrite.UPDATE, previous.map(input::changedFrom).orElse(input));
    }

    /** @param previous the severity it rose from, if that is why */
    Map<String, String> reopen(
            Desk desk, Ticket ticket, Cause cause, IncidentRecord resolved, Optional<Severity> previous) {
        Input input = input(ticket, cause).assigned(!resolved.assignedTo().isEmpty());
        return fields(
                desk, IncidentWrite.REOPEN, previous.map(input::changedFrom).orElse(input));
    }

    Map<String, String> resolve(Desk desk, Ticket ticket, Cause cause, Instant healthySince) {
        return resolve(desk, input(ticket, cause).healthySince(healthySince));
    }

    /** @param removedSince since when the device is not there any more */
    Map<String, String> resolveRemoved(Desk desk, Ticket ticket, Cause cause, Instant removedSince) {
        return resolve(desk, input(ticket, cause).since(removedSince));
    }

    private Map<String, String> resolve(Desk desk, Input input) {
        String code = desk.closeCode()
                .orElseThrow(() -> new Unmappable(
                        "none of the configured close codes " + desk.closeCodes()
                                + " is a choice of the instance; set roombridge.instances." + desk.name()
                                + ".close-codes",
                        null));
        return fields(desk, IncidentWrite.RESOLVE, input.closedWith(code));
    }

    String healthySince(Ticket ticket, Cause cause, Instant since) {
        return note(NoteKind.HEALTHY_SINCE, input(ticket, cause).healthySince(since));
    }

    String heardAgain(Ticket ticket, Cause cause) {
        Input input = input(ticket, cause);
        return note(NoteKind.HEARD_AGAIN, ticket.unhealthy() ? input : input.healthySince(ticket.conditionSince()));
    }

    String unenrolled(Ticket ticket, Cause cause, Instant since) {
        return note(NoteKind.UNENROLLED, input(ticket, cause).since(since));
    }

    /** What an incident of another integration gets to become the ticket's. */
    Map<String, String> adoption(Desk desk, Ticket ticket, Cause cause) {
        try {
            return mappings.of(ticket.tenant()).adoption(input(ticket, cause), desk::lengths);
        } catch (MappingFailed e) {
            throw new Unmappable(e.getMessage(), e);
        }
    }

    String givenBack(Ticket ticket, Cause cause) {
        return note(NoteKind.GIVEN_BACK, input(ticket, cause));
    }

    String remark(Cause cause, Step.Say say) {
        NoteKind kind =
                switch (say.remark()) {
                    case SUPPRESSED -> NoteKind.SUPPRESSED;
                    case STATE_UNKNOWN -> NoteKind.STATE_UNKNOWN;
                    case ABSORBED -> NoteKind.ABSORBED;
                    case REPLACED -> NoteKind.REPLACED;
                    case STILL_UNHEALTHY -> NoteKind.STILL_UNHEALTHY;
                };
        return note(kind, input(say.ticket(), cause).since(say.since()).naming(say.about()));
    }

    String relapse(Ticket ticket, Cause cause) {
        return note(NoteKind.RELAPSE, input(ticket, cause));
    }

    /** What a message, a repair or a change of status says, and to whom; empty text when there is nothing to say. */
    Entry entry(Ticket ticket, Cause cause) {
        Change change = cause.change().orElseThrow();
        Input input = input(ticket, cause);
        if (change.detail() instanceof Detail.Message message) {
            boolean forCustomers = message.human() && message.customerVisible();
            return forCustomers
                    ? new Entry(COMMENTS, note(NoteKind.MESSAGE, Destination.COMMENTS, input))
                    : new Entry(WORK_NOTES, note(NoteKind.MESSAGE, Destination.WORK_NOTES, input));
        } else if (change.detail() instanceof Detail.Remediation) {
            return new Entry(WORK_NOTES, note(NoteKind.REMEDIATION, input));
        }
        boolean investigating = ticket.portal().state() == PortalState.INVESTIGATING;
        return new Entry(WORK_NOTES, note(investigating ? NoteKind.INVESTIGATING : NoteKind.NEEDS_ACTION, input));
    }

    private static Input input(Ticket ticket, Cause cause) {
        return Input.of(cause.payload(), ticket.key(), ticket.episode());
    }

    private String note(NoteKind kind, Input input) {
        return note(kind, Destination.WORK_NOTES, input);
    }

    private String note(NoteKind kind, Destination to, Input input) {
        try {
            return mappings.of(input.key().tenant()).note(kind, to, input);
        } catch (MappingFailed e) {
            throw new Unmappable(e.getMessage(), e);
        }
    }

    private Map<String, String> fields(Desk desk, IncidentWrite write, Input input) {
        return written(desk, write, input).fields();
    }

    private Written written(Desk desk, IncidentWrite write, Input input) {
        IncidentFields mapped;
        try {
            mapped = mappings.of(input.key().tenant()).fields(write, input, desk::lengths);
        } catch (MappingFailed e) {
            throw new Unmappable(e.getMessage(), e);
        }
        Map<String, String> fields = new LinkedHashMap<>(mapped.values());
        List<String> remarks = new ArrayList<>();
        Accounts accounts = Accounts.of(input.event());
        mapped.references().forEach((field, reference) -> {
            References.Answer answer = desk.recordFor(field, reference, accounts);
            answer.sysId().ifPresent(sysId -> fields.put(field, sysId));
            answer.remark(field).ifPresent(remarks::add);
        });
        return new Written(fields, List.copyOf(remarks));
    }
}
