package io.roombridge.correlation;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Who took the responsibility for mapping files whose tests fail. Every node of a cluster reads it here. */
public final class MappingReleases {

    private final Jdbi jdbi;

    public MappingReleases(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Records it; the first name stays. */
    public void release(String version, String by, Instant at) {
        UniqueKey.tryInsert(
                jdbi,
                handle -> handle.createUpdate("insert into mapping_release (version, released_by, at) values (?, ?, ?)")
                        .bind(0, version)
                        .bind(1, by)
                        .bind(2, Tickets.at(at)));
    }

    public Optional<String> releasedBy(String version) {
        return jdbi.withHandle(handle -> handle.createQuery("select released_by from mapping_release where version = ?")
                .bind(0, version)
                .mapTo(String.class)
                .findOne());
    }
}
