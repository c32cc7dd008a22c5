package io.roombridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one way in which rows change, whoever asks: the API, a person of the desk, a job. A write is coerced field by
 * field, judged by the rules of its table, and then stored with its journal entries and its line in the history; a
 * refusal is thrown before anything is stored. Permissions are the caller's business.
 */
final class Records {

    private final Tables tables;
    private final FieldInput input;
    private final Incidents incidents;
    private final Journals journals;
    private final Switches switches;
    private final History history;
    private final Ids ids;

    Records(
            Tables tables,
            FieldInput input,
            Incidents incidents,
            Journals journals,
            Switches switches,
            History history,
            Ids ids) {
        this.tables = tables;
        this.input = input;
        this.incidents = incidents;
        this.journals = journals;
        this.switches = switches;
        this.history = history;
        this.ids = ids;
    }

    /** @param display see {@link FieldInput#accept} */
    Row insert(Session session, TableDefinition table, Map<String, String> values, boolean display) {
        Map<String, String> draft = blank(session, table);
        clientSysId(table, values).ifPresent(sysId -> draft.put("sys_id", sysId));
        Map<String, String> notes = fill(session, table, draft, values, display);
        complete(table, draft);
        if (table.name().equals(Incidents.TABLE)) {
            incidents.beforeInsert(session, table, draft);
        }
        abortRule(table, draft, notes);
        Row row = new Row(draft);
        store(session, table, Write.Operation.INSERT, Map.of(), row);
        addNotes(session, table, row, notes);
        copyComment(session, table, row, notes);
        return row;
    }

    /** @return the row as it is now, which is the same one when nothing changed */
    Row update(Session session, TableDefinition table, Row before, Map<String, String> values, boolean display) {
        Map<String, String> draft = before.draft();
        Map<String, String> notes = fill(session, table, draft, values, display);
        if (table.name().equals(Incidents.TABLE)) {
            switches.fieldsPutBack().forEach(field -> draft.put(field, before.get(field)));
            incidents.beforeUpdate(session, table, before, draft, notes);
            notes = incidents.keptNotes(before, notes);
        }
        abortRule(table, draft, notes);
        boolean changed = !draft.equals(before.fields()) || !notes.isEmpty();
        if (!changed && switches.noOpUpdate() == Switches.NoOpUpdate.UNCHANGED) {
            return before;
        }
        touch(session, draft);
        Row after = new Row(draft);
        store(session, table, Write.Operation.UPDATE, before.fields(), after);
        addNotes(session, table, after, notes);
        copyComment(session, table, after, notes);
        if (table.name().equals(Incidents.TABLE) && Incidents.becomesResolved(before, after)) {
            resolveChildren(session, table, after);
        }
        return after;
    }

    void delete(Session session, TableDefinition table, Row row) {
        tables.removeIf(table.name(), other -> other.sysId().equals(row.sysId()));
        tables.removeIf("sys_attachment", file -> file.get("table_sys_id").equals(row.sysId()));
        journals.removeAll(row.sysId());
        history.append(session, table.name(), Write.Operation.DELETE, row.fields(), row);
    }

    /** Stores a row that needs no rules (an attachment), with its line in the history. */
    void store(Session session, TableDefinition table, Write.Operation operation, Map<String, String> before, Row row) {
        tables.put(table.name(), row);
        history.append(session, table.name(), operation, before, row);
    }

    /** A new row with every field empty but those that the platform fills. */
    Map<String, String> blank(Session session, TableDefinition table) {
        Map<String, String> draft = new LinkedHashMap<>();
        table.fields().keySet().forEach(field -> draft.put(field, ""));
        draft.put("sys_id", ids.sysId());
        draft.put("sys_created_on", session.time());
        draft.put("sys_created_by", session.user().userName());
        draft.put("sys_updated_on", session.time());
        draft.put("sys_updated_by", session.user().userName());
        draft.put("sys_mod_count", "0");
        if (table.is("task")) {
            draft.putAll(Map.of("active", "true", "made_sla", "true", "knowledge", "false", "escalation", "0"));
            draft.putAll(Map.of("approval", "not requested", "upon_approval", "proceed", "upon_reject", "cancel"));
            draft.putAll(Map.of("reassignment_count", "0", "sys_domain", "global", "sys_domain_path", "/"));
            draft.putAll(Map.of("state", "1", "impact", "3", "urgency", "3", "priority", "5"));
            draft.put("sys_class_name", table.name());
            draft.put("opened_at", session.time());
            draft.put("opened_by", session.user().sysId());
        }
        if (table.name().equals(Incidents.TABLE)) {
            draft.putAll(incidents.defaults());
        }
        return draft;
    }

    static void touch(Session session, Map<String, String> draft) {
        draft.put("sys_updated_on", session.time());
        draft.put("sys_updated_by", session.user().userName());
        draft.merge("sys_mod_count", "1", (count, one) -> String.valueOf(Integer.parseInt(count) + 1));
    }

    private void complete(TableDefinition table, Map<String, String> draft) {
        if (!table.prefix().isEmpty()) {
            draft.computeIfPresent("number", (field, sent) -> sent.isEmpty() ? ids.number(table.prefix()) : sent);
            draft.put("task_effective_number", draft.get("number"));
        }
        if (table.name().equals("sys_user")) {
            draft.put("name", (draft.get("first_name") + " " + draft.get("last_name")).strip());
            draft.put("failed_attempts", "0");
        }
    }

    private Map<String, String> fill(
            Session session,
            TableDefinition table,
            Map<String, String> draft,
            Map<String, String> values,
            boolean display) {
        Map<String, String> notes = new LinkedHashMap<>();
        values.forEach((name, sent) -> {
            Optional<Field> field = table.field(name).filter(found -> !found.readOnly());
            if (field.isEmpty() || isUnwritable(session, table, name)) {
                return;
            }
            if (field.get().isJournal()) {
                if (!sent.isEmpty()) {
                    notes.put(name, sent);
                }
            } else {
                input.accept(table, field.get(), sent, display, session).ifPresent(value -> draft.put(name, value));
            }
        });
        return notes;
    }

    private boolean isUnwritable(Session session, TableDefinition table, String field) {
        return table.name().equals(Incidents.TABLE)
                && !session.user().isAdmin()
                && switches.unwritableFields().contains(field);
    }

    private Optional<String> clientSysId(TableDefinition table, Map<String, String> values) {
        Optional<String> sysId = Optional.ofNullable(values.get("sys_id"))
                .filter(sent -> sent.matches("[0-9a-f]{32}"))
                .filter(sent -> switches.clientSysId() == Switches.ClientSysId.HONOURED);
        sysId.filter(sent -> tables.find(table.name(), sent).isPresent()).ifPresent(sent -> {
            throw ApiError.failed("Unique Key violation detected by database (Duplicate entry '%s' for key 'PRIMARY')"
                    .formatted(sent));
        });
        return sysId;
    }

    private void abortRule(TableDefinition table, Map<String, String> draft, Map<String, String> notes) {
        switches.abortRule()
                .filter(rule -> table.name().equals(Incidents.TABLE))
                .filter(rule -> draft.values().stream().anyMatch(rule.text())
                        || notes.values().stream().anyMatch(rule.text()))
                .ifPresent(rule -> {
                    throw ApiError.failed(
                            "Operation against file 'incident' was aborted by Business Rule '%1$s^%2$s'. Business Rule Stack:%1$s"
                                    .formatted(rule.name(), "0".repeat(32)));
                });
    }

    private void addNotes(Session session, TableDefinition table, Row row, Map<String, String> notes) {
        notes.forEach((element, text) -> {
            Row entry = journals.add(session, table.name(), row.sysId(), element, text);
            history.append(session, "sys_journal_field", Write.Operation.INSERT, Map.of(), entry);
        });
    }

    /** Copies go past the rules of a write, so that they are not copied again. */
    private void copyComment(Session session, TableDefinition table, Row row, Map<String, String> notes) {
        if (!table.name().equals(Incidents.TABLE) || !notes.containsKey("comments")) {
            return;
        }
        switches.copyRule()
                .ifPresent(rule -> rule.targets().apply(row.sysId()).stream()
                        .flatMap(sysId -> tables.find(Incidents.TABLE, sysId).stream())
                        .toList()
                        .forEach(target -> {
                            Map<String, String> draft = target.draft();
                            touch(session, draft);
                            Row after = new Row(draft);
                            store(session, table, Write.Operation.UPDATE, target.fields(), after);
                            addNotes(session, table, after, Map.of("comments", rule.prefix() + notes.get("comments")));
                        }));
    }

    private void resolveChildren(Session session, TableDefinition table, Row parent) {
        List<Row> children = tables.rows(Incidents.TABLE).stream()
                .filter(row -> row.get("parent_incident").equals(parent.sysId()))
                .filter(row -> row.get("state").compareTo(Incidents.RESOLVED) < 0)
                .toList();
        Map<String, String> resolution = Map.of(
                "state", Incidents.RESOLVED,
                "close_code", parent.get("close_code"),
                "close_notes", parent.get("close_notes"));
        children.forEach(child -> update(session, table, child, resolution, false));
    }
}
