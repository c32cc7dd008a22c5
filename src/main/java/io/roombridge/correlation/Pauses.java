package io.roombridge.correlation;

import io.roombridge.correlation.Audit.Act;
import io.roombridge.correlation.Audit.Shift;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The directions that a named person stopped, for one tenant or for all, until somebody resumes them (design, section 3.1).
 * A pause is a row, so it holds for every node and survives restarts. What would go that way waits in its order: events
 * are parked, commands stay in the outbox, and what is due stays due.
 */
public final class Pauses {

    /** In place of a tenant. */
    public static final String EVERY_TENANT = "*";

    private static final String OF = "direction = ? and tenant = ?";

    private final Jdbi jdbi;

    public Pauses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Where nothing goes. */
    public enum Direction {
        TO_SERVICENOW,
        TO_PORTAL;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param tenant as its events name it, or {@link #EVERY_TENANT} */
    public record Pause(Direction direction, String tenant, Instant since, String by, String reason) {

        private String subject() {
            return direction.label() + " of " + (tenant.equals(EVERY_TENANT) ? "every tenant" : tenant);
        }
    }

    public List<Pause> list() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from pause order by at, direction, tenant")
                .map((row, context) -> new Pause(
                        Direction.valueOf(row.getString("direction")),
                        row.getString("tenant"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("by_name"),
                        row.getString("reason")))
                .list());
    }

    /** Returns false if it is paused already; the first reason stays. */
    public boolean pause(Pause pause) {
        return jdbi.inTransaction(handle -> {
            if (holds(handle, pause)) {
                return false;
            }
            handle.createUpdate("insert into pause (direction, tenant, at, by_name, reason) values (?, ?, ?, ?, ?)")
                    .bind(0, pause.direction().name())
                    .bind(1, pause.tenant())
                    .bind(2, Tickets.at(pause.since()))
                    .bind(3, pause.by())
                    .bind(4, pause.reason())
                    .execute();
            Shift shift = new Shift(pause.subject(), "open", "paused");
            Audit.record(handle, pause.since(), pause.by(), Act.PAUSED, shift, pause.reason());
            return true;
        });
    }

    /**
     * Ends a pause.
     *
     * @param end who resumes what, when and why
     * @return false if it was not paused
     */
    public boolean resume(Pause end) {
        return jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate("delete from pause where " + OF)
                    .bind(0, end.direction().name())
                    .bind(1, end.tenant())
                    .execute();
            if (rows > 0) {
                Shift shift = new Shift(end.subject(), "paused", "open");
                Audit.record(handle, end.since(), end.by(), Act.RESUMED, shift, end.reason());
            }
            return rows > 0;
        });
    }

    private static boolean holds(Handle handle, Pause pause) {
        return handle.createQuery("select count(*) from pause where " + OF)
                        .bind(0, pause.direction().name())
                        .bind(1, pause.tenant())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /**
     * Whether a tenant's events have to be parked: while the way to ServiceNow is paused, and afterwards until those that were
     * parked are applied, or a later one would overtake them.
     */
    public boolean parks(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery("select 1 from pause where direction = 'TO_SERVICENOW'"
                        + " and tenant in (:tenant, '*') union all select 1 from dead_letter d where d.tenant = :tenant"
                        + " and d.state = 'PARKED' and d.reason = 'PAUSED' and not " + DeadLetterBook.BEHIND_ANOTHER
                        + " limit 1")
                .bind("tenant", tenant)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    }

    /** A condition: the tenant of this column may be served in this direction. */
    static String open(String column, Direction direction) {
        return "not exists (select 1 from pause p where p.direction = '" + direction.name() + "' and p.tenant in ("
                + column + ", '*'))";
    }

    /** A condition: the tenant of this column may be served in both directions. */
    static String open(String column) {
        return "not exists (select 1 from pause p where p.tenant in (" + column + ", '*'))";
    }
}
