package io.roombridge.correlation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/** How far each ServiceNow instance is read, by the instance's own clock. */
public final class PollCursors {

    private final Jdbi jdbi;

    public PollCursors(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Where a reading begins.
     *
     * @param from changes of this second and later
     * @param after in the middle of a run of pages: after this row
     * @param restart in the middle of a run of pages: where the next run begins at the latest
     */
    public record Place(Instant from, Optional<Row> after, Optional<Instant> restart) {

        /** A row's place in the order of time and sys_id. */
        public record Row(Instant at, String sysId) {}

        public static Place from(Instant from) {
            return new Place(from, Optional.empty(), Optional.empty());
        }
    }

    /** @param name which reading of the instance, for example {@code changes} */
    public Optional<Place> at(String instance, String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from poll_cursor where instance = ? and name = ?")
                .bind(0, instance)
                .bind(1, name)
                .map((row, context) -> read(row))
                .findOne());
    }

    /**
     * Moves a cursor.
     *
     * @param fence of the lease under which was read ({@link Duty#fence})
     * @return false if a later holder of the lease has moved it already; it stays where it is then
     */
    public boolean move(String instance, String name, Place to, long fence) {
        return jdbi.withHandle(handle -> set(
                                        handle.createUpdate(
                                                "update poll_cursor set reads_from = :from, after_at = :after,"
                                                        + " after_sys_id = :sysId, restart_at = :restart, fence = :fence"
                                                        + " where instance = :instance and name = :name and fence <= :fence"),
                                        instance,
                                        name,
                                        to,
                                        fence)
                                .execute()
                        == 1
                || UniqueKey.tryInsert(set(
                        handle.createUpdate("insert into poll_cursor (instance, name, reads_from, after_at,"
                                + " after_sys_id, restart_at, fence)"
                                + " values (:instance, :name, :from, :after, :sysId, :restart, :fence)"),
                        instance,
                        name,
                        to,
                        fence)));
    }

    private static Update set(Update statement, String instance, String name, Place to, long fence) {
        return statement
                .bind("instance", instance)
                .bind("name", name)
                .bind("from", Tickets.at(to.from()))
                .bind("after", to.after().map(row -> Tickets.at(row.at())).orElse(null))
                .bind("sysId", to.after().map(Place.Row::sysId).orElse(null))
                .bind("restart", to.restart().map(Tickets::at).orElse(null))
                .bind("fence", fence);
    }

    private static Place read(ResultSet row) throws SQLException {
        Optional<Instant> after = instant(row, "after_at");
        String sysId = row.getString("after_sys_id");
        return new Place(
                instant(row, "reads_from").orElseThrow(),
                after.map(at -> new Place.Row(at, sysId)),
                instant(row, "restart_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
