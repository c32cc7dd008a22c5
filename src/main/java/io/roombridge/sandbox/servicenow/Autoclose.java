package io.roombridge.sandbox.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The scheduled job "Autoclose Incidents": closes incidents that were resolved some days ago, with a comment, signed by
 * the platform (facts/servicenow.md §2.5). Nothing schedules it here; whoever moves the clock runs it.
 */
public final class Autoclose {

    /** Which time counts; with the last update every comment begins the wait anew. */
    public enum Basis {
        RESOLVED_AT("resolved_at"),
        LAST_UPDATE("sys_updated_on");

        private final String field;

        Basis(String field) {
            this.field = field;
        }
    }

    private static final String PROPERTY = "glide.ui.autoclose.time";
    private static final String BY_RESOLUTION = "com.snc.incident.autoclose.basedon.resolved_at";

    private final Tables tables;
    private final Records records;
    private Basis basis = Basis.RESOLVED_AT;

    Autoclose(Tables tables, Records records) {
        this.tables = tables;
        this.records = records;
    }

    void after(int days, Basis time) {
        basis = time;
        set(PROPERTY, String.valueOf(days));
        set(BY_RESOLUTION, String.valueOf(time == Basis.RESOLVED_AT));
    }

    private void set(String property, String value) {
        tables.findBy("sys_properties", "name", property)
                .ifPresent(row -> tables.put("sys_properties", row.with("value", value)));
    }

    void run(Instant now) {
        int days = tables.findBy("sys_properties", "name", PROPERTY)
                .map(row -> Integer.parseInt(row.get("value")))
                .orElse(0);
        if (days == 0) {
            return;
        }
        Instant latest = now.minus(Duration.ofDays(days));
        List<Row> due = tables.rows(Incidents.TABLE).stream()
                .filter(row -> row.get("state").equals(Incidents.RESOLVED))
                .filter(row -> !SysTime.stored(row.get(basis.field)).isAfter(latest))
                .toList();
        Map<String, String> closing = Map.of(
                "state",
                Incidents.CLOSED,
                "comments",
                "Incident automatically closed after %d days in the Resolved state.".formatted(days));
        Session job = new Session(User.SYSTEM, now);
        due.forEach(row -> records.update(job, tables.definition(Incidents.TABLE), row, closing, false));
    }
}
