package io.roombridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * Everything that a process writes, for a search: logs of every level the test asks for, those of java.util.logging, printed
 * output, exceptions, and whole directories with their databases.
 */
final class WrittenAnywhere implements AutoCloseable {

    private final StringBuffer logged = new StringBuffer();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Map<String, byte[]> rest = new LinkedHashMap<>();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final LoggerContext log4j = (LoggerContext) LogManager.getContext(false);
    private final Handler jul = new Collecting();

    WrittenAnywhere(Map<String, Level> levels) {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.addHandler(jul);
        root.setLevel(java.util.logging.Level.FINE);
        Configuration configuration = log4j.getConfiguration();
        List.copyOf(configuration.getLoggers().keySet()).stream()
                .filter(name -> !name.isEmpty())
                .forEach(configuration::removeLogger);
        configuration.getRootLogger().removeAppender("text");
        AbstractAppender collecting = new Appending();
        collecting.start();
        levels.entrySet().stream().filter(entry -> !entry.getKey().isEmpty()).forEach(entry -> {
            LoggerConfig logger = new LoggerConfig(entry.getKey(), entry.getValue(), false);
            logger.addAppender(collecting, Level.ALL, null);
            configuration.addLogger(entry.getKey(), logger);
        });
        configuration.getRootLogger().addAppender(collecting, Level.ALL, null);
        configuration.getRootLogger().setLevel(levels.get(""));
        log4j.updateLoggers();
    }

    private final class Appending extends AbstractAppender {
        private final PatternLayout layout =
                PatternLayout.newBuilder().setPattern("%p %c %m %X%n%xEx").build();

        Appending() {
            super("collecting", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            logged.append(layout.toSerializable(event));
        }
    }

    private final class Collecting extends Handler {
        private final SimpleFormatter format = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            logged.append("JUL ").append(entry.getLoggerName()).append(' ').append(format.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    void add(String where, String text) {
        rest.put(where, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rest.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /** How many characters were logged at all: a search of nothing finds nothing. */
    int logged() {
        return logged.length();
    }

    /** One line for each secret at each place where it stands, in any of its spellings. */
    List<String> find(Map<String, List<String>> secrets) {
        List<String> found = new ArrayList<>();
        String[] lines = logged.toString().split("\n");
        secrets.forEach((name, spellings) -> spellings.forEach(spelling -> {
            Stream.of(lines)
                    .filter(line -> line.contains(spelling))
                    .map(line -> name + " in the log: " + shortened(line, spelling))
                    .distinct()
                    .limit(5)
                    .forEach(found::add);
            if (printed.toString(StandardCharsets.UTF_8).contains(spelling)) {
                found.add(name + " in printed output");
            }
            rest.forEach((where, bytes) -> Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)
                    .filter(holds(bytes, spelling))
                    .forEach(charset -> found.add(name + " in " + where + " (" + charset + ")")));
        }));
        return found;
    }

    private static String shortened(String line, String spelling) {
        int at = line.indexOf(spelling);
        return line.substring(0, Math.min(80, line.length())) + " ... "
                + line.substring(Math.max(0, at - 60), Math.min(line.length(), at + spelling.length() + 20));
    }

    private static Predicate<Charset> holds(byte[] bytes, String spelling) {
        return charset -> new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(spelling.getBytes(charset), StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.removeHandler(jul);
        root.setLevel(java.util.logging.Level.INFO);
        log4j.reconfigure();
    }
}
