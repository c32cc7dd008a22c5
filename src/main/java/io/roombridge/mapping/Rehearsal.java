package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roombridge.ticket.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tries every mapping file before the bridge starts, with an example event and with a sparse one that has only what the
 * contract requires. The sparse one finds the trap of JSLT: {@code +} makes the word "null" of a missing field.
 */
final class Rehearsal {

    private static final Pattern NULL_WORD = Pattern.compile("\\bnull\\b");

    /** Notes are about messages, repairs and changes; one event has one of them, the rehearsal has all. */
    private static final JsonNode WITH_DETAILS = JsonNodeFactory.instance
            .objectNode()
            .set(
                    "data",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("messageId", "m-1")
                            .put("text", "Please have a look")
                            .put("workflow", "Restart the app")
                            .put("outcome", "success"));

    private final MappingFolder folder;
    private final Mappings mappings;
    private final Set<MappingFault> found = new LinkedHashSet<>();

    private Rehearsal(MappingFolder folder, Mappings mappings) {
        this.folder = folder;
        this.mappings = mappings;
    }

    /** What would go wrong. */
    static Collection<MappingFault> faults(MappingFolder folder, Mappings mappings, ExampleEvent example) {
        Rehearsal rehearsal = new Rehearsal(folder, mappings);
        rehearsal.run(example.with(WITH_DETAILS));
        rehearsal.run(example.sparse().with(WITH_DETAILS));
        rehearsal.runMessages();
        rehearsal.runClosings();
        return rehearsal.found;
    }

    private void run(ExampleEvent event) {
        Input input = event.input()
                .following("0123456789abcdef0123456789abcdef", "INC0010001")
                .healthySince(Instant.EPOCH)
                .closedWith("Resolved by caller")
                .changedFrom(Severity.WARNING)
                .since(Instant.EPOCH);
        for (IncidentWrite write : IncidentWrite.values()) {
            attempt(write.file(), () -> mappings.fields(write, input).values().values());
        }
        for (NoteKind kind : NoteKind.values()) {
            attempt(kind.file(), () -> List.of(mappings.note(kind, input)));
        }
    }

    /** With everything that can be known of a message, and with nothing but what a comment always has. */
    private void runMessages() {
        MessageInput sparse = MessageInput.about("INC0010001", "COMPANY SOC").saying("The cable is replaced.");
        MessageInput full = sparse.onHold("1")
                .resolved("Resolved by caller", "Cable replaced")
                .followedBy("INC0010002");
        for (MessageKind kind : MessageKind.values()) {
            attempt(kind.file(), () -> List.of(mappings.message(kind, full)));
            attempt(kind.file(), () -> List.of(mappings.message(kind, sparse)));
        }
    }

    private void runClosings() {
        ClosingInput number = ClosingInput.of("INC0010001");
        ClosingInput counted = number.counting(
                new ClosingInput.Count("Monday 1 June 2026", "end of Thursday 4 June 2026 (UTC)", 3, "healthy"));
        for (ClosingText kind : ClosingText.values()) {
            attempt(kind.file(), () -> List.of(mappings.closing(kind, kind.ofCount() ? counted : number)));
        }
    }

    private void attempt(String file, Supplier<Collection<String>> texts) {
        try {
            texts.get().stream()
                    .flatMap(String::lines)
                    .filter(line -> NULL_WORD.matcher(line).find())
                    .forEach(line -> found.add(fault(
                            folder.place(file),
                            0,
                            "where a field is missing the ticket would read '" + line + "'",
                            "line(\"Label\", .field), or fallback(.field, \"something else\") before a +")));
        } catch (MappingFailed e) {
            found.add(fault(e.file(), e.line(), e.problem(), "fields or a note for the example event"));
        }
    }

    private static MappingFault fault(String file, int line, String problem, String expected) {
        return new MappingFault(file, line, 0, problem, expected, Optional.empty());
    }
}
