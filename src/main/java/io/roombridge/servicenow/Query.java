package io.roombridge.servicenow;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An encoded query (facts/servicenow.md, section 1.5) whose values cannot become part of its language: {@code ^} is
 * doubled, {@code %} is written {@code %25} because the component passes {@code %5E} through and the instance would
 * decode it (section 9.5), and what has no escape is refused.
 */
public final class Query {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final List<String> terms;

    private Query(List<String> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Records whose field has exactly this value. */
    public static Query where(String field, String value) {
        return new Query(List.of()).and(field, value);
    }

    /** Records whose field has one of these values. */
    public static Query whereIn(String field, Collection<String> values) {
        return new Query(List.of()).andIn(field, values);
    }

    public Query and(String field, String value) {
        return with(requireName(field) + "=" + escaped(value));
    }

    public Query andIn(String field, Collection<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value for " + field + "; an empty list matches unpredictably");
        }
        List<String> escaped = new ArrayList<>();
        for (String value : values) {
            if (value.contains(",")) {
                throw new IllegalArgumentException(
                        "'" + value + "' has a comma, which has no escape in a list of values for " + field);
            }
            escaped.add(escaped(value));
        }
        return with(requireName(field) + "IN" + String.join(",", escaped));
    }

    /** Records whose time is not before this one, to the second; the integration user's time zone must be GMT. */
    public Query andFrom(String field, Instant from) {
        return with(requireName(field) + ">=" + TIME.format(from.atOffset(ZoneOffset.UTC)));
    }

    public Query orderBy(String field) {
        return with("ORDERBY" + requireName(field));
    }

    public Query newestFirst(String field) {
        return with("ORDERBYDESC" + requireName(field));
    }

    /** The query as the component takes it. */
    String encoded() {
        return String.join("^", terms);
    }

    /** The name of a table or field, dot-walked or not. */
    static String requireName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no table or field; expected lower-case letters, digits and underscores");
        }
        return name;
    }

    private static String escaped(String value) {
        if (value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            throw new IllegalArgumentException(
                    "'" + value + "' would be evaluated as a script by the instance; look for another value");
        }
        return value.replace("^", "^^").replace("%", "%25");
    }

    private Query with(String term) {
        List<String> longer = new ArrayList<>(terms);
        longer.add(term);
        return new Query(longer);
    }

    @Override
    public String toString() {
        return encoded();
    }
}
