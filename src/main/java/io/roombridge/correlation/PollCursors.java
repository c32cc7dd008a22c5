package io.roombridge.correlation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** How far each ServiceNow instance is read, by the instance's own clock. */
public final class PollCursors {

    private final Jdbi jdbi;

    public PollCursors(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param name which reading of the instance, for example {@code changes} */
    public Optional<Instant> at(String instance, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select at from poll_cursor where instance = ? and name = ?")
                .bind(0, instance)
                .bind(1, name)
                .map((row, context) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .findOne());
    }

    public void move(String instance, String name, Instant to) {
        jdbi.useTransaction(handle -> {
            int rows = handle.createUpdate("update poll_cursor set at = ? where instance = ? and name = ?")
                    .bind(0, Tickets.at(to))
                    .bind(1, instance)
                    .bind(2, name)
                    .execute();
            if (rows == 0) {
                handle.createUpdate("insert into poll_cursor (instance, name, at) values (?, ?, ?)")
                        .bind(0, instance)
                        .bind(1, name)
                        .bind(2, Tickets.at(to))
                        .execute();
            }
        });
    }
}
