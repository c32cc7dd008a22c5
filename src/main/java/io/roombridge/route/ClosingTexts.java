package io.roombridge.route;

import io.roombridge.closing.Timetable;
import io.roombridge.mapping.ClosingInput;
import io.roombridge.mapping.ClosingText;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.ticket.Ticket;
import java.util.Locale;
import java.util.Optional;

/** What the mappings make of the closing of an inactive ticket, for both sides. */
public final class ClosingTexts {

    private final MappingsInForce mappings;
    private final String author;

    /** @param author who says it towards the portal */
    public ClosingTexts(MappingsInForce mappings, String author) {
        this.mappings = mappings;
        this.author = author;
    }

    /** A text that is not about dates. */
    String of(ClosingText kind, Ticket ticket, String number) {
        return mappings.of(ticket.tenant()).closing(kind, ClosingInput.of(number));
    }

    /** A text about the count that this timetable rests on. */
    String of(ClosingText kind, Ticket ticket, String number, Timetable timetable, String signal) {
        return mappings.of(ticket.tenant())
                .closing(
                        kind,
                        ClosingInput.of(number)
                                .counting(new ClosingInput.Count(
                                        timetable.sinceInWords(),
                                        timetable.inWords(),
                                        timetable.due().businessDays(),
                                        signal)));
    }

    /** The text as a message that the customer reads in the portal. */
    Request.MessageAdd message(String text) {
        return new Request.MessageAdd(text, true, Optional.of(author));
    }

    /** What the portal says of a ticket's signal, in one word. */
    static String signal(Ticket ticket) {
        return ticket.condition().name().toLowerCase(Locale.ROOT);
    }
}
