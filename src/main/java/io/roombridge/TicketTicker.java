package io.roombridge;

import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Write;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints what happens to incidents while the sandbox runs, one line each, so that a newcomer sees the bridge work. */
final class TicketTicker implements AutoCloseable {

    private static final Map<String, String> STATES =
            Map.of("1", "New", "2", "In Progress", "3", "On Hold", "6", "Resolved", "7", "Closed", "8", "Canceled");

    private final EmbeddedServiceNow serviceNow;
    private final PrintWriter out;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ticket-ticker");
        thread.setDaemon(true);
        return thread;
    });
    /** How many of the writes so far; only the timer's thread touches it. */
    private int printed;

    TicketTicker(EmbeddedServiceNow serviceNow, PrintWriter out) {
        this.serviceNow = serviceNow;
        this.out = out;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::print, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void print() {
        List<Write> writes = serviceNow.history().to("incident");
        writes.subList(printed, writes.size()).forEach(this::print);
        out.flush();
        printed = writes.size();
    }

    private void print(Write write) {
        serviceNow.desk().incident(write.sysId()).ifPresent(incident -> {
            out.printf(
                    "%tF %<tR  %s  %-12s  %-12s %s%n",
                    write.time().atZone(ZoneOffset.UTC),
                    incident.number(),
                    write.user(),
                    what(write),
                    incident.field("short_description"));
        });
    }

    /** A journal entry changes no field that the history shows. */
    private static String what(Write write) {
        if (write.operation() == Write.Operation.INSERT) {
            return "created";
        }
        String state = write.changed().get("state");
        if (state != null) {
            return STATES.getOrDefault(state, state);
        }
        return write.changed().isEmpty()
                ? "note"
                : String.join(", ", write.changed().keySet());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
