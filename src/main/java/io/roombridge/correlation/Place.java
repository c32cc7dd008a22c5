package io.roombridge.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A column in which a person may stand, read in the order of its key, a page at a time, however large its table is.
 *
 * @param within the first columns of the table's key, which are gone through one by one
 * @param key its last column
 */
record Place(String table, String column, List<String> within, String key) {

    private static final int PAGE = 200;

    /** A text, and the last column of its key. */
    private record Row(Object key, String text) {}

    /** Returns how many texts name the person; they are changed only if that is wanted. */
    int erase(Handle handle, WithoutPerson without, boolean write) {
        int texts = 0;
        for (List<Object> group : groups(handle)) {
            List<Row> page = page(handle, group, Optional.empty());
            while (!page.isEmpty()) {
                for (Row row : page) {
                    texts += erase(handle, group, row, without, write) ? 1 : 0;
                }
                page = page(handle, group, Optional.of(page.get(page.size() - 1).key()));
            }
        }
        return texts;
    }

    private List<List<Object>> groups(Handle handle) {
        return within.isEmpty()
                ? List.of(List.of())
                : handle.createQuery("select distinct " + String.join(", ", within) + " from " + table)
                        .map((RowView row) -> within.stream()
                                .map(name -> (Object) row.getColumn(name, String.class))
                                .toList())
                        .list();
    }

    private List<Row> page(Handle handle, List<Object> group, Optional<Object> after) {
        List<String> conditions =
                new ArrayList<>(within.stream().map(name -> name + " = ?").toList());
        after.ifPresent(last -> conditions.add(key + " > ?"));
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return bound(
                        handle.createQuery("select " + key + ", " + column + " from " + table + where + " order by "
                                + key + " limit " + PAGE),
                        Stream.concat(group.stream(), after.stream()).toList())
                .map((row, context) -> new Row(row.getObject(1), row.getString(2)))
                .list();
    }

    /** A row that somebody changed since it was read is read again. */
    private boolean erase(Handle handle, List<Object> group, Row read, WithoutPerson without, boolean write) {
        Optional<Row> row = Optional.of(read);
        while (row.isPresent()) {
            String erased = without.of(row.get().text());
            if (erased.equals(row.get().text())) {
                return false;
            } else if (!write || replaced(handle, group, row.get(), erased)) {
                return true;
            }
            row = again(handle, group, read);
        }
        return false;
    }

    private boolean replaced(Handle handle, List<Object> group, Row row, String erased) {
        // A ticket in a cache is another version from now on, so that no step writes back what was erased.
        String version = table.equals("ticket") ? ", version = version + 1" : "";
        return bound(
                                handle.createUpdate("update " + table + " set " + column + " = ?" + version + isRow()
                                        + " and " + column + " = ?"),
                                Stream.of(Stream.of((Object) erased), group.stream(), Stream.of(row.key(), (Object)
                                                row.text()))
                                        .flatMap(values -> values)
                                        .toList())
                        .execute()
                == 1;
    }

    private Optional<Row> again(Handle handle, List<Object> group, Row row) {
        return bound(
                        handle.createQuery("select " + column + " from " + table + isRow()),
                        Stream.concat(group.stream(), Stream.of(row.key())).toList())
                .mapTo(String.class)
                .findOne()
                .map(text -> new Row(row.key(), text));
    }

    private String isRow() {
        List<String> columns = Stream.concat(within.stream(), Stream.of(key)).toList();
        return " where " + String.join(" = ? and ", columns) + " = ?";
    }

    private static <S extends SqlStatement<S>> S bound(S statement, List<Object> values) {
        for (int i = 0; i < values.size(); i++) {
            statement.bind(i, values.get(i));
        }
        return statement;
    }
}
