package io.roombridge.mapping;

import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.impl.BuiltinFunctions;
import io.roombridge.config.Spelling;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what the JSLT compiler found in words that help somebody who does not know its grammar. */
final class JsltFault {

    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");
    private static final Pattern FOUND = Pattern.compile("Encountered \"(.*)\" at line");
    private static final Pattern TOKEN_KIND_OR_QUOTES = Pattern.compile("<[A-Z]+> |[\\\\\"]");
    private static final Pattern EXPECTED = Pattern.compile("(?m)^ +(\\S+) ");
    private static final int MOST_EXPECTED = 6;
    private static final Pattern NO_FUNCTION = Pattern.compile("No such function: '(.+)'");
    private static final Pattern ARGUMENTS =
            Pattern.compile("Function '(.+)' needs (\\d+)-(\\d+) arguments, got (\\d+)");

    private JsltFault() {}

    static MappingFault of(String where, JsltException e, Collection<Function> functions) {
        String message = e.getMessageWithoutLocation();
        int line = Math.max(0, e.getLine());
        int column = Math.max(0, e.getColumn());
        Matcher noFunction = NO_FUNCTION.matcher(message);
        Matcher arguments = ARGUMENTS.matcher(message);
        Matcher place = PLACE.matcher(message);
        if (noFunction.find()) {
            return new MappingFault(
                    where,
                    line,
                    column,
                    "there is no function '" + noFunction.group(1) + "'",
                    "a function of JSLT or of docs/mapping.md",
                    Spelling.nearest(noFunction.group(1), names(functions)));
        } else if (arguments.find()) {
            return arguments(where, line, column, arguments);
        } else if (place.find()) {
            return syntax(where, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), message);
        }
        return new MappingFault(where, line, column, message, "a mapping that compiles", Optional.empty());
    }

    private static MappingFault arguments(String where, int line, int column, Matcher arguments) {
        String name = arguments.group(1);
        if (MappingFunctions.FORBIDDEN.contains(name)) {
            return new MappingFault(
                    where,
                    line,
                    column,
                    name + "() gives another answer each time",
                    "only what the event says; its time is .event.time",
                    Optional.empty());
        }
        boolean fixed = arguments.group(2).equals(arguments.group(3));
        return new MappingFault(
                where,
                line,
                column,
                name + "() has the wrong number of arguments: " + arguments.group(4),
                fixed ? arguments.group(2) : arguments.group(2) + " to " + arguments.group(3),
                Optional.empty());
    }

    private static MappingFault syntax(String where, int line, int column, String message) {
        String expected = EXPECTED.matcher(message)
                .results()
                .map(result -> result.group(1))
                .limit(MOST_EXPECTED)
                .collect(Collectors.joining(" or "));
        return new MappingFault(
                where, line, column, found(message), expected.isEmpty() ? "JSLT" : expected, Optional.empty());
    }

    private static String found(String message) {
        Matcher found = FOUND.matcher(message);
        if (!found.find()) {
            return "a character that does not belong here, or text without its closing quote";
        }
        String token =
                TOKEN_KIND_OR_QUOTES.matcher(found.group(1)).replaceAll("").strip();
        return token.equals("<EOF>") ? "the file ends too early" : "did not expect '" + token + "' here";
    }

    private static Set<String> names(Collection<Function> functions) {
        Set<String> names = new HashSet<>(BuiltinFunctions.functions.keySet());
        functions.forEach(function -> names.add(function.getName()));
        names.removeAll(MappingFunctions.FORBIDDEN);
        return names;
    }
}
