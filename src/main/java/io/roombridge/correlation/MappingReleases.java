package io.roombridge.correlation;

import io.roombridge.correlation.Audit.Act;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Who took the responsibility for mapping files whose tests fail. Every node of a cluster reads it here. */
public final class MappingReleases {

    private static final String FILES = "mapping files";

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

    /** These files are in force; told once, whichever node takes them first. */
    public void taken(String version, Optional<String> by, Instant at) {
        if (!audit.last(Act.MAPPING_ACTIVATED, FILES).filter(version::equals).isPresent()) {
            audit.record(at, by.orElse(Audit.BRIDGE), Act.MAPPING_ACTIVATED, FILES, version);
        }
    }

    public Optional<String> releasedBy(String version) {
        return jdbi.withHandle(handle -> handle.createQuery("select released_by from mapping_release where version = ?")
                .bind(0, version)
                .mapTo(String.class)
                .findOne());
    }
}
