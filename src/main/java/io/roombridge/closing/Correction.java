package io.roombridge.closing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One reviewed difference between jollyday and what offices keep: a holiday added, renamed (added under another name) or
 * removed in some regions, with the reason and its source.
 *
 * @param name the holiday's name; empty when the correction removes it
 * @param shift days from the holiday to its substitute day, by the weekday it falls on
 */
record Correction(
        Set<String> regions,
        Optional<String> name,
        DayRule day,
        Map<DayOfWeek, Integer> shift,
        String reason,
        String source) {

    static final String SUBSTITUTE = " (substitute day)";

    static Correction parse(JsonNode row) {
        if (row.path("reason").asText().isBlank() || row.path("source").asText().isBlank()) {
            throw new IllegalArgumentException(
                    "the correction " + row + " needs a reason and a source (or \"unverified\")");
        }
        if (row.has("add") == row.has("remove")) {
            throw new IllegalArgumentException("the correction " + row + " must either add or remove");
        }
        return new Correction(
                Set.copyOf(texts(row.required("regions"))),
                Optional.ofNullable(row.get("add")).map(JsonNode::asText),
                DayRule.parse(row.required("on").asText()),
                shift(row.path("shift")),
                row.get("reason").asText(),
                row.get("source").asText());
    }

    /** Changes the holidays of that year. A holiday that has a substitute day stays closed itself. */
    void apply(int year, Map<LocalDate, String> holidays) {
        day.in(year).ifPresent(date -> {
            if (name.isEmpty()) {
                holidays.remove(date);
                return;
            }
            holidays.put(date, name.get());
            if (shift.containsKey(date.getDayOfWeek())) {
                holidays.put(date.plusDays(shift.get(date.getDayOfWeek())), name.get() + SUBSTITUTE);
            }
        });
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Map<DayOfWeek, Integer> shift(JsonNode node) {
        Map<DayOfWeek, Integer> shift = new EnumMap<>(DayOfWeek.class);
        List<String> weekdays = new ArrayList<>();
        node.fieldNames().forEachRemaining(weekdays::add);
        weekdays.forEach(
                weekday -> shift.put(DayRule.weekday(weekday), node.get(weekday).asInt()));
        return shift;
    }
}
