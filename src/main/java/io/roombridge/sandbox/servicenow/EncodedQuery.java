package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;

/**
 * An encoded query, taken apart (facts/servicenow.md §1.5): {@code ^} is AND, {@code ^OR} binds to the condition before
 * it only, {@code ^NQ} begins a new query whose rows are added, {@code ^^} inside a value is a literal {@code ^}.
 *
 * @param groups one of them has to hold; in a group, of every list one condition has to hold
 */
record EncodedQuery(List<List<List<Condition>>> groups, List<Order> orders) {

    record Order(String field, boolean descending) {}

    static EncodedQuery parse(String text) {
        List<List<List<Condition>>> groups = new ArrayList<>();
        List<Order> orders = new ArrayList<>();
        groups.add(new ArrayList<>());
        for (String term : terms(text)) {
            List<List<Condition>> group = groups.get(groups.size() - 1);
            if (term.isEmpty() || term.equals("EQ")) {
                continue;
            } else if (term.startsWith("ORDERBYDESC")) {
                orders.add(new Order(term.substring("ORDERBYDESC".length()), true));
            } else if (term.startsWith("ORDERBY")) {
                orders.add(new Order(term.substring("ORDERBY".length()), false));
            } else if (term.startsWith("NQ")) {
                groups.add(new ArrayList<>(List.of(anyOf(term.substring(2)))));
            } else if (term.startsWith("OR") && !group.isEmpty()) {
                group.get(group.size() - 1).add(Condition.parse(term.substring(2)));
            } else {
                group.add(anyOf(term));
            }
        }
        return new EncodedQuery(groups, orders);
    }

    private static List<Condition> anyOf(String term) {
        return new ArrayList<>(List.of(Condition.parse(term)));
    }

    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '^' && i + 1 < text.length() && text.charAt(i + 1) == '^';
            if (escaped) {
                term.append('^');
                i++;
            } else if (c == '^') {
                terms.add(term.toString());
                term.setLength(0);
            } else {
                term.append(c);
            }
        }
        terms.add(term.toString());
        return terms;
    }
}
