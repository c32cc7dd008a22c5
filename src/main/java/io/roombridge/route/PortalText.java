package io.roombridge.route;

import io.roombridge.conversation.DeskText;
import io.roombridge.conversation.PortalAuthor;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.mapping.MessageInput;
import io.roombridge.mapping.MessageKind;
import io.roombridge.privacy.Privacy;
import io.roombridge.privacy.Sensitive;
import io.roombridge.route.DeskNews.News;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the mappings make of ServiceNow's side for the readers of the portal. */
public final class PortalText {

    private final MappingsInForce mappings;
    private final PortalAuthor writer;
    private final int longest;

    /**
     * @param writer how those who write in ServiceNow are called towards the portal
     * @param longest the most code points of one message; longer ones are split
     */
    public PortalText(MappingsInForce mappings, PortalAuthor writer, int longest) {
        this.mappings = mappings;
        this.writer = writer;
        this.longest = longest;
    }

    /** Who says what nobody in particular said. */
    String author() {
        return writer.service();
    }

    /** Who wrote an entry; the name is looked up only where it is shown. */
    String author(Desk desk, JournalEntry entry) {
        if (!writer.displayNames()) {
            return writer.service();
        }
        return Privacy.strictly(
                writer.of(entry.fromDisplay() ? Optional.of(entry.createdBy()) : desk.displayName(entry.createdBy())));
    }

    /** How often each kind stands in a person's words that may not stand everywhere. */
    Map<Sensitive, Integer> withheld(Ticket ticket, String said) {
        return mappings.of(ticket.tenant()).privacy().found(said, Set.of());
    }

    /** A comment, in as many messages as it needs; none when the mapping has nothing to say. */
    List<String> comment(Ticket ticket, String number, String author, String said) {
        String message = mappings.of(ticket.tenant())
                .message(MessageKind.COMMENT, MessageInput.about(number, author).saying(said));
        return message.isBlank() ? List.of() : DeskText.parts(message, longest);
    }

    /** Empty where a command says it without words, or the mapping has nothing to say. */
    Optional<String> of(Ticket ticket, News news, IncidentRecord read) {
        MessageInput about = MessageInput.about(read.number(), author());
        if (news instanceof News.OnHold hold) {
            return said(ticket, MessageKind.ON_HOLD, about.onHold(hold.holdReason()));
        } else if (news instanceof News.Resolved resolved) {
            return said(ticket, MessageKind.RESOLVED, about.resolved(resolved.closeCode(), read.closeNotes()));
        } else if (news instanceof News.Reopened) {
            return said(ticket, MessageKind.REOPENED, about);
        } else if (news instanceof News.Canceled) {
            return said(ticket, MessageKind.CANCELED, about);
        }
        return Optional.empty();
    }

    Optional<String> deleted(Ticket ticket, Incident incident) {
        return said(ticket, MessageKind.DELETED, MessageInput.about(incident.number(), author()));
    }

    /** The answer to a message for an incident that is closed. */
    Optional<String> closed(Ticket ticket, String number, Optional<String> followUp) {
        MessageInput about = MessageInput.about(number, author());
        return said(ticket, MessageKind.CLOSED, followUp.map(about::followedBy).orElse(about));
    }

    private Optional<String> said(Ticket ticket, MessageKind kind, MessageInput input) {
        return Optional.of(mappings.of(ticket.tenant()).message(kind, input)).filter(text -> !text.isBlank());
    }
}
