package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.ResourceResolver;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One compiled mapping file. Safe for use by many threads. */
final class Template {

    private final String file;
    private final Expression expression;

    private Template(String file, Expression expression) {
        this.file = file;
        this.expression = expression;
    }

    /** Empty, and a fault noted, when the file does not compile. */
    static Optional<Template> compile(
            MappingFolder folder,
            String name,
            String text,
            Collection<Function> functions,
            ResourceResolver imports,
            List<MappingFault> faults) {
        String file = folder.place(name);
        if (text.isBlank()) {
            faults.add(new MappingFault(file, 0, 0, "the file has no content", "a mapping", Optional.empty()));
            return Optional.empty();
        }
        try {
            Expression expression = new Parser(new StringReader(text))
                    .withSource(file)
                    .withFunctions(functions)
                    .withResourceResolver(imports)
                    .compile();
            return Optional.of(new Template(file, expression));
        } catch (JsltException e) {
            // What is imported stands in the folder too, and may be another layer's.
            String source = folder.place(Optional.ofNullable(e.getSource()).orElse(name));
            faults.add(JsltFault.of(source, e, functions));
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
        } catch (StackOverflowError e) {
            throw new MappingFailed(file, 0, "a function calls itself without end", e);
        } catch (RuntimeException e) {
            // Some functions of JSLT meet a value they did not expect with any exception; it is this event's fault
            // only.
            throw new MappingFailed(file, 0, "JSLT failed: " + e, e);
        }
    }
}
