package io.roombridge.closing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ticket.Origin;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a closing rests on: the same for the note in the incident and for the record that is kept (design, section 3.6).
 *
 * @param stateBefore and {@code holdReasonBefore}: what the incident goes back to when a person's work overtakes the closing
 * @param signal what the portal says of the signal
 */
public record Evidence(
        Timetable timetable,
        Origin origin,
        InactivityClock clock,
        Optional<Instant> warnedAt,
        String signal,
        String stateBefore,
        String holdReasonBefore,
        String calendarVersion) {

    /** Raised whenever the rule of the design, section 3.6, changes. */
    public static final String RULE_VERSION = "1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

    /** The note in the incident. */
    public String note() {
        Due due = timetable.due();
        List<String> lines = new ArrayList<>();
        lines.add("Closed for inactivity by a rule; no person decided this.");
        lines.add("The customer was asked to act: " + clock.why() + ", since "
                + moment(clock.since().orElse(due.start())));
        lines.add("Silent since: " + moment(due.start()));
        lines.add("Last entry of the customer: "
                + clock.lastCustomerEntry().map(this::moment).orElse("none"));
        lines.add("Warned: " + warnedAt.map(this::moment).orElse("no"));
        lines.add("Rule " + RULE_VERSION + ": " + due.businessDays() + " business days for a ticket of the class "
                + origin.label() + ", region " + due.region() + ", due at the " + timetable.inWords());
        lines.add("Days counted: " + due.counted().stream().map(DAY::format).collect(Collectors.joining(", ")));
        if (!due.skipped().isEmpty()) {
            lines.add("Days skipped: "
                    + due.skipped().stream()
                            .map(day ->
                                    DAY.format(day.date()) + " (" + day.closed().name() + ")")
                            .collect(Collectors.joining(", ")));
        }
        lines.add("Signal in the portal: " + signal);
        lines.add("Calendar: " + calendarVersion);
        lines.add("It is not solved by that. Reopen it if the customer still needs help.");
        return String.join("\n", lines);
    }

    /** With the state that the incident goes back to when a person's work overtakes the closing. */
    public Evidence goingBackTo(String state, String holdReason) {
        return new Evidence(timetable, origin, clock, warnedAt, signal, state, holdReason, calendarVersion);
    }

    /** One value of a record that was kept. */
    public static String text(String kept, String name) {
        try {
            return JSON.readTree(kept).path(name).asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a closing record cannot be read; was the database edited by hand?", e);
        }
    }

    /** For the record that is kept 13 months. */
    public String json() {
        Due due = timetable.due();
        ObjectNode json = JSON.createObjectNode()
                .put("ruleVersion", RULE_VERSION)
                .put("decidedBy", "rule")
                .put("class", origin.label())
                .put("businessDays", due.businessDays())
                .put("region", due.region().code())
                .put("zone", due.zone().getId())
                .put("calendar", calendarVersion)
                .put("ballSince", clock.since().map(Instant::toString).orElse(""))
                .put("why", clock.why())
                .put("silentSince", due.start().toString())
                .put(
                        "lastCustomerEntry",
                        clock.lastCustomerEntry().map(Instant::toString).orElse(""))
                .put("warnedAt", warnedAt.map(Instant::toString).orElse(""))
                .put("dueAt", timetable.dueAt().toString())
                .put("lastDay", timetable.lastDay().toString())
                .put("executeFrom", timetable.executeFrom().toString())
                .put("signal", signal)
                .put("stateBefore", stateBefore)
                .put("holdReasonBefore", holdReasonBefore);
        ArrayNode counted = json.putArray("counted");
        due.counted().forEach(date -> counted.add(date.toString()));
        ArrayNode skipped = json.putArray("skipped");
        due.skipped()
                .forEach(day -> skipped.addObject()
                        .put("date", day.date().toString())
                        .put("name", day.closed().name()));
        return json.toString();
    }

    private String moment(Instant instant) {
        ZoneId zone = timetable.due().zone();
        return MOMENT.format(instant.atZone(zone));
    }
}
