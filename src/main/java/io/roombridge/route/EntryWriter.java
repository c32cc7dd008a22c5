package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.Intent.Kind;
import io.roombridge.correlation.Settled;
import io.roombridge.mapping.NoteParts;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a text into a journal: in parts where it is too long for one entry, each a write of its own with its own
 * reference. The parts are written in order; one that was cut off is settled before the next is begun, so a repetition
 * goes on where the last attempt ended.
 */
final class EntryWriter {

    /** The first part of a text; its number is the same whether the incident had to be made first or not. */
    private static final int FIRST_PART = 2;

    /** Instances are known to cut at 4000 (facts/servicenow.md, section 2.7); the reference is part of the entry. */
    private static final int LONGEST = 3900 - 30;

    private final CorrelationStore store;
    private final Effects effects;

    EntryWriter(CorrelationStore store, Effects effects) {
        this.store = store;
        this.effects = effects;
    }

    /**
     * What became of a text.
     *
     * @param ticket the ticket as it was read, at the version the last write gave it
     * @param incident as the instance showed it after the last write
     * @param settled the result that belongs into the commit that records the text
     * @param kept false when the incident is closed and the instance dropped the text
     */
    record Entered(Ticket ticket, IncidentRecord incident, List<Settled> settled, boolean kept) {}

    /** The mark of the first part of a cause's text. */
    static Reference reference(Cause cause) {
        return Reference.of(cause.id(), FIRST_PART);
    }

    /** @param before the ticket as it was read, not as it will be */
    Entered write(Desk desk, Ticket before, Cause cause, String sysId, IncidentText.Entry entry) {
        List<String> parts = parts(entry.text());
        Ticket ticket = before;
        for (int i = 0; ; i++) {
            String part = parts.get(i);
            Effects.Written written = effects.once(
                    desk,
                    ticket,
                    cause,
                    new Effects.Write(FIRST_PART + i, Kind.NOTE, Optional.of(sysId), Optional.of(part)),
                    reference -> desk.gateway().update(sysId, Map.of(entry.field(), reference.signing(part))));
            if (!kept(desk, written, Reference.of(cause.id(), FIRST_PART + i))) {
                store.commit(new Commit().settling(List.of(written.settled().undone())));
                return new Entered(written.ticket(), written.incident(), List.of(), false);
            }
            if (i == parts.size() - 1) {
                return new Entered(written.ticket(), written.incident(), List.of(written.settled()), true);
            }
            store.commit(new Commit().settling(List.of(written.settled())));
            ticket = written.ticket();
        }
    }

    /** The incident that dropped some part of the text in an earlier attempt, if one did: its sys_id. */
    Optional<String> droppedBy(Ticket ticket, Cause cause, IncidentText.Entry entry, String sysId) {
        for (int i = 0; i < parts(entry.text()).size(); i++) {
            Optional<String> other = store.intentsOf(ticket, cause.id(), FIRST_PART + i).stream()
                    .filter(intent -> intent.result()
                            .filter(Intent.Result.NOT_DONE::equals)
                            .isPresent())
                    .flatMap(intent -> intent.target().stream())
                    .filter(target -> !target.equals(sysId))
                    .findFirst();
            if (other.isPresent()) {
                return other;
            }
        }
        return Optional.empty();
    }

    /**
     * ServiceNow answers 200 to a comment on a closed incident, and most instances keep nothing of it, but some do
     * (facts/servicenow.md, section 2.4): the journal tells.
     */
    private static boolean kept(Desk desk, Effects.Written written, Reference reference) {
        boolean closed =
                written.incident().state().filter(IncidentState::terminal).isPresent();
        return !closed || stands(desk, written, reference);
    }

    /** Where the journal may not be read, a kept text looks like a dropped one, and is carried again. */
    private static boolean stands(Desk desk, Effects.Written written, Reference reference) {
        try {
            return Settlement.hasNote(desk, written.incident(), reference);
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return false;
            }
            throw failure;
        }
    }

    /** Characters outside the basic plane, such as emoji, may count twice where the instance counts. */
    private static List<String> parts(String text) {
        boolean basic = text.length() == text.codePointCount(0, text.length());
        return NoteParts.of(text, basic ? LONGEST : LONGEST / 2);
    }
}
