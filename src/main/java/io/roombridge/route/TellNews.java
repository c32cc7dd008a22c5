package io.roombridge.route;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.privacy.Privacy;
import io.roombridge.route.DeskNews.News;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts what an incident shows into commands for the portal (design, section 3.8). */
final class TellNews {

    /** Greater than any number of changes in {@link #version}. */
    private static final int CANCELED = 99_999;

    private final Commands commands;
    private final PortalText text;

    TellNews(Commands commands, PortalText text) {
        this.commands = commands;
        this.text = text;
    }

    /** Whether anything is sent to the portal at all. */
    boolean on() {
        return commands.on();
    }

    /** The incident's number, and that somebody works on it: before what people wrote. */
    List<OutgoingCommand> first(Desk desk, Ticket ticket, IncidentRecord read, DeskNews told) {
        List<OutgoingCommand> first = new ArrayList<>();
        for (News news : told.news()) {
            if (news instanceof News.Linked) {
                first.addAll(commands.about(
                        ticket,
                        Commands.link(desk.name(), read.sysId()),
                        new Request.LinkSnow(read.number(), desk.address(read.sysId()))));
            } else if (news instanceof News.Taken) {
                first.addAll(commands.about(
                        ticket,
                        Commands.taken(desk.name(), read.sysId()),
                        new Request.Ack(Optional.empty(), Optional.of(read.number()))));
            }
        }
        return first;
    }

    /** The incident's state: after what people wrote, because whoever puts a ticket on hold says why in the same save. */
    List<OutgoingCommand> last(Desk desk, Ticket ticket, IncidentRecord read, DeskNews told) {
        return told.news().stream()
                .flatMap(news -> ofState(desk, ticket, read, news).stream())
                .toList();
    }

    /** An administrator deleted the incident. */
    List<OutgoingCommand> deleted(Desk desk, Ticket ticket, Incident incident) {
        return text.deleted(ticket, incident)
                .map(message -> commands.about(
                        ticket,
                        Commands.gone(desk.name(), incident.sysId()),
                        new Request.MessageAdd(message, true, Optional.of(text.author()))))
                .orElse(List.of());
    }

    /**
     * The end of an incident is told by its own time, so that a rebuilt store tells it under the same id. Any other news
     * by a number that rises with every change of the incident, also where its number of changes cannot be read.
     */
    private static long version(News news, IncidentRecord read) {
        boolean end = news instanceof News.Resolved || news instanceof News.Canceled;
        if (end && read.over().isPresent()) {
            // What is canceled after it was resolved keeps the time of its resolution, but is told all the same.
            return read.over().get().getEpochSecond() * 100_000 + (news instanceof News.Canceled ? CANCELED : 0);
        }
        return read.updatedOn().map(Instant::getEpochSecond).orElse(0L) * 100_000 + read.modCount() % 100_000;
    }

    private List<OutgoingCommand> ofState(Desk desk, Ticket ticket, IncidentRecord read, News news) {
        Optional<String> message = text.of(ticket, news, read);
        if (message.isEmpty()) {
            return List.of();
        }
        String id = Commands.state(desk.name(), read.sysId(), version(news, read));
        List<OutgoingCommand> told = new ArrayList<>(
                commands.about(ticket, id, new Request.MessageAdd(message.get(), true, Optional.of(text.author()))));
        // Only an issue that a person recorded can be closed from outside (facts/portal.md, section 9.4).
        if (news instanceof News.Resolved resolved && ticket.key() instanceof TicketKey.RecordedIssue) {
            told.addAll(commands.about(
                    ticket,
                    id + "-close",
                    new Request.Close(Privacy.strictly(resolved.closeCode()), Optional.of(message.get()))));
        }
        return told;
    }
}
