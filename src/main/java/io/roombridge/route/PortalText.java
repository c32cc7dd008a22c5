package io.roombridge.route;

import io.roombridge.mapping.Mappings;
import io.roombridge.mapping.MessageInput;
import io.roombridge.mapping.MessageKind;
import io.roombridge.mapping.NoteParts;
import io.roombridge.route.DeskNews.News;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Incident;
import java.util.List;
import java.util.Optional;

/** What the mappings make of ServiceNow's side for the readers of the portal. */
public final class PortalText {

    private final Mappings mappings;
    private final String author;
    private final boolean names;
    private final int longest;

    /**
     * @param author how the bridge's side is called towards the portal, for example {@code Contoso SOC}
     * @param names whether people are called by their names instead
     * @param longest the most code points of one message; longer ones are split
     */
    public PortalText(Mappings mappings, String author, boolean names, int longest) {
        this.mappings = mappings;
        this.author = author;
        this.names = names;
        this.longest = longest;
    }

    String author() {
        return author;
    }

    /** How the writer of an entry is called: by a name only where that is configured, and never by an address. */
    String author(Desk desk, JournalEntry entry) {
        if (!names) {
            return author;
        }
        Optional<String> name =
                entry.fromDisplay() ? Optional.of(entry.createdBy()) : desk.displayName(entry.createdBy());
        return name.filter(text -> !text.isBlank() && text.indexOf('@') < 0).orElse(author);
    }

    /** A comment, in as many messages as it needs; none when the mapping has nothing to say. */
    List<String> comment(String number, String writer, String said) {
        String message = mappings.message(
                MessageKind.COMMENT, MessageInput.about(number, writer).saying(said));
        return message.isBlank() ? List.of() : NoteParts.of(message, longest);
    }

    /** Empty where a command says it without words, or the mapping has nothing to say. */
    Optional<String> of(News news, IncidentRecord read) {
        MessageInput about = MessageInput.about(read.number(), author);
        if (news instanceof News.OnHold hold) {
            return said(MessageKind.ON_HOLD, about.onHold(hold.holdReason()));
        } else if (news instanceof News.Resolved resolved) {
            return said(MessageKind.RESOLVED, about.resolved(resolved.closeCode(), read.closeNotes()));
        } else if (news instanceof News.Reopened) {
            return said(MessageKind.REOPENED, about);
        } else if (news instanceof News.Canceled) {
            return said(MessageKind.CANCELED, about);
        }
        return Optional.empty();
    }

    Optional<String> deleted(Incident incident) {
        return said(MessageKind.DELETED, MessageInput.about(incident.number(), author));
    }

    /** The answer to a message for an incident that is closed. */
    Optional<String> closed(String number, Optional<String> followUp) {
        MessageInput about = MessageInput.about(number, author);
        return said(MessageKind.CLOSED, followUp.map(about::followedBy).orElse(about));
    }

    private Optional<String> said(MessageKind kind, MessageInput input) {
        return Optional.of(mappings.message(kind, input)).filter(text -> !text.isBlank());
    }
}
