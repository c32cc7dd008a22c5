package io.roombridge.correlation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Who took the responsibility for mapping files whose tests fail. Every node of a cluster reads it here. */
public final class MappingReleases {

    private final Jdbi jdbi;
    private final Audit audit;

    public MappingReleases(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.audit = new Audit(jdbi);
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

    /**
     * These files are in force; the audit tells it if it is news.
     *
     * @param files a hash of each, by its path
     */
    public void taken(String version, Map<String, String> files, Optional<String> by, Instant at) {
        audit.mappings(at, by.orElse(Audit.BRIDGE), version, files);
    }

    public Optional<String> releasedBy(String version) {
        return jdbi.withHandle(handle -> handle.createQuery("select released_by from mapping_release where version = ?")
                .bind(0, version)
                .mapTo(String.class)
                .findOne());
    }
}
