package io.roombridge.route;

import io.roombridge.conversation.Entry;
import io.roombridge.conversation.Heard;
import io.roombridge.conversation.Hearing;
import io.roombridge.conversation.OwnWrites;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.HeardEntry;
import io.roombridge.correlation.HeardEntry.Origin;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.mapping.MappingFailed;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.privacy.Sensitive;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says of one comment or work note whose it is, and what of it the portal gets. */
final class PassOn {

    private static final String COMMENTS = "comments";

    private final HeardEntries ledger;
    private final Commands commands;
    private final PortalText text;
    private final Instant completeSince;
    private final Clock clock;

    /** @param completeSince before this instant the ledger does not know which entries are the bridge's own */
    PassOn(HeardEntries ledger, Commands commands, PortalText text, Instant completeSince, Clock clock) {
        this.ledger = ledger;
        this.commands = commands;
        this.text = text;
        this.completeSince = completeSince;
        this.clock = clock;
    }

    /** What is committed of an entry, together. */
    record Passed(
            HeardEntry entry,
            List<OutgoingCommand> commands,
            Optional<DeadLetter> letter,
            Map<Sensitive, Integer> withheld) {

        Passed(HeardEntry entry, List<OutgoingCommand> commands) {
            this(entry, commands, Optional.empty(), Map.of());
        }

        /** For the ticket's history: what became of it, without what it says. */
        String said() {
            String what = entry.comment() ? "a comment" : "a work note";
            return what + " of the " + entry.origin().label() + ", "
                    + entry.outcome().label() + " (" + entry.outcome().reason().label() + ")"
                    + Withheld.said(Map.of("text", withheld));
        }
    }

    Passed on(Desk desk, Ticket ticket, String number, JournalEntry entry) {
        Instant createdOn = entry.createdOn().orElse(Instant.EPOCH);
        Heard heard = Hearing.hear(
                new Entry(
                        entry.sysId(),
                        entry.element().equals(COMMENTS),
                        entry.value(),
                        entry.createdBy(),
                        entry.createdOn()),
                own(desk),
                desk.user(),
                createdOn.isBefore(completeSince));
        if (heard instanceof Heard.Speech speech) {
            List<OutgoingCommand> told;
            try {
                told = speech(desk, ticket, number, entry, speech.text());
            } catch (MappingFailed failed) {
                return dead(desk, ticket, entry, failed.getMessage());
            }
            Origin origin = speech.fromPerson() ? Origin.PERSON : Origin.BRIDGE;
            return new Passed(
                    entry(desk, ticket, entry, origin, outcome(ticket, told)),
                    told,
                    Optional.empty(),
                    text.withheld(ticket, speech.text()));
        } else if (heard instanceof Heard.Internal) {
            return silent(desk, ticket, entry, Origin.PERSON, new Outcome.Ignored(Reason.INTERNAL));
        } else if (heard instanceof Heard.Platform) {
            return silent(desk, ticket, entry, Origin.PLATFORM, new Outcome.Ignored(Reason.PLATFORM_ENTRY));
        }
        return silent(desk, ticket, entry, Origin.BRIDGE, new Outcome.Echo(Reason.OWN_WRITE));
    }

    private List<OutgoingCommand> speech(Desk desk, Ticket ticket, String number, JournalEntry entry, String said) {
        String author = text.author(desk, entry);
        List<String> parts = text.comment(ticket, number, author, said);
        List<OutgoingCommand> told = new ArrayList<>();
        for (int part = 1; part <= parts.size(); part++) {
            told.addAll(commands.about(
                    ticket,
                    Commands.journal(desk.name(), entry.sysId(), part),
                    new Request.MessageAdd(parts.get(part - 1), true, Optional.of(author))));
        }
        return told;
    }

    private Passed dead(Desk desk, Ticket ticket, JournalEntry entry, String why) {
        return new Passed(
                entry(desk, ticket, entry, Origin.PERSON, new Outcome.Dead(Reason.MAPPING_FAILED, why)),
                List.of(),
                Optional.of(Unheard.entry(desk, ticket, entry, why, clock.instant())),
                Map.of());
    }

    private Outcome outcome(Ticket ticket, List<OutgoingCommand> told) {
        if (!commands.on()) {
            return new Outcome.Ignored(Reason.COMMANDS_OFF);
        }
        if (!ticket.portal().named()) {
            return new Outcome.Ignored(Reason.NOT_IN_PORTAL);
        }
        return told.isEmpty() ? new Outcome.Ignored(Reason.NOTHING_TO_SAY) : new Outcome.Delivered(Reason.TOLD_PORTAL);
    }

    private Passed silent(Desk desk, Ticket ticket, JournalEntry entry, Origin origin, Outcome outcome) {
        return new Passed(entry(desk, ticket, entry, origin, outcome), List.of());
    }

    private HeardEntry entry(Desk desk, Ticket ticket, JournalEntry entry, Origin origin, Outcome outcome) {
        return new HeardEntry(
                desk.name(),
                entry.sysId(),
                ticket.tenant(),
                ticket.id(),
                entry.incident(),
                entry.element().equals(COMMENTS),
                entry.fromDisplay(),
                origin,
                outcome,
                entry.createdOn().orElseGet(clock::instant),
                clock.instant());
    }

    private OwnWrites own(Desk desk) {
        return new OwnWrites() {
            @Override
            public boolean knows(String entry) {
                return !ledger.known(desk.name(), List.of(entry)).isEmpty();
            }

            @Override
            public Optional<Own> byReference(String reference) {
                return ledger.ownText(desk.name(), reference)
                        .flatMap(HeardEntries.OwnText::bodyHash)
                        .map(Own::new);
            }

            @Override
            public boolean openIntent(String reference) {
                return ledger.ownText(desk.name(), reference)
                        .filter(HeardEntries.OwnText::open)
                        .isPresent();
            }
        };
    }
}
