package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.closing.InactivityRule;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.MappingEndpoints;
import io.roombridge.ops.ReconcileEndpoints;
import io.roombridge.ops.StoreEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What the pages tell people to type is understood by the command line, and what they tell to ask is answered. */
class DocumentedCommandsTest {

    /** On the machine, in a container, in a pod. */
    private static final Pattern WHOLE = Pattern.compile("(?:java -jar target/roombridge\\.jar"
            + "|(?:docker run|docker exec|kubectl exec) [^`\n]* roombridge(?![^ \n]))([^`\n]*)");

    private static final Pattern MENTIONED = Pattern.compile(
            "`((?:run|sandbox|check|doctor|mapping|closing|dead|tickets|rebuild|rewind|reconcile|pause|resume|pauses|mute|unmute"
                    + "|mutes|audit|erase|report) "
                    + "[^`]*)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern REQUEST = Pattern.compile("`(GET|POST) (/api/[^`? ]+)");

    @ParameterizedTest
    @MethodSource("whole")
    void isUnderstood(String command) {
        assertThatCode(() -> Main.commandLine().parseArgs(words(command))).doesNotThrowAnyException();
    }

    /** Prose may leave out who and why, but names nothing that there is not. */
    @ParameterizedTest
    @MethodSource("mentioned")
    void namesNothingThatThereIsNot(String command) {
        try {
            Main.commandLine().parseArgs(words(command));
        } catch (MissingParameterException shortened) {
            assertThat(shortened).hasMessageStartingWith("Missing required");
        }
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandHelps(CommandLine command) {
        assertThat(command.getCommandSpec().findOption("--help"))
                .as(command.getCommandSpec().qualifiedName())
                .isNotNull();
    }

    @Test
    void whatThereIsNotIsNoticed() {
        assertThatThrownBy(() -> Main.commandLine().parseArgs(words("dead list --tickets INC1")))
                .isInstanceOf(ParameterException.class);
    }

    @Test
    void thePageOfOperationsNamesEveryRequestAndNoOther() {
        Jdbi nowhere = Jdbi.create("jdbc:h2:mem:documented");
        List<String> answered = Stream.of(
                        StoreEndpoints.of(nowhere, InactivityRule.OF_THE_SERVICE, Optional.empty(), Clock.systemUTC()),
                        ReconcileEndpoints.of(null),
                        MappingEndpoints.of(null, null))
                .flatMap(List::stream)
                .map(DocumentedCommandsTest::request)
                .toList();

        assertThat(REQUEST.matcher(text(Path.of("docs/operations.md")))
                        .results()
                        .map(DocumentedCommandsTest::request))
                .containsExactlyInAnyOrderElementsOf(answered);
    }

    private static String request(Endpoint endpoint) {
        return endpoint.method() + " " + endpoint.path().replace("{id}", "ID");
    }

    private static String request(MatchResult found) {
        return found.group(1) + " " + found.group(2);
    }

    static Stream<String> whole() {
        return pages().flatMap(page -> WHOLE.matcher(page).results())
                .map(found -> found.group(1).strip());
    }

    /** Spans that list alternatives, as in "dead list|show", are no command. */
    static Stream<String> mentioned() {
        return pages().flatMap(page -> MENTIONED.matcher(page).results())
                .map(found -> found.group(1).replace("\n", " "))
                .filter(command -> !command.contains("|"));
    }

    static Stream<CommandLine> everyCommand() {
        List<CommandLine> all = new ArrayList<>(List.of(Main.commandLine()));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).getSubcommands().values());
        }
        return all.stream();
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        // A placeholder stands for a number where one is expected.
        return words.stream().map(text -> text.equals("ID") ? "1" : text).toArray(String[]::new);
    }

    private static Stream<String> pages() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                    Stream.of(Path.of("README.md")),
                    docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .map(DocumentedCommandsTest::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
