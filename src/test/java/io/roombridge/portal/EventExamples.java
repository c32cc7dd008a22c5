package io.roombridge.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of docs/events.md, in structured mode, for every test that needs a valid event. */
public final class EventExamples {

    private static final Pattern EXAMPLE =
            Pattern.compile("^### (?<heading>\\S+)$|^```json\\n(?<json>.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String COMMANDS = "\n## Commands\n";

    private EventExamples() {}

    /** One example: {@code name} is what stands between {@code io.roombridge.portal.} and {@code .v1}. */
    public record Example(String name, String json) {

        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Example> events() {
        String page = page();
        return examples("", page.substring(0, page.indexOf(COMMANDS)));
    }

    public static List<Example> commands() {
        String page = page();
        return examples("command.", page.substring(page.indexOf(COMMANDS)));
    }

    /** The first example of a name, for example {@code ticket.opened}. */
    public static String event(String name) {
        return events().stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow()
                .json();
    }

    static String page() {
        try {
            return Files.readString(Path.of("docs", "events.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Example> examples(String prefix, String text) {
        List<Example> examples = new ArrayList<>();
        String heading = "";
        for (Matcher found = EXAMPLE.matcher(text); found.find(); ) {
            if (found.group("json") == null) {
                heading = found.group("heading");
            } else {
                examples.add(new Example(prefix + heading.replaceFirst("^command\\.", ""), found.group("json")));
            }
        }
        return examples;
    }
}
