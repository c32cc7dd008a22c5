package io.roombridge.servicenow;

import java.time.Instant;
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

    private final List<String> terms;

    private Query(List<String> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Records whose field has exactly this value. */
    public static Query where(String field, String value) {
        return new Query(List.of()).and(field, value);
    }

    /** Records whose field begins with this text. */
    public static Query whereStartsWith(String field, String prefix) {
        return new Query(List.of()).andStartsWith(field, prefix);
    }

    /** Records whose field has one of these values. */
    public static Query whereIn(String field, Collection<String> values) {
        return new Query(List.of()).andIn(field, values);
    }

    /** Records whose time field has this second or a later one. */
    public static Query whereFrom(String field, Instant time) {
        return new Query(List.of()).andFrom(field, time);
    }

    /** An encoded query of an administrator's own, as it is: its values are part of its language. */
    static Query configured(String encoded) {
        return new Query(List.of(encoded));
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

    /** Records whose field begins with this text; the instance may compare without regard to case. */
    public Query andStartsWith(String field, String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("no beginning for " + field + "; an empty one matches unpredictably");
        }
        return with(requireName(field) + "STARTSWITH" + escaped(prefix));
    }

    /** Records whose field contains this text. */
    public Query andContains(String field, String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("no text for " + field + "; an empty one matches unpredictably");
        }
        return with(requireName(field) + "LIKE" + escaped(part));
    }

    /** Records whose field sorts after this text. */
    public Query andAfter(String field, String value) {
        return with(requireName(field) + ">" + escaped(value));
    }

    /** Records whose time field has this second. */
    public Query andAt(String field, Instant time) {
        return with(requireName(field) + "=" + Row.time(time));
    }

    /** Records whose time field has this second or a later one. */
    public Query andFrom(String field, Instant time) {
        return with(requireName(field) + ">=" + Row.time(time));
    }

    /** Records whose time field has a later second. */
    public Query andAfter(String field, Instant time) {
        return with(requireName(field) + ">" + Row.time(time));
    }

    /** Records whose time field has this second or an earlier one. */
    public Query andUntil(String field, Instant time) {
        return with(requireName(field) + "<=" + Row.time(time));
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
