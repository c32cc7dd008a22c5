package io.roombridge.route;

import io.roombridge.sandbox.servicenow.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request asks for, without the values in it: method, path, header names, parameters, and of a query the fields and
 * operators. Text that only fills a value leaves the shape as it is.
 */
record RequestShape(String method, String path, Set<String> headers, Set<String> parameters, List<String> query) {

    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern TERM = Pattern.compile("([a-z0-9_.]+)(IN|STARTSWITH|>=|<=|=|>|<)(.*)", Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("ORDERBY(DESC)?[a-z_.]+");

    /** @throws AssertionError when a value evidently became part of the query's language */
    static RequestShape of(RecordedRequest request) {
        return new RequestShape(
                request.method(),
                SYS_ID.matcher(request.path()).replaceAll("SYS_ID"),
                new TreeSet<>(request.headers().keySet()),
                new TreeSet<>(request.query().keySet()),
                request.query().getOrDefault("sysparm_query", List.of()).stream()
                        .flatMap(RequestShape::terms)
                        .toList());
    }

    /** Guarded fields are read before they are written; which event needs that depends on the tickets of its room. */
    boolean readsOneIncident() {
        return method.equals("GET") && path.equals("/api/now/table/incident/SYS_ID") && query.isEmpty();
    }

    /** A doubled {@code ^} is one inside a value. */
    private static Stream<String> terms(String query) {
        List<String> shapes = new ArrayList<>();
        for (String term : query.replace("^^", "\uE000").split("\\^")) {
            Matcher parts = TERM.matcher(term);
            if (ORDER.matcher(term).matches()) {
                shapes.add(term);
            } else if (parts.matches()) {
                if (parts.group(3).strip().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
                    throw new AssertionError("the instance would evaluate " + term);
                }
                shapes.add(parts.group(1) + parts.group(2));
            } else {
                throw new AssertionError("no term of a query: " + term);
            }
        }
        return shapes.stream();
    }
}
