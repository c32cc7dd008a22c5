package io.roombridge.sandbox.servicenow;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may read and write what, as far as a bridge meets it. An admin may everything. */
final class Acl {

    /** What the desk's people (itil) work on; all else they only read. */
    private static final Set<String> WORKED_ON = Set.of("incident", "incident_task", "problem", "change_request");

    /** Rows that come into being with others and are written by nobody. */
    private static final Set<String> WRITTEN_BY_NOBODY =
            Set.of("sys_journal_field", "sys_attachment", "sys_dictionary", "task");

    private final Switches switches;

    Acl(Switches switches) {
        this.switches = switches;
    }

    List<Row> readable(Session session, TableDefinition table, List<Row> rows) {
        if (session.user().isAdmin()) {
            return rows;
        }
        if (table.name().equals("sys_journal_field") && !switches.journalsReadable()) {
            return List.of();
        }
        return rows.stream().filter(row -> !switches.hides(row.sysId())).toList();
    }

    Row readable(Session session, TableDefinition table, Optional<Row> row) {
        return row.flatMap(found ->
                        readable(session, table, List.of(found)).stream().findFirst())
                .orElseThrow(ApiError::noRecord);
    }

    void writing(Session session, TableDefinition table, String operation) {
        boolean byItil = WORKED_ON.contains(table.name()) && session.user().has(User.ITIL);
        boolean allowed = !WRITTEN_BY_NOBODY.contains(table.name())
                && (session.user().isAdmin() || (byItil && !operation.equals("Delete")));
        if (!allowed) {
            throw ApiError.aclException(operation);
        }
    }
}
