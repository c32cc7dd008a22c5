package io.roombridge.sandbox.servicenow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One condition of an encoded query, for example {@code caller_id.emailENDSWITH@contoso.example}.
 *
 * @param operator empty: malformed
 */
record Condition(String field, Optional<Operator> operator, String value) {

    private static final Pattern FIELD = Pattern.compile("[a-z0-9_.]+");

    static Condition parse(String text) {
        Matcher field = FIELD.matcher(text);
        if (!field.lookingAt()) {
            return new Condition(text, Optional.empty(), "");
        }
        String rest = text.substring(field.end());
        Optional<Operator> operator = Operator.at(rest);
        String value =
                operator.map(found -> rest.substring(found.sign.length())).orElse("");
        return new Condition(field.group(), operator, value);
    }
}
