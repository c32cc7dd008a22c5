package io.roombridge.correlation;

import io.roombridge.correlation.SelfIncident.Attempt;
import io.roombridge.correlation.SelfIncident.Kind;
import io.roombridge.correlation.SelfIncident.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/** The bridge's own incident, one row for all nodes of a cluster. */
public final class SelfIncidents {

    private final Jdbi jdbi;

    public SelfIncidents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public SelfIncident read(String correlationId) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from self_incident where correlation_id = ?")
                .bind(0, correlationId)
                .map((row, context) -> incident(row))
                .findOne()
                .orElse(SelfIncident.NONE));
    }

    /**
     * Writes the row, if nobody has since it was read.
     *
     * @return the incident at its new version; empty when another node was quicker, and nothing was written
     */
    public Optional<SelfIncident> write(String correlationId, SelfIncident incident) {
        boolean written = jdbi.withHandle(handle -> incident.version() == 0
                ? UniqueKey.tryInsert(set(
                        handle.createUpdate("insert into self_incident (correlation_id, version, phase, sys_id, told,"
                                + " written_at, well_since, attempt, attempt_told, attempt_at) values (:id,"
                                + " :version + 1, :phase, :sysId, :told, :writtenAt, :wellSince, :attempt,"
                                + " :attemptTold, :attemptAt)"),
                        correlationId,
                        incident))
                : set(
                                        handle.createUpdate(
                                                "update self_incident set version = :version + 1, phase = :phase,"
                                                        + " sys_id = :sysId, told = :told, written_at = :writtenAt,"
                                                        + " well_since = :wellSince, attempt = :attempt,"
                                                        + " attempt_told = :attemptTold, attempt_at = :attemptAt"
                                                        + " where correlation_id = :id and version = :version"),
                                        correlationId,
                                        incident)
                                .execute()
                        == 1);
        return written
                ? Optional.of(new SelfIncident(
                        incident.version() + 1,
                        incident.phase(),
                        incident.sysId(),
                        incident.told(),
                        incident.writtenAt(),
                        incident.wellSince(),
                        incident.attempt()))
                : Optional.empty();
    }

    private static Update set(Update statement, String correlationId, SelfIncident incident) {
        Optional<Attempt> attempt = incident.attempt();
        return statement
                .bind("id", correlationId)
                .bind("version", incident.version())
                .bind("phase", incident.phase().name())
                .bind("sysId", incident.sysId().orElse(null))
                .bind("told", String.join(",", new TreeSet<>(incident.told())))
                .bind("writtenAt", incident.writtenAt().map(Tickets::at).orElse(null))
                .bind("wellSince", incident.wellSince().map(Tickets::at).orElse(null))
                .bind("attempt", attempt.map(made -> made.kind().name()).orElse(null))
                .bind(
                        "attemptTold",
                        attempt.map(made -> String.join(",", new TreeSet<>(made.told())))
                                .orElse(null))
                .bind("attemptAt", attempt.map(made -> Tickets.at(made.at())).orElse(null));
    }

    private static SelfIncident incident(ResultSet row) throws SQLException {
        Optional<Instant> attemptAt = instant(row, "attempt_at");
        String kind = row.getString("attempt");
        String told = row.getString("attempt_told");
        return new SelfIncident(
                row.getLong("version"),
                Phase.valueOf(row.getString("phase")),
                Optional.ofNullable(row.getString("sys_id")),
                names(row.getString("told")),
                instant(row, "written_at"),
                instant(row, "well_since"),
                attemptAt.map(at -> new Attempt(Kind.valueOf(kind), names(told), at)));
    }

    private static Set<String> names(String joined) {
        return joined.isEmpty() ? Set.of() : Set.of(joined.split(","));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
