package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.FileCopy;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.FileJobs;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.OutgoingCommand;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One file in the hands of a worker: the job as it stands, and the claim on it, renewed while the work goes on so that
 * neither another worker nor a settlement takes it for cut off (design, section 3.3).
 */
final class FileWork {

    private final CorrelationStore store;
    private final FileJobs jobs;
    private final Clock machine;

    /** Written by the worker, read by the timer that renews. */
    private volatile FileJob job;

    private Optional<FileCopy> copy = Optional.empty();
    private List<OutgoingCommand> commands = List.of();

    FileWork(CorrelationStore store, FileJobs jobs, Clock machine, FileJob taken) {
        this.store = store;
        this.jobs = jobs;
        this.machine = machine;
        this.job = taken;
    }

    FileJob job() {
        return job;
    }

    Instant now() {
        return machine.instant();
    }

    /** When a write that may be under way now is certain. */
    Instant certainAt() {
        return now().plus(Intent.SETTLE_AFTER);
    }

    void renew() {
        jobs.renew(job, certainAt());
    }

    /** How the job stands; committed with {@link #commit()}. */
    void becomes(FileJob next) {
        job = next;
    }

    void copied(String sha256) {
        copy = Optional.of(new FileCopy(job, sha256));
    }

    void telling(List<OutgoingCommand> told) {
        commands = told;
    }

    void commit() {
        commit(new Commit());
    }

    void commit(Commit commit) {
        copy.ifPresent(known -> commit.fileCopy(new FileCopy(job, known.sha256())));
        store.commit(commit.fileJob(job).commands(commands));
        job = job.committed();
        commands = List.of();
    }
}
