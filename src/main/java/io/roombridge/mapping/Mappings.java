package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roombridge.mapping.Redirections.Area;
import io.roombridge.mapping.SeverityTable.Priority;
import io.roombridge.mapping.Signals.Signal;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Origin;
import io.roombridge.ticket.Severity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mapping of one set of files, compiled and checked once. Pure and safe for many threads: the same input gives the
 * same fields, so a change that is applied again changes nothing.
 *
 * <p>What an administrator decides is in the files; what keeps the promise is not: the correlation, states, the parent of
 * a follow-up and the machine line are added here, and a file that tries to write them is refused ({@link FieldRules}).
 */
public final class Mappings {

    /** The write path adds its reference below every note. */
    private static final int ROOM_FOR_REFERENCE = 30;

    /** What {@code .bridge} can hold. */
    static final Set<String> BRIDGE_FIELDS = Set.of(
            "ticketId",
            "episode",
            "assigned",
            "previous",
            "healthySince",
            "closeCode",
            "previousSeverity",
            "since",
            "about");

    private final MappingFiles files;
    private final MappingTables tables;

    Mappings(MappingFiles files, MappingTables tables) {
        this.files = files;
        this.tables = tables;
    }

    /**
     * Compiles every file and tries each with an example event and with a sparse one.
     *
     * @throws BadMappings with every fault
     */
    public static Mappings load(MappingFolder folder) {
        return MappingFiles.load(folder);
    }

    /** What the bridge knows about signals: hold-down and detection times. */
    public Signals signals() {
        return tables.signals();
    }

    /** {@link #fields(IncidentWrite, Input, FieldLengths)} with the lengths of an instance as it is delivered. */
    public IncidentFields fields(IncidentWrite write, Input input) {
        return fields(write, input, FieldLengths.defaults());
    }

    /**
     * The fields of one write.
     *
     * @throws MappingFailed when the files can make nothing of this event
     */
    public IncidentFields fields(IncidentWrite write, Input input, FieldLengths lengths) {
        ObjectNode view = view(input);
        Template template = files.incident(write);
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Reference> references = new LinkedHashMap<>();
        FieldRules.sort(write, template.file(), template.apply(view), tables.routing()::decides, values, references);
        String machineLine = write.creates() ? machineLine(input, view) : "";
        if (write.creates()) {
            addRoutes(view.path("routing"), values, references);
        }
        values.replaceAll((field, value) -> lengths.cut(field, value, reserved(field, machineLine)));
        addOwnFields(write, input, machineLine, values);
        return new IncidentFields(values, references);
    }

    /** Whatever routing.yaml decides is written, unless the mapping file has its own idea of the field. */
    private static void addRoutes(JsonNode routes, Map<String, String> values, Map<String, Reference> references) {
        routes.properties().stream()
                .filter(route -> !values.containsKey(route.getKey()) && !references.containsKey(route.getKey()))
                .forEach(route -> FieldRules.take(route.getKey(), route.getValue(), values, references));
    }

    private static int reserved(String field, String machineLine) {
        if (!field.equals("work_notes")) {
            return 0;
        }
        return ROOM_FOR_REFERENCE + (machineLine.isEmpty() ? 0 : machineLine.length() + 1);
    }

    private static void addOwnFields(IncidentWrite write, Input input, String machineLine, Map<String, String> values) {
        if (write.creates()) {
            values.put("correlation_id", input.key().id().value());
            values.merge("work_notes", machineLine, (text, line) -> text + "\n" + line);
        }
        if (write == IncidentWrite.FOLLOW_UP) {
            input.previous().ifPresent(previous -> values.put("parent", previous.sysId()));
        }
        if (write == IncidentWrite.RESOLVE) {
            values.put("state", IncidentState.RESOLVED.value());
        }
        if (write == IncidentWrite.REOPEN) {
            IncidentState state = input.assigned() ? IncidentState.IN_PROGRESS : IncidentState.NEW;
            values.put("state", state.value());
        }
    }

    /**
     * The text of one note; empty when the mapping file asks for none. A message from the portal always has a text.
     *
     * @throws MappingFailed when the file can make nothing of this event
     */
    public String note(NoteKind kind, Input input) {
        return text(files.note(kind), view(input), "a note", kind == NoteKind.MESSAGE);
    }

    /**
     * What the bridge says in the portal; empty when the mapping file asks for nothing. A comment always has a text.
     *
     * @throws MappingFailed when the file can make nothing of it
     */
    public String message(MessageKind kind, MessageInput input) {
        return text(files.message(kind), input.view(), "a message", kind == MessageKind.COMMENT);
    }

    /**
     * What is said about the closing of a ticket; never empty.
     *
     * @throws MappingFailed when the file can make nothing of it
     */
    public String closing(ClosingText kind, ClosingInput input) {
        return text(files.closing(kind), input.view(), "a text", true);
    }

    private static String text(Template template, JsonNode view, String what, boolean needed) {
        JsonNode output = template.apply(view);
        if (!output.isNull() && !output.isTextual()) {
            throw new MappingFailed(template.file(), 0, what + " has to be a text, not " + output, null);
        }
        String text = output.isNull() ? "" : output.textValue().strip();
        if (needed && text.isEmpty()) {
            throw new MappingFailed(template.file(), 0, "a message must not be lost; it has to give a text", null);
        }
        return text;
    }

    /** The input of mapping files; docs/mapping.md describes it for administrators. */
    private ObjectNode view(Input input) {
        ObjectNode view = EventView.of(input.event());
        Signal signal = tables.signals().of(input.key());
        Traits traits = redirected(view, Traits.of(view, input.key(), signal));
        addSignal(view.putObject("signal"), signal, view.path("ticket").path("key"));
        addPriority(view, traits);
        ObjectNode routes = view.putObject("routing");
        tables.routing().decide(traits).forEach((field, choice) -> routes.set(field, asJson(choice)));
        addKnowledge(view, tables.languages().of(traits), signal);
        addBridge(view.putObject("bridge"), input);
        return view;
    }

    /** The same traits, and to whom a part of the work goes, if it does. */
    private Traits redirected(ObjectNode view, Traits traits) {
        Optional<Area> found = tables.redirections().of(traits);
        found.ifPresent(area -> {
            ObjectNode node = view.putObject("redirection");
            node.put("area", area.name()).put("ours", area.ours()).put("theirs", area.theirs());
            node.put("party", area.party().key()).put("name", area.party().name());
            area.party().holdReason().ifPresent(reason -> node.put("holdReason", reason));
            area.party().hold().ifPresent(label -> node.put("hold", label));
        });
        return found.map(area -> traits.redirectedTo(area.party().key())).orElse(traits);
    }

    private static JsonNode asJson(Routing.Choice choice) {
        return choice.reference()
                .<JsonNode>map(MappingFunctions::asJson)
                .orElseGet(() -> TextNode.valueOf(choice.value()));
    }

    private void addKnowledge(ObjectNode view, String language, Signal signal) {
        Knowledge knowledge = tables.languages().in(language);
        view.put("language", language).put("knowledgeHeading", knowledge.heading());
        knowledge.of(signal.key()).forEach(view.putArray("knowledge")::add);
    }

    /** A signal the file does not know is shown in the portal's own spelling. */
    private static void addSignal(ObjectNode node, Signal signal, JsonNode key) {
        boolean nameless = signal.name().equals(signal.key());
        node.put("name", nameless ? key.path("signalType").asText(signal.name()) : signal.name());
        String instance = key.path("instance").asText("");
        if (!instance.isEmpty() && !instance.equals("0")) {
            node.put("instance", instance);
        }
        node.put("category", signal.category()).put("incidentCategory", signal.incidentCategory());
    }

    private void addPriority(ObjectNode view, Traits traits) {
        Severity severity = Severity.of(view.path("ticket").path("severity").asText())
                .orElseThrow(() -> new MappingFailed(SeverityTable.FILE, 0, "the event has no known severity", null));
        Priority priority = tables.severities().of(severity, traits);
        view.putObject("priority")
                .put("impact", priority.impact())
                .put("urgency", priority.urgency())
                .put("reason", priority.reason());
    }

    private static void addBridge(ObjectNode node, Input input) {
        node.put("ticketId", input.key().id().value()).put("episode", input.episode());
        node.put("assigned", input.assigned());
        input.previous().ifPresent(previous -> node.put("previous", previous.number()));
        input.healthySince().ifPresent(since -> node.put("healthySince", since.toString()));
        input.closeCode().ifPresent(code -> node.put("closeCode", code));
        input.previousSeverity().ifPresent(severity -> node.put("previousSeverity", severity.label()));
        input.since().ifPresent(since -> node.put("since", since.toString()));
        input.about().ifPresent(about -> node.put("about", about));
    }

    private static String machineLine(Input input, JsonNode view) {
        JsonNode ticket = view.path("ticket");
        Origin origin = Origin.of(ticket.path("origin").asText()).orElse(Origin.SYSTEM);
        String portalTicketId = ticket.path("ticketId").asText();
        String opened = ticket.path("createdAt").asText();
        try {
            Instant instant = Times.parse(opened);
            return MachineLine.of(input.key(), portalTicketId, origin, instant).text();
        } catch (DateTimeParseException e) {
            throw new MappingFailed("the event", 0, "data.ticket.createdAt is no time: '" + opened + "'", e);
        }
    }
}
