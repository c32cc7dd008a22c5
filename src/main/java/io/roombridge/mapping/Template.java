package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.ResourceResolver;
import com.schibsted.spt.data.jslt.impl.BuiltinFunctions;
import java.io.StringReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One compiled mapping file. Safe for use by many threads. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");
    private static final Pattern FOUND =
            Pattern.compile("Encountered:? *\"? ?(?:<[A-Z]+> )?\"?(.*?)\"*(?: \"\"?)? at line");
    private static final Pattern NO_FUNCTION = Pattern.compile("No such function: '(.+)'");
    private static final Pattern ARGUMENTS =
            Pattern.compile("Function '(.+)' needs (\\d+)-(\\d+) arguments, got (\\d+)");
    private static final Pattern EXPECTED = Pattern.compile("(?m)^ +(\\S.*?) (?:\\.\\.\\.)? ?$");
    private static final int MOST_EXPECTED = 6;

    private final String file;
    private final Expression expression;

    private Template(String file, Expression expression) {
        this.file = file;
        this.expression = expression;
    }

    /** Empty, and a fault noted, when the file does not compile. */
    static Optional<Template> compile(
            String file,
            String text,
            Collection<Function> functions,
            ResourceResolver imports,
            List<MappingFault> faults) {
        try {
            Expression expression = new Parser(new StringReader(text))
                    .withSource(file)
                    .withFunctions(functions)
                    .withResourceResolver(imports)
                    .compile();
            return Optional.of(new Template(file, expression));
        } catch (JsltException e) {
            faults.add(fault(file, e, functions));
            return Optional.empty();
        }
    }

    String file() {
        return file;
    }

    /** @throws MappingFailed when the file cannot make anything of this view */
    JsonNode apply(JsonNode view) {
        try {
            return expression.apply(view);
        } catch (JsltException e) {
            String where = e.getSource() == null ? file : e.getSource();
            throw new MappingFailed(where, Math.max(0, e.getLine()), e.getMessageWithoutLocation(), e);
        }
    }

    private static MappingFault fault(String file, JsltException e, Collection<Function> functions) {
        String where = e.getSource() == null ? file : e.getSource();
        String message = e.getMessageWithoutLocation();
        int line = Math.max(0, e.getLine());
        int column = Math.max(0, e.getColumn());
        Matcher noFunction = NO_FUNCTION.matcher(message);
        if (noFunction.find()) {
            return new MappingFault(
                    where,
                    line,
                    column,
                    "there is no function '" + noFunction.group(1) + "'",
                    "a function of JSLT or of docs/mapping.md",
                    Spelling.nearest(noFunction.group(1), names(functions)));
        }
        Matcher arguments = ARGUMENTS.matcher(message);
        if (arguments.find()) {
            return argumentFault(where, line, column, arguments);
        }
        Matcher place = PLACE.matcher(message);
        return place.find()
                ? syntaxFault(where, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), message)
                : new MappingFault(where, line, column, message, "a mapping that compiles", Optional.empty());
    }

    private static MappingFault argumentFault(String where, int line, int column, Matcher arguments) {
        String name = arguments.group(1);
        boolean forbidden = MappingFunctions.FORBIDDEN.contains(name);
        String expected = arguments.group(2).equals(arguments.group(3))
                ? arguments.group(2)
                : arguments.group(2) + " to " + arguments.group(3);
        return new MappingFault(
                where,
                line,
                column,
                forbidden
                        ? name + "() gives another answer each time"
                        : name + "() got " + arguments.group(4) + " arguments",
                forbidden ? "only what the event says; its time is .event.time" : expected,
                Optional.empty());
    }

    private static MappingFault syntaxFault(String where, int line, int column, String message) {
        Matcher found = FOUND.matcher(message);
        String problem = message.contains("Lexical error")
                ? "a character that does not belong here, or text without its closing quote"
                : found.find() ? "did not expect '" + found.group(1).strip() + "' here" : "this is no JSLT";
        String expected = EXPECTED.matcher(message)
                .results()
                .map(result -> result.group(1))
                .limit(MOST_EXPECTED)
                .collect(Collectors.joining(" or "));
        return new MappingFault(where, line, column, problem, expected.isEmpty() ? "JSLT" : expected, Optional.empty());
    }

    private static Set<String> names(Collection<Function> functions) {
        Set<String> names = new HashSet<>(BuiltinFunctions.functions.keySet());
        functions.forEach(function -> names.add(function.getName()));
        names.removeAll(MappingFunctions.FORBIDDEN);
        return names;
    }
}
