package io.roombridge.mapping;

import io.roombridge.privacy.Privacy;
import io.roombridge.ticket.Severity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that a mapping makes of one event, whatever becomes of its ticket: created, continued, changed, resolved, reopened,
 * and each note.
 *
 * @param given what comes out, by file and field; a note is the field {@code note}
 * @param refused by file, why nothing comes out
 */
record Portrait(Map<String, Map<String, String>> given, Map<String, String> refused) {

    private static final String NOBODYS_SYS_ID = "0".repeat(32);

    static Portrait of(Mappings mappings, Input input, FieldLengths lengths) {
        Portrait portrait = new Portrait(new LinkedHashMap<>(), new LinkedHashMap<>());
        Input known = withFacts(input);
        for (IncidentWrite write : IncidentWrite.values()) {
            if (write != IncidentWrite.FOLLOW_UP) {
                portrait.attempt(
                        write.file(),
                        () -> mappings.fields(write, known, lengths).shown());
            }
        }
        for (NoteKind kind : NoteKind.values()) {
            portrait.attempt(kind.file(), () -> Map.of("note", mappings.note(kind, known)));
        }
        return portrait;
    }

    /** Nothing where the other gives a new incident; in all else the same as the other. */
    static Portrait blank(Portrait other) {
        Map<String, Map<String, String>> given = new LinkedHashMap<>(other.given());
        given.remove(IncidentWrite.CREATE.file());
        return new Portrait(given, Map.of());
    }

    /** What the bridge would know in each of these cases; the same for every mapping, so that only mappings differ. */
    private static Input withFacts(Input input) {
        Instant time = time(input);
        return input.closedWith("Resolved by caller")
                .changedFrom(Severity.RECOMMENDED)
                .healthySince(time)
                .since(time);
    }

    private static Instant time(Input input) {
        try {
            return Times.parse(new EventView(input.event(), Privacy.STRICTEST).raw("/time"));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private void attempt(String file, Supplier<Map<String, String>> mapping) {
        try {
            given.put(file, mapping.get());
        } catch (MappingFailed e) {
            refused.put(file, e.getMessage());
        }
    }
}
