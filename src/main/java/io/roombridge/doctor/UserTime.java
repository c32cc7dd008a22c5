package io.roombridge.doctor;

import io.roombridge.servicenow.Inspection.ShownTime;
import io.roombridge.servicenow.Query;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Whether the integration user lives in GMT, and whether a time in a query means UTC. */
final class UserTime implements Probe {

    private static final DateTimeFormatter STORED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Scratch scratch;

    UserTime(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        Optional<ShownTime> time = scratch.instance().inspection().shownCreation(scratch.sysId());
        if (time.isEmpty()) {
            return List.of(Finding.unproven("the time of the new incident cannot be read"));
        }
        return List.of(verdict(time.get(), found(time.get())));
    }

    /** Whether the incident is found by the second in which it was created, said in UTC. */
    private boolean found(ShownTime time) {
        try {
            Instant created = LocalDateTime.parse(time.stored(), STORED).toInstant(ZoneOffset.UTC);
            Query query = Query.where("sys_id", scratch.sysId()).andAt("sys_created_on", created);
            return !scratch.instance()
                    .inspection()
                    .rows("incident", query, 1, List.of("sys_id"))
                    .isEmpty();
        } catch (DateTimeParseException unknown) {
            return false;
        }
    }

    static Finding verdict(ShownTime time, boolean foundByUtc) {
        String remedy =
                "set Time zone to GMT and Date format to the system's on the integration user (User Administration ›"
                        + " Users)";
        if (!foundByUtc) {
            return Finding.red(
                    "an incident created at " + time.stored() + " is not found by this time",
                    "times in queries are UTC, or the poll misses changes",
                    remedy);
        }
        return time.gmt()
                ? Finding.green("the user's times are GMT")
                : Finding.amber(
                        "what is stored as " + time.stored() + " is shown to the user as " + time.shown(),
                        "both the same: entries that can be read only as shown carry such times",
                        remedy);
    }
}
