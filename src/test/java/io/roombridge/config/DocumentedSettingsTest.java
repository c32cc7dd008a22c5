package io.roombridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings that the pages name are settings. */
class DocumentedSettingsTest {

    private static final Pattern KEY = Pattern.compile(
            "`(roombridge\\.[a-zA-Z0-9.-]+)(?: ?= ?[^`]*)?`" + "|^(roombridge\\.[a-zA-Z0-9.-]+)=", Pattern.MULTILINE);

    /** Other things that begin with the name of the bridge: types of events and commands, meters, files, packages. */
    private static final Pattern NO_KEY = Pattern.compile(
            "roombridge\\.(portal\\..*v\\d*|first\\.response.*|closing\\.braked|lock|jar|dump|properties|closing|route)");

    @Test
    void everySettingThatThePagesNameExists() throws IOException {
        Set<String> known = SettingKeys.ALL.stream()
                .map(key -> key.replace("*", "NAME"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named())
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(known)
                        .contains(key.replaceFirst(
                                "^roombridge\\.(instances|hooks\\.sources)\\.[^.]+\\.", "roombridge.$1.NAME.")));
    }

    private static Set<String> named() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> pages = Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            return pages.stream()
                    .flatMap(page -> KEY.matcher(text(page)).results())
                    .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
                    .filter(name -> !NO_KEY.matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
