package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roombridge.mapping.Redirections.Area;
import io.roombridge.mapping.SeverityTable.Priority;
import io.roombridge.mapping.Signals.Signal;
import io.roombridge.privacy.Destination;
import io.roombridge.privacy.Privacy;
import io.roombridge.privacy.Sensitive;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Origin;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The mapping of one set of files, compiled and checked once. Pure and safe for many threads: the same input gives the
 * same fields, so a change that is applied again changes nothing.
 *
 * <p>What an administrator decides is in the files; what keeps the promise is not: the correlation, states, the parent of
 * a follow-up and the machine line are added here, and a file that tries to write them is refused ({@link FieldRules}).
 */
public final class Mappings {

    private static final String WORK_NOTES = "work_notes";

    /** What a text field of ServiceNow holds if nobody said otherwise. */
    private static final int SHORTEST_TEXT = 40;

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

    /**
     * Why a ticket is to have no incident by the configured scope; empty when it is in scope.
     *
     * @param event the payload of the ticket's change
     */
    public Optional<String> outsideScope(String event, TicketKey key) {
        return tables.scope().holdsAll()
                ? Optional.empty()
                : tables.scope()
                        .outside(Traits.of(
                                new EventView(event, tables.privacy()).of(Destination.FIELDS),
                                key,
                                tables.signals().of(key)));
    }

    /** {@link #fields(IncidentWrite, Input, FieldLengths)} with the lengths of an instance as it is delivered. */
    public IncidentFields fields(IncidentWrite write, Input input) {
        return fields(write, input, FieldLengths.defaults());
    }

    /** {@link #fields(IncidentWrite, Input, Function)} with lengths that are known already. */
    public IncidentFields fields(IncidentWrite write, Input input, FieldLengths lengths) {
        return fields(write, input, unused -> lengths);
    }

    /**
     * The fields of one write. Where one is cut, the work notes of the write say so.
     *
     * @param instance asked for the lengths of the fields that may be too long
     * @throws MappingFailed when the files can make nothing of this event
     */
    public IncidentFields fields(IncidentWrite write, Input input, Function<Set<String>, FieldLengths> instance) {
        EventView event = new EventView(input.event(), tables.privacy());
        ObjectNode view = view(input, event, Destination.FIELDS);
        Template template = files.incident(write);
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Reference> references = new LinkedHashMap<>();
        JsonNode output = output(template, view, input, event);
        FieldRules.sort(write, template.file(), output, setOnce(write, view), values, references);
        String machineLine = write.creates() ? machineLine(input, event) : "";
        if (write.creates()) {
            addRoutes(view.path("routing"), values, references);
        }
        FieldLengths lengths = instance.apply(longFields(values));
        noteCuts(values, lengths);
        values.replaceAll((field, value) -> lengths.cut(field, value, reserved(field, machineLine)));
        addOwnFields(write, input, machineLine, values);
        return new IncidentFields(values, references);
    }

    /**
     * What an incident of another integration gets to become the ticket's: the ids that a new one would have, and a note from
     * which the store comes back.
     */
    public Map<String, String> adoption(Input input, Function<Set<String>, FieldLengths> instance) {
        Map<String, String> link = new LinkedHashMap<>(
                fields(IncidentWrite.CREATE, input, instance).values());
        link.keySet().retainAll(Set.of("correlation_id", "correlation_display"));
        String machineLine = machineLine(input, new EventView(input.event(), tables.privacy()));
        link.put(WORK_NOTES, note(NoteKind.ADOPTED, input) + "\n" + machineLine);
        return link;
    }

    /** What a new incident of this event gets is written once (design, section 3.7), whoever maps it. */
    private Predicate<String> setOnce(IncidentWrite write, ObjectNode view) {
        Set<String> made = write.creates() ? Set.of() : fieldsOfNew(view);
        return field -> tables.routing().decides(field) || made.contains(field);
    }

    /** Nothing when no incident could be made of this event. */
    private Set<String> fieldsOfNew(ObjectNode view) {
        Set<String> names = new HashSet<>();
        try {
            files.incident(IncidentWrite.CREATE).apply(view).fieldNames().forEachRemaining(names::add);
        } catch (MappingFailed e) {
            return Set.of();
        }
        return names;
    }

    /** The fields, with the work notes as the desk alone may read them. */
    private JsonNode output(Template template, ObjectNode view, Input input, EventView event) {
        JsonNode output = template.apply(view);
        if (!(output instanceof ObjectNode fields) || !fields.has(WORK_NOTES)) {
            return output;
        }
        JsonNode internal = template.apply(view(input, event, Destination.WORK_NOTES));
        return fields.deepCopy().set(WORK_NOTES, internal.path(WORK_NOTES));
    }

    /** Whatever routing.yaml decides is written, unless the mapping file has its own idea of the field. */
    private static void addRoutes(JsonNode routes, Map<String, String> values, Map<String, Reference> references) {
        routes.properties().stream()
                .filter(route -> !values.containsKey(route.getKey()) && !references.containsKey(route.getKey()))
                .forEach(route -> FieldRules.take(route.getKey(), route.getValue(), values, references));
    }

    private static Set<String> longFields(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(field -> field.getValue().length() > SHORTEST_TEXT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Above the work notes, where it is not cut off itself. */
    private static void noteCuts(Map<String, String> values, FieldLengths lengths) {
        String cuts = values.entrySet().stream()
                .filter(field -> !field.getKey().equals(WORK_NOTES))
                .flatMap(field -> lengths.tooLong(field.getKey(), field.getValue()).stream())
                .map(cut -> "Too long for ServiceNow: " + cut + ".\n")
                .collect(Collectors.joining());
        values.computeIfPresent(WORK_NOTES, (field, text) -> cuts + text);
    }

    private static int reserved(String field, String machineLine) {
        if (!field.equals(WORK_NOTES)) {
            return 0;
        }
        return ROOM_FOR_REFERENCE + (machineLine.isEmpty() ? 0 : machineLine.length() + 1);
    }

    private static void addOwnFields(IncidentWrite write, Input input, String machineLine, Map<String, String> values) {
        if (write.creates()) {
            values.put("correlation_id", input.key().id().value());
            values.merge(WORK_NOTES, machineLine, (text, line) -> text + "\n" + line);
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

    /** {@link #note(NoteKind, Destination, Input)} as a work note, and a message as a comment. */
    public String note(NoteKind kind, Input input) {
        return note(kind, kind == NoteKind.MESSAGE ? Destination.COMMENTS : Destination.WORK_NOTES, input);
    }

    /**
     * The text of one note; empty when the mapping file asks for none. A message from the portal always has a text.
     *
     * @param to the journal it is for
     * @throws MappingFailed when the file can make nothing of this event
     */
    public String note(NoteKind kind, Destination to, Input input) {
        ObjectNode view = view(input, new EventView(input.event(), tables.privacy()), to);
        return text(files.note(kind), view, "a note", kind == NoteKind.MESSAGE);
    }

    /** What may stand where. */
    public Privacy privacy() {
        return tables.privacy();
    }

    /** By field of an event, how often each kind stands in it that may not stand everywhere; never what. */
    public Map<String, Map<Sensitive, Integer>> withheld(String event) {
        return new EventView(event, tables.privacy()).withheld();
    }

    /**
     * What the bridge says in the portal; empty when the mapping file asks for nothing. A comment always has a text.
     *
     * @throws MappingFailed when the file can make nothing of it
     */
    public String message(MessageKind kind, MessageInput input) {
        return text(files.message(kind), input.view(tables.privacy()), "a message", kind == MessageKind.COMMENT);
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
    private ObjectNode view(Input input, EventView event, Destination to) {
        ObjectNode view = event.of(to);
        Signal signal = tables.signals().of(input.key());
        Traits traits = redirected(view, Traits.of(view, input.key(), signal));
        addSignal(view.putObject("signal"), signal, view.path("ticket").path("key"));
        addPriority(view, traits);
        ObjectNode routes = view.putObject("routing");
        tables.routing().decide(traits).forEach((field, choice) -> routes.set(field, asJson(choice)));
        addKnowledge(view, tables.languages().of(traits), signal);
        addBridge(view.putObject("bridge"), input);
        input.about().ifPresent(about -> view.withObject("/bridge").put("about", event.clean(about, to)));
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
    }

    /** From the event as it came: the store comes back from it, so nothing may be taken out of it. */
    private static String machineLine(Input input, EventView event) {
        Origin origin = Origin.of(event.raw("/data/ticket/origin")).orElse(Origin.SYSTEM);
        String portalTicketId = event.raw("/data/ticket/ticketId");
        String opened = event.raw("/data/ticket/createdAt");
        try {
            Instant instant = Times.parse(opened);
            return MachineLine.of(input.key(), portalTicketId, origin, instant).text();
        } catch (DateTimeParseException e) {
            throw new MappingFailed("the event", 0, "data.ticket.createdAt is no time: '" + opened + "'", e);
        }
    }
}
