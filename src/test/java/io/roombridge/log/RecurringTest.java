package io.roombridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;

/** A failure is news once, and so is its end. */
class RecurringTest {

    private final List<String> lines = new ArrayList<>();
    private final Recurring away = new Recurring(new Lines());

    @Test
    void theFirstFailureIsAWarningItsRepetitionsAreQuietAndTheEndIsTold() {
        away.over("main").log("back");
        away.failed("main").log("away");
        away.failed("main").log("away");
        away.failed("other").log("away");
        away.over("main").log("back");
        away.over("main").log("back");
        away.failed("main").log("away");

        assertThat(lines)
                .containsExactly(
                        "WARN attempt=1 away",
                        "DEBUG attempt=2 away",
                        "WARN attempt=1 away",
                        "INFO attempt=2 back",
                        "WARN attempt=1 away");
    }

    /** Writes down what is logged; SLF4J puts keys before the message. */
    private final class Lines extends AbstractLogger {

        private static final long serialVersionUID = 1L;

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            lines.add(level + " " + message);
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Lines.class.getName();
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }
}
