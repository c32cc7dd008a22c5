package io.roombridge.closing;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ticket.Origin;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A due date with everything that led to it, as text for people and as JSON for scripts (shared design, section 7).
 *
 * @param notes what the reader should know besides: an assumed time zone, a region counted as a whole, an unsupported one
 */
public record Explanation(Due due, Origin origin, OffsetDateTime from, List<String> notes, String calendarVersion) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Explanation {
        notes = List.copyOf(notes);
    }

    /** Counts what was asked; refused when the region or the zone is unknown. */
    public static Finding<Explanation> of(
            Calendars calendars, TimeZones zones, InactivityRule rule, ExplainRequest request) {
        return calendars
                .of(request.region())
                .then(calendar -> zone(zones, calendar.region(), request)
                        .then(zone -> Finding.found(explain(calendars, calendar, zone, rule, request))));
    }

    private static Finding<ZoneId> zone(TimeZones zones, Region region, ExplainRequest request) {
        return request.zone()
                .map(id -> zones.of(id, region))
                .orElseGet(() -> Finding.found(TimeZones.usual(region, request.from())));
    }

    private static Explanation explain(
            Calendars calendars, BusinessCalendar calendar, ZoneId zone, InactivityRule rule, ExplainRequest request) {
        int days = rule.businessDays(request.origin());
        Due due = DueDate.count(calendar, zone, request.from().toInstant(), days);
        return new Explanation(
                due, request.origin(), request.from(), notes(calendar.region(), zone, request), calendars.version());
    }

    private static List<String> notes(Region region, ZoneId zone, ExplainRequest request) {
        List<String> notes = new ArrayList<>();
        if (request.zone().isEmpty() && region.zones().size() > 1) {
            notes.add(region + " has several time zones; " + zone + " is assumed, give --zone for another one");
        }
        if (region.anySubdivision()) {
            notes.add("no subdivision given: a holiday of any subdivision counts");
        }
        region.unsupported().ifPresent(notes::add);
        return notes;
    }

    public String text() {
        return String.join("\n", lines()) + "\n";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Due at the " + due.inWords());
        lines.add(line("Region", due.region() + ", " + due.region().name()));
        lines.add(line("Class", origin.label() + ", " + due.businessDays() + " business days"));
        lines.add(line("Since", MOMENT.format(due.local(from.toInstant()))));
        lines.add(line("Counted", DAY.format(due.counted().get(0)) + " to " + DAY.format(due.lastDay())));
        due.skipped()
                .forEach(one -> lines.add(line(
                        "Skipped", DAY.format(one.date()) + ", " + one.closed().name())));
        lines.add(line("Due", moment(due.dueAt())));
        lines.add(line("Warning from", moment(due.warnAt())));
        lines.add(line("Closed from", moment(due.executeFrom())));
        lines.add(line("Calendar", calendarVersion));
        notes.forEach(note -> lines.add(line("Note", note)));
        return lines;
    }

    private String moment(Instant instant) {
        return MOMENT.format(due.local(instant));
    }

    private static String line(String label, String value) {
        return String.format("  %-14s %s", label, value);
    }

    /** {@code dueAt} is an instant with the zone's offset, {@code zone} names the zone; see docs/closing.md. */
    public String json() {
        ObjectNode json = JSON.createObjectNode()
                .put("dueAt", iso(due.dueAt()))
                .put("zone", due.zone().getId())
                .put("text", due.inWords())
                .put("region", due.region().code())
                .put("class", origin.label())
                .put("businessDays", due.businessDays())
                .put("from", iso(from.toInstant()))
                .put("warnAt", iso(due.warnAt()))
                .put("executeFrom", iso(due.executeFrom()))
                .put("supported", due.region().unsupported().isEmpty())
                .put("calendar", calendarVersion);
        ArrayNode counted = json.putArray("counted");
        due.counted().forEach(date -> counted.add(date.toString()));
        ArrayNode skipped = json.putArray("skipped");
        due.skipped()
                .forEach(one -> skipped.addObject()
                        .put("date", one.date().toString())
                        .put("name", one.closed().name())
                        .put("reason", one.closed().reason().label()));
        ArrayNode remarks = json.putArray("notes");
        notes.forEach(remarks::add);
        return json.toPrettyString();
    }

    private String iso(Instant instant) {
        return ISO_OFFSET_DATE_TIME.format(due.local(instant));
    }
}
