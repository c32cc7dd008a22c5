package io.roombridge.doctor;

import io.roombridge.mapping.IncidentFields;
import io.roombridge.mapping.IncidentWrite;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.Mappings;
import io.roombridge.mapping.Reference;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The incident that doctor tries things on. It has the fields that the mapping files write, so that what the instance insists
 * on shows, but nobody's group, person or room, and a {@code correlation_id} outside of the bridge's: no bridge takes it for
 * its own.
 */
final class Scratch {

    static final String TITLE = "[Roombridge doctor] A test of the bridge's access, no fault of a room";

    private static final String PREFIX = "doctor-";

    /** Written by the bridge beside the mapping, or only in a write of its own. */
    private static final Set<String> LEFT_OUT = Set.of(
            "work_notes", "comments", "parent", "state", "assignment_group", "assigned_to", "caller_id", "cmdb_ci");

    private final Instance instance;
    private final Mappings mappings;
    private final Input example;
    private final String id;
    private final Map<String, String> written = new LinkedHashMap<>();
    private boolean tried;
    private IncidentRecord made;

    /**
     * @param example the event whose ticket the fields are made of
     * @param id unlike any before it
     */
    Scratch(Instance instance, Mappings mappings, Input example, String id) {
        this.instance = instance;
        this.mappings = mappings;
        this.example = example;
        this.id = PREFIX + id;
    }

    Instance instance() {
        return instance;
    }

    /** What a person would search for. */
    String id() {
        return id;
    }

    /** Creates it. Nobody is told more than the instance itself tells about a new incident without a group. */
    IncidentRecord create() {
        Map<String, String> fields = ownFields(mapped().values());
        return created(fields);
    }

    /** As {@link #create}, with the group, the caller and whatever else the mapping looks up: for an instance that insists. */
    IncidentRecord createWithReferences() {
        Map<String, String> fields = ownFields(mapped().values());
        for (Map.Entry<String, Reference> named : mapped().references().entrySet()) {
            Reference reference = named.getValue();
            only(reference).ifPresent(sysId -> fields.put(named.getKey(), sysId));
        }
        return created(fields);
    }

    /** A reporter is none here: nobody recorded this. */
    private Optional<String> only(Reference reference) {
        Optional<String> found = reference.ofReporter()
                ? Optional.empty()
                : instance.gateway().onlyOne(reference.table(), reference.field(), reference.value());
        return found.or(() -> reference.otherwise().flatMap(this::only));
    }

    private IncidentFields mapped() {
        return mappings.fields(IncidentWrite.CREATE, example);
    }

    private Map<String, String> ownFields(Map<String, String> mapped) {
        Map<String, String> fields = new LinkedHashMap<>(mapped);
        fields.keySet().removeAll(LEFT_OUT);
        fields.put("short_description", TITLE);
        fields.put(
                "description",
                "Made by the command doctor of Roombridge, which tries what the bridge does and cleans up after itself."
                        + " If this is still here, it may be canceled or deleted.");
        fields.put("impact", "3");
        fields.put("urgency", "3");
        fields.put("correlation_id", id);
        fields.put("correlation_display", "Roombridge doctor");
        return fields;
    }

    private IncidentRecord created(Map<String, String> fields) {
        tried = true;
        made = instance.gateway().create(fields);
        written.putAll(fields);
        return made;
    }

    /** Writes fields that can be read back. */
    IncidentRecord write(Map<String, String> fields) {
        written.putAll(fields);
        return instance.gateway().update(sysId(), fields);
    }

    /** Adds entries to the journal. */
    void note(Map<String, String> entries) {
        instance.gateway().update(sysId(), entries);
    }

    /** The fields of a resolution, as the mapping makes them. */
    Map<String, String> resolution(String closeCode) {
        Map<String, String> fields =
                new LinkedHashMap<>(mappings.fields(IncidentWrite.RESOLVE, example.closedWith(closeCode))
                        .values());
        fields.remove("work_notes");
        fields.remove("comments");
        fields.put("state", "6");
        return fields;
    }

    /** What was written and should stand there now. */
    Map<String, String> written() {
        return written;
    }

    /** Where the answer to its creation did not come, it may be there all the same: then it is looked for, in one call or two. */
    boolean exists() {
        if (made == null && tried) {
            instance
                    .inspection()
                    .rows("incident", Query.where("correlation_id", id), 2, List.of("sys_id", "correlation_id"))
                    .stream()
                    .filter(row -> row.get("correlation_id").equals(id))
                    .findFirst()
                    .flatMap(row -> instance.gateway().read(row.get("sys_id")))
                    .ifPresent(found -> made = found);
        }
        return made != null;
    }

    String sysId() {
        return made.sysId();
    }

    String number() {
        return made.number();
    }
}
