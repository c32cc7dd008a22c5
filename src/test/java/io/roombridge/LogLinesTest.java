package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;

/** One event of the log is one line, whatever names and texts of others stand in it. */
class LogLinesTest {

    private static final String FORGED = "room\r\n12:00:00.000 INFO  Bridge all is well\u001B[2J\u202Egpj\u0000";

    @Test
    void nobodyForgesALineOrSteersTheTerminal() {
        String line = written("text");

        assertThat(line).endsWith("\n").contains("said room\\r\\n12:00", "ticket=room\\r\\n", "gpj");
        assertThat(line.strip().chars()).noneMatch(each -> Character.isISOControl(each) || each == 0x202E);
    }

    @Test
    void forMachinesAnEventIsOneObjectWithItsKeysBesideItsMessage() throws Exception {
        String line = written("json");

        assertThat(line.strip().lines()).hasSize(1);
        JsonNode event = new ObjectMapper().readTree(line);
        assertThat(event.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.path("level").asText()).isEqualTo("WARN");
        assertThat(event.path("logger").asText()).isEqualTo("io.roombridge.Bridge");
        assertThat(event.path("message").asText()).isEqualTo("said " + FORGED);
        assertThat(event.path("ticket").asText()).isEqualTo(FORGED);
        assertThat(event.path("error").asText()).isEqualTo(FORGED);
        assertThat(event.path("stack").asText()).startsWith("java.lang.IllegalStateException");
    }

    /** One event as the appender of this format writes it. */
    private static String written(String format) {
        try (LoggerContext shipped =
                Configurator.initialize("shipped", LogLinesTest.class.getClassLoader(), "classpath:log4j2.xml")) {
            SortedArrayStringMap data = new SortedArrayStringMap();
            data.putValue("ticket", FORGED);
            Log4jLogEvent event = Log4jLogEvent.newBuilder()
                    .setLoggerName("io.roombridge.Bridge")
                    .setLevel(Level.WARN)
                    .setMessage(new SimpleMessage("said " + FORGED))
                    .setContextData(data)
                    .setThrown(new IllegalStateException(FORGED))
                    .build();
            return shipped.getConfiguration()
                    .getAppender(format)
                    .getLayout()
                    .toSerializable(event)
                    .toString();
        }
    }
}
