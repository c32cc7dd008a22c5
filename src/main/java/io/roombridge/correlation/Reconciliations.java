package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** What a comparison of the store with the world asks the store, and where its reports are kept. */
public final class Reconciliations {

    private static final int KEPT = 30;

    private final Jdbi jdbi;

    public Reconciliations(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those of these files of an instance that were offered to the portal, or brought by the bridge. */
    public Set<String> knownFiles(String instance, Collection<String> sysIds) {
        if (sysIds.isEmpty()) {
            return Set.of();
        }
        return jdbi.withHandle(handle -> {
            Set<String> known = new HashSet<>(handle.createQuery(
                            "select source_id from file_job where instance = :instance and direction = 'TO_PORTAL'"
                                    + " and source_id in (<ids>)")
                    .bind("instance", instance)
                    .bindList("ids", List.copyOf(sysIds))
                    .mapTo(String.class)
                    .list());
            known.addAll(
                    handle.createQuery("select sys_id from file_copy where instance = :instance and sys_id in (<ids>)")
                            .bind("instance", instance)
                            .bindList("ids", List.copyOf(sysIds))
                            .mapTo(String.class)
                            .list());
            return known;
        });
    }

    /** Unhealthy tickets without any incident, the oldest first. */
    public List<Ticket> withoutIncident(String instance, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select document, version from ticket where instance = ?"
                        + " and condition = 'UNHEALTHY' and current_number is null and held_back is null"
                        + " order by created_at limit ?")
                .bind(0, instance)
                .bind(1, limit)
                .map((row, context) -> Tickets.read(row))
                .list());
    }

    /** How many commands for an instance's tickets the hub has not accepted since before this instant. */
    public int unsentSince(String instance, Instant time) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from portal_command where instance = ? and sent_at is null and decided_at < ?")
                .bind(0, instance)
                .bind(1, Tickets.at(time))
                .mapTo(Integer.class)
                .one());
    }

    /** How many dead letters and parked changes an instance has. */
    public int setAside(String instance) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from dead_letter where instance = ? and reason <> 'UNKNOWN_TYPE'")
                .bind(0, instance)
                .mapTo(Integer.class)
                .one());
    }

    /** When the hub took the last demand for a tenant's snapshots. */
    public Optional<Instant> askedAt(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select max(sent_at) as at from portal_command where tenant = ?"
                                + " and name = 'snapshot-request'")
                .bind(0, tenant)
                .map((row, context) -> Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .one());
    }

    /** Keeps a report; only the newest are kept. */
    public void keep(Instant at, int findings, String report) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("insert into reconciliation (at, findings, report) values (?, ?, ?)")
                    .bind(0, Tickets.at(at))
                    .bind(1, findings)
                    .bind(2, report)
                    .execute();
            handle.createUpdate(
                            "delete from reconciliation where position <= (select max(position) from reconciliation)"
                                    + " - " + KEPT)
                    .execute();
        });
    }

    /** The newest report, as JSON. */
    public Optional<String> newest() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select report from reconciliation order by position desc limit 1")
                        .mapTo(String.class)
                        .findFirst());
    }
}
