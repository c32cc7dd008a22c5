package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the rows of an encoded query, or of plain name=value filters, with the instance's way of treating nonsense. */
final class Search {

    private final Tables tables;
    private final DisplayValues display;
    private final Switches switches;

    Search(Tables tables, DisplayValues display, Switches switches) {
        this.tables = tables;
        this.display = display;
        this.switches = switches;
    }

    /** By {@code sysparm_query} if the request has one, else by plain names and values. */
    List<Row> find(TableDefinition table, QueryString query, Session session) {
        Optional<String> encoded = query.first("sysparm_query");
        return encoded.isPresent() ? find(table, encoded.get(), session) : filtered(table, query, session);
    }

    List<Row> find(TableDefinition table, String encoded, Session session) {
        EncodedQuery query = EncodedQuery.parse(encoded);
        Predicate<Row> any = row -> false;
        for (List<List<Condition>> group : query.groups()) {
            any = any.or(allOf(table, group, session));
        }
        List<Row> rows = candidates(table, query).stream()
                .filter(any)
                .filter(row -> !switches.late(table.name(), row, session.now()))
                .collect(ArrayList::new, List::add, List::addAll);
        order(table, query.orders(), session).ifPresent(rows::sort);
        return rows;
    }

    /** All rows, or fewer where a condition that every row has to meet names values of an indexed field. */
    private Collection<Row> candidates(TableDefinition table, EncodedQuery query) {
        return query.groups().stream()
                .filter(group -> query.groups().size() == 1)
                .flatMap(List::stream)
                .filter(anyOf -> anyOf.size() == 1)
                .flatMap(anyOf -> indexed(table, anyOf.get(0)).stream())
                // A value in another case is found by the scan.
                .filter(found -> !found.isEmpty())
                .<Collection<Row>>map(found -> found)
                .findFirst()
                .orElseGet(() -> tables.rows(table.name()));
    }

    private Optional<List<Row>> indexed(TableDefinition table, Condition condition) {
        return condition
                .operator()
                .filter(operator -> operator == Operator.EQUAL || operator == Operator.IN)
                .flatMap(operator -> tables.indexed(
                        table.name(),
                        condition.field(),
                        new LinkedHashSet<>(List.of(condition.value().split(",")))));
    }

    /** Exact values, or what is displayed for them, of fields that exist; everything else in a query string is ignored. */
    private List<Row> filtered(TableDefinition table, QueryString filters, Session session) {
        Predicate<Row> all = row -> true;
        for (String name : filters.names()) {
            Optional<FieldPath> path = FieldPath.of(tables.dictionary(), table, name);
            if (path.isPresent()) {
                String wanted = filters.first(name).orElse("");
                all = all.and(row -> {
                    FieldPath.Place place = path.get().from(tables, table, row);
                    return place.value().equalsIgnoreCase(wanted)
                            || display.of(place, session).equalsIgnoreCase(wanted);
                });
            }
        }
        return tables.rows(table.name()).stream().filter(all).toList();
    }

    private Predicate<Row> allOf(TableDefinition table, List<List<Condition>> group, Session session) {
        Predicate<Row> all = row -> true;
        for (List<Condition> anyOf : group) {
            List<Predicate<Row>> understood = anyOf.stream()
                    .flatMap(condition -> test(table, condition, session).stream())
                    .toList();
            all = all.and(understood.stream().reduce(Predicate::or).orElse(row -> true));
        }
        return all;
    }

    private Optional<Predicate<Row>> test(TableDefinition table, Condition condition, Session session) {
        Optional<FieldPath> path = FieldPath.of(tables.dictionary(), table, condition.field());
        Optional<String> value = script(condition.value(), session);
        if (path.isEmpty() || condition.operator().isEmpty() || value.isEmpty()) {
            return nonsense();
        }
        Operator operator = condition.operator().get();
        refuseRange(operator.range, condition.field(), session);
        if (operator == Operator.SAME_AS || operator == Operator.NOT_SAME_AS) {
            return sameAs(table, path.get(), operator, value.get());
        }
        boolean number = path.get().last().kind() == Field.Kind.INTEGER;
        Predicate<String> holds = operator.test(value.get(), number);
        return Optional.of(row -> {
            FieldPath.Place place = path.get().from(tables, table, row);
            // Patterns on a reference mean the name of what it points to, equality means its sys_id.
            boolean byName = place.field().isReference() && operator.range;
            return holds.test(byName ? display.of(place, session) : place.value());
        });
    }

    private Optional<Predicate<Row>> sameAs(TableDefinition table, FieldPath left, Operator operator, String name) {
        Optional<FieldPath> right = FieldPath.of(tables.dictionary(), table, name);
        if (right.isEmpty()) {
            return nonsense();
        }
        boolean same = operator == Operator.SAME_AS;
        return Optional.of(row -> same
                == left.from(tables, table, row)
                        .value()
                        .equals(right.get().from(tables, table, row).value()));
    }

    private Optional<Predicate<Row>> nonsense() {
        return switch (switches.unknownQueryField()) {
            case IGNORED -> Optional.empty();
            case NO_ROWS -> Optional.of(row -> false);
            case FORBIDDEN -> throw forbidden();
        };
    }

    private Optional<Comparator<Row>> order(TableDefinition table, List<EncodedQuery.Order> orders, Session session) {
        Comparator<Row> all = null;
        for (EncodedQuery.Order order : orders) {
            Optional<FieldPath> path = FieldPath.of(tables.dictionary(), table, order.field());
            if (path.isEmpty()) {
                nonsense();
                continue;
            }
            refuseRange(true, order.field(), session);
            Comparator<Row> next = by(table, path.get(), session);
            next = order.descending() ? next.reversed() : next;
            all = all == null ? next : all.thenComparing(next);
        }
        return Optional.ofNullable(all);
    }

    private Comparator<Row> by(TableDefinition table, FieldPath path, Session session) {
        boolean number = path.last().kind() == Field.Kind.INTEGER;
        return (left, right) ->
                Operator.compare(sortKey(table, path, left, session), sortKey(table, path, right, session), number);
    }

    private String sortKey(TableDefinition table, FieldPath path, Row row, Session session) {
        FieldPath.Place place = path.from(tables, table, row);
        return place.field().isReference() ? display.of(place, session) : place.value();
    }

    private void refuseRange(boolean range, String field, Session session) {
        if (range && !session.user().isAdmin() && switches.rangeQueriesDenied().contains(field)) {
            throw forbidden();
        }
    }

    private static ApiError forbidden() {
        return new ApiError(
                403,
                "Insufficient rights to query records",
                "Field(s) present in the query do not have permission to be read");
    }

    /** A value that begins with {@code javascript:} is evaluated by the instance; the sandbox knows one expression. */
    private static Optional<String> script(String value, Session session) {
        if (!value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            return Optional.of(value);
        }
        return value.contains("gs.getUserID()") ? Optional.of(session.user().sysId()) : Optional.empty();
    }
}
