package io.roombridge.correlation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Since when an instance of ServiceNow has been away, and whether a mail told so; one for all nodes of a cluster. */
public final class Outages {

    private final Jdbi jdbi;

    /** @param mailedAt empty as long as nobody was told */
    public record Outage(Instant since, Optional<Instant> mailedAt) {}

    public Outages(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Outage> of(String instance) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select since, mailed_at from instance_outage where instance = ?")
                .bind(0, instance)
                .map((row, context) -> new Outage(
                        row.getObject("since", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("mailed_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .findOne());
    }

    public void begin(String instance, Instant now) {
        UniqueKey.tryInsert(
                jdbi,
                handle -> handle.createUpdate("insert into instance_outage (instance, since) values (?, ?)")
                        .bind(0, instance)
                        .bind(1, Tickets.at(now)));
    }

    public void mailed(String instance, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update instance_outage set mailed_at = ? where instance = ?")
                .bind(0, Tickets.at(now))
                .bind(1, instance)
                .execute());
    }

    public void end(String instance) {
        jdbi.useHandle(handle -> handle.execute("delete from instance_outage where instance = ?", instance));
    }
}
