package io.roombridge.adoption;

import io.roombridge.ticket.TicketId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds incidents by what stands in them, where the export has no number. An incident names a ticket if the portal's id of the
 * ticket stands in its text as a whole, or both the room's and the signal's name do. Only where they name each other alone is
 * that certain; an incident that has no more than a part of it still keeps the ticket from getting a new one. Pure.
 */
public final class ByText implements Matching.Candidates {

    /** More candidates than this are no help to anybody. */
    private static final int SHOWN = 5;

    private static final String JOINS = "._-/";

    private final List<Text> texts = new ArrayList<>();
    private final Map<String, Set<String>> named = new HashMap<>();

    /**
     * The incidents of one ticket.
     *
     * @param alone whether there is one, and it names no other ticket
     */
    public record Found(List<NativeIncident> incidents, boolean alone) {}

    private record Text(NativeIncident incident, String lower) {}

    /**
     * @param incidents that an administrator's query found; those of the bridge are a ticket's already
     * @param tickets all of them; what one names by its number is no other's by its text
     */
    public ByText(List<NativeIncident> incidents, List<ExportedTicket> tickets) {
        Set<String> claimed = new HashSet<>();
        tickets.forEach(ticket -> ticket.incident().ifPresent(claimed::add));
        incidents.stream()
                .filter(incident -> !claimed.contains(incident.number())
                        && !incident.correlationId().startsWith(TicketId.PREFIX))
                .map(incident -> new Text(incident, incident.text().toLowerCase(Locale.ROOT)))
                .forEach(texts::add);
        tickets.stream()
                .filter(ticket -> ticket.open() && ticket.incident().isEmpty())
                .forEach(ticket -> naming(ticket)
                        .forEach(incident -> named.computeIfAbsent(incident.sysId(), sysId -> new HashSet<>())
                                .add(ticket.id())));
    }

    @Override
    public Found of(ExportedTicket ticket) {
        List<NativeIncident> naming = naming(ticket);
        if (naming.size() == 1 && named.get(naming.get(0).sysId()).size() == 1) {
            return new Found(naming, true);
        }
        List<NativeIncident> possible = naming.isEmpty() ? touching(ticket) : naming;
        return new Found(possible.stream().limit(SHOWN).toList(), false);
    }

    private List<NativeIncident> naming(ExportedTicket ticket) {
        String id = ticket.id().toLowerCase(Locale.ROOT);
        Optional<String> room = lower(ticket.room());
        Optional<String> signal = lower(ticket.signal());
        return texts.stream()
                .filter(text -> whole(text.lower(), id)
                        || (room.isPresent()
                                && signal.isPresent()
                                && whole(text.lower(), room.get())
                                && whole(text.lower(), signal.get())))
                .map(Text::incident)
                .toList();
    }

    /** A part of a longer word, or the room without its signal. */
    private List<NativeIncident> touching(ExportedTicket ticket) {
        String id = ticket.id().toLowerCase(Locale.ROOT);
        Optional<String> room = lower(ticket.room());
        return texts.stream()
                .filter(text -> text.lower().contains(id)
                        || room.filter(name -> text.lower().contains(name)).isPresent())
                .map(Text::incident)
                .toList();
    }

    private static Optional<String> lower(Optional<String> name) {
        return name.map(text -> text.strip().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty());
    }

    /** "Room 4" stands in "Room 4: camera", and neither in "Room 41" nor in "Room 4.12". */
    static boolean whole(String text, String words) {
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            if (!goesOn(text, at - 1, -1) && !goesOn(text, at + words.length(), 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean goesOn(String text, int at, int step) {
        return letter(text, at) || (joins(text, at) && letter(text, at + step));
    }

    private static boolean joins(String text, int at) {
        return at >= 0 && at < text.length() && JOINS.indexOf(text.charAt(at)) >= 0;
    }

    private static boolean letter(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
