package io.roombridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.closing.Calendars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A proposed rule or calendar, and how far back it is tried out on what is recorded. */
final class SimulationOptions {

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "With --simulate: how many days back (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--calendar",
            paramLabel = "FILE",
            description = "With --simulate: holiday corrections instead of the shipped ones, in the same form.")
    private Path calendar;

    @Option(
            names = "--customer-days",
            paramLabel = "N",
            description = "With --simulate: business days for tickets that a person started, instead of the setting.")
    private Integer customerDays;

    @Option(
            names = "--system-days",
            paramLabel = "N",
            description = "With --simulate: the same for tickets that telemetry started.")
    private Integer systemDays;

    /**
     * What the bridge is asked. What is not proposed is as the bridge has it.
     *
     * @throws IllegalArgumentException when the calendar cannot be read; the message says what is wrong in it, and where
     */
    ObjectNode proposal() {
        ObjectNode proposal = JsonNodeFactory.instance.objectNode().put("days", days);
        if (customerDays != null) {
            proposal.put("customerDays", customerDays);
        }
        if (systemDays != null) {
            proposal.put("systemDays", systemDays);
        }
        if (calendar != null) {
            proposal.put("calendar", corrections());
        }
        return proposal;
    }

    private String corrections() {
        try {
            String text = Files.readString(calendar);
            Calendars.corrected(calendar.toString(), text);
            return text;
        } catch (IOException e) {
            throw new IllegalArgumentException(calendar + ": cannot be read as a text file: " + e.getMessage(), e);
        }
    }
}
