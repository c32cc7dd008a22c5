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
    private long printed;

    TicketTicker(EmbeddedServiceNow serviceNow, PrintWriter out) {
        this.serviceNow = serviceNow;
        this.out = out;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::print, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void print() {
        List<Write> writes = serviceNow.history().to("incident");
        writes.stream().filter(write -> write.sequence() > printed).forEach(this::print);
        out.flush();
        printed = writes.isEmpty() ? printed : writes.get(writes.size() - 1).sequence();
    }

    private void print(Write write) {
        serviceNow.desk().incident(write.sysId()).ifPresent(incident -> {
            String state = write.changed().get("state");
            String what = write.operation() == Write.Operation.INSERT
                    ? "created"
                    : state != null
                            ? STATES.getOrDefault(state, state)
                            : String.join(", ", write.changed().keySet());
            out.printf(
                    "%tF %<tR  %s  %-12s  %-12s %s%n",
                    write.time().atZone(ZoneOffset.UTC),
                    incident.number(),
                    write.user(),
                    what,
                    incident.field("short_description"));
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
