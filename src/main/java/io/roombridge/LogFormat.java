package io.roombridge;

import io.roombridge.config.Settings;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;

/** Text for a terminal, or JSON for machines: what the settings say, from the moment they are read. */
final class LogFormat {

    private static final String PROPERTY = "roombridge.log.format";

    private LogFormat() {}

    static void use(Settings settings) {
        String wanted = settings.log().format().name().toLowerCase(Locale.ROOT);
        String present = System.getProperty(PROPERTY, System.getenv().getOrDefault("ROOMBRIDGE_LOG_FORMAT", "text"));
        if (!wanted.equals(present) && LogManager.getContext(false) instanceof LoggerContext log4j) {
            System.setProperty(PROPERTY, wanted);
            log4j.reconfigure();
        }
    }
}
