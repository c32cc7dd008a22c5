package io.roombridge.route;

import io.roombridge.correlation.MappingReleases;
import io.roombridge.correlation.RecentEvents;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.LastMappings;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.mapping.Trial;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changed mapping files without a restart, or keeps the old ones and says why. Files are tried when two looks find them
 * the same: a person who saves three of them one after the other is not overtaken between the first and the third.
 */
public final class ReloadMappings {

    /** How many tickets a version has to be able to make again. */
    private static final int RECENT = 50;

    private static final String UNREADABLE = "unreadable";
    private static final Logger LOG = LoggerFactory.getLogger(ReloadMappings.class);

    private final Path folder;
    private final MappingsInForce inForce;
    private final MappingReleases releases;
    private final RecentEvents recent;
    private final LastMappings last;
    private final Clock machine;
    private String seen;
    private Optional<Refused> refused = Optional.empty();
    private Instant since;

    /** Files that were tried and not taken. */
    public record Refused(String version, List<String> objections, boolean releasable) {}

    /**
     * What is in force now.
     *
     * @param since since when, by the machine's clock
     */
    public record Standing(String version, Instant since, MappingDirectory files, Optional<Refused> refused) {}

    /** @param last where a restart finds what is in force */
    public ReloadMappings(
            Path folder,
            MappingsInForce inForce,
            MappingReleases releases,
            RecentEvents recent,
            LastMappings last,
            Clock machine) {
        this.last = last;
        this.folder = folder;
        this.inForce = inForce;
        this.releases = releases;
        this.recent = recent;
        this.machine = machine;
        this.seen = inForce.version().name();
        this.since = machine.instant();
    }

    /** What the schedule does: takes files that changed and are left alone since the look before. */
    public synchronized void look() {
        read().ifPresent(files -> {
            boolean settled = files.version().equals(seen);
            seen = files.version();
            if (settled) {
                consider(files);
            }
        });
    }

    /**
     * What a person asks for: takes them at once.
     *
     * @param by who takes the responsibility for what looks wrong in them; recorded for these very files
     */
    public synchronized Standing activate(Optional<String> by) {
        read().ifPresent(files -> {
            seen = files.version();
            refused = Optional.empty();
            by.ifPresent(name -> releases.release(files.version(), name, machine.instant()));
            consider(files);
        });
        // Also when nothing was taken: a start may have gone on with other files than the one before.
        tell(releases.releasedBy(inForce.version().name()));
        return standing();
    }

    public synchronized Standing standing() {
        return new Standing(inForce.version().name(), since, inForce.version().directory(), refused);
    }

    private void consider(MappingDirectory files) {
        String version = files.version();
        if (version.equals(inForce.version().name())) {
            refused = Optional.empty();
        } else if (!isRefused(version) || releasedSince(version)) {
            attempt(files);
        }
    }

    private boolean isRefused(String version) {
        return refused.filter(known -> known.version().equals(version)).isPresent();
    }

    private boolean releasedSince(String version) {
        return refused.filter(Refused::releasable).isPresent()
                && releases.releasedBy(version).isPresent();
    }

    private void attempt(MappingDirectory files) {
        String version = files.version();
        Trial trial = Trial.of(files, inForce.version(), inputs());
        Optional<String> releasedBy = releases.releasedBy(version);
        if (trial.passes(releasedBy.isPresent())) {
            take(trial, version, releasedBy);
        } else {
            refuse(version, trial.objections(), trial.faults().isEmpty());
        }
    }

    private List<Input> inputs() {
        return recent.last(RECENT).stream()
                .map(ticket -> Input.of(ticket.lastEvent(), ticket.key(), ticket.episode()))
                .toList();
    }

    private void take(Trial trial, String version, Optional<String> releasedBy) {
        String before = inForce.version().name();
        inForce.put(trial.version().orElseThrow());
        last.keep(inForce.version().directory());
        since = machine.instant();
        tell(releasedBy);
        refused = Optional.empty();
        LOG.atInfo()
                .addKeyValue("version", version)
                .addKeyValue("before", before)
                .log("changed mapping files are in force");
        if (!trial.regressions().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("version", version)
                    .addKeyValue("by", releasedBy.orElseThrow())
                    .addKeyValue("why", trial.regressions())
                    .log("mapping files were taken by force");
        }
    }

    private void tell(Optional<String> releasedBy) {
        MappingDirectory files = inForce.version().directory();
        releases.taken(files.version(), files.digests(), releasedBy, since);
    }

    private void refuse(String version, List<String> objections, boolean releasable) {
        refused = Optional.of(new Refused(version, objections, releasable));
        LOG.atWarn()
                .addKeyValue("version", version)
                .addKeyValue("before", inForce.version().name())
                .addKeyValue("why", objections)
                .log(
                        releasable
                                ? "changed mapping files are not taken; mend them, or: mapping activate --force"
                                : "changed mapping files are not taken; mend them");
    }

    /** Empty, and said once, when the disk does not answer. */
    private Optional<MappingDirectory> read() {
        try {
            return Optional.of(MappingDirectory.read(folder));
        } catch (UncheckedIOException e) {
            if (!isRefused(UNREADABLE)) {
                refuse(UNREADABLE, List.of(e.getMessage()), false);
            }
            return Optional.empty();
        }
    }
}
