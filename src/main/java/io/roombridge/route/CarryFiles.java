package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.FileCopies;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.FileJobs;
import io.roombridge.correlation.FileOffer;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.files.PortalContent;
import io.roombridge.files.Spool;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries files, two at a time, in both directions. Runs on a schedule; each run goes on until nothing is due. Contents
 * lie on disk on their way, never in memory.
 *
 * <p>Whatever interrupts it, the row of a job says how to go on: a file is carried again from its beginning, except that
 * an upload to ServiceNow that may have been done is looked for first.
 */
public final class CarryFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarryFiles.class);
    private static final int WORKERS = 2;
    private static final Duration RENEW_EVERY = Duration.ofSeconds(15);
    private static final Duration UNTIL_ROOM = Duration.ofSeconds(10);

    private final CorrelationStore store;
    private final FileJobs jobs;
    private final Desks desks;
    private final Spool spool;
    private final FileToServiceNow toServiceNow;
    private final FileToPortal toPortal;
    private final FileNotes notes;
    private final FilePatience patience;
    private final Clock machine;
    private final int atATime;
    private final ExecutorService workers;
    private final ScheduledExecutorService renewals =
            Executors.newSingleThreadScheduledExecutor(threads("file-renewal-"));
    private volatile boolean stopping;

    public CarryFiles(
            CorrelationStore store,
            FileJobs jobs,
            FileCopies copies,
            Desks desks,
            Spool spool,
            PortalContent content,
            Commands commands,
            FileRules rules,
            Clock machine) {
        this(WORKERS, store, jobs, copies, desks, spool, content, commands, rules, machine);
    }

    /** @param atATime how many files; with one, the order of all steps is certain */
    CarryFiles(
            int atATime,
            CorrelationStore store,
            FileJobs jobs,
            FileCopies copies,
            Desks desks,
            Spool spool,
            PortalContent content,
            Commands commands,
            FileRules rules,
            Clock machine) {
        this.atATime = atATime;
        this.workers = Executors.newFixedThreadPool(atATime, threads("file-carrier-"));
        this.store = store;
        this.jobs = jobs;
        this.desks = desks;
        this.spool = spool;
        this.toServiceNow = new FileToServiceNow(store, copies, content, commands, rules.toServiceNow());
        this.toPortal = new FileToPortal(store, copies, content, commands, rules);
        this.notes =
                new FileNotes(store, new Effects(store, machine, UUID::randomUUID), new Settlement(store, machine));
        this.patience = new FilePatience(rules, toServiceNow);
        this.machine = machine;
    }

    /** Called by the route {@code files}; returns how many steps were taken when nothing is due any more. */
    public int carry() throws InterruptedException {
        if (stopping) {
            return 0;
        }
        AtomicInteger steps = new AtomicInteger();
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < atATime; i++) {
            working.add(workers.submit(() -> carryAllDue(steps)));
        }
        for (Future<?> one : working) {
            try {
                one.get();
            } catch (ExecutionException e) {
                LOG.atError().setCause(e.getCause()).log("a worker for files stopped; the next run goes on");
            }
        }
        return steps.get();
    }

    private void carryAllDue(AtomicInteger steps) {
        while (!stopping) {
            Instant now = machine.instant();
            Optional<FileJob> due = jobs.take(now, now.plus(Intent.SETTLE_AFTER));
            if (due.isEmpty()) {
                return;
            }
            step(new FileWork(store, jobs, machine, due.get()));
            steps.incrementAndGet();
        }
    }

    private void step(FileWork work) {
        Future<?> renewal = renewals.scheduleWithFixedDelay(
                work::renew, RENEW_EVERY.toMillis(), RENEW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        try {
            FileOffer offer = work.job().offer();
            Desk desk = desks.named(offer.instance())
                    .orElseThrow(() -> new IllegalStateException(
                            "no instance is named " + offer.instance() + " any more; configure it, or drop its files"));
            if (work.job().note().isPresent()) {
                notes.write(desk, work);
            } else {
                carryOne(desk, work);
            }
        } catch (VersionMoved moved) {
            LOG.atDebug().addKeyValue("why", moved.getMessage()).log("a file was taken up by somebody else");
            later(work, moved);
        } catch (RuntimeException failure) {
            later(work, failure);
        } finally {
            renewal.cancel(false);
        }
    }

    private void carryOne(Desk desk, FileWork work) {
        FileOffer offer = work.job().offer();
        Optional<Spool.Place> room = spool.reserve(offer.size());
        if (room.isEmpty()) {
            work.becomes(work.job().waiting(work.now().plus(UNTIL_ROOM), "other files fill the spool"));
            work.commit();
            return;
        }
        try (Spool.Place place = room.get()) {
            if (offer.direction() == Direction.TO_SERVICENOW) {
                toServiceNow.carry(desk, work, place);
            } else {
                toPortal.carry(desk, work, place);
            }
        }
        work.commit();
    }

    private void later(FileWork work, RuntimeException failure) {
        boolean givenUp = patience.after(work, failure);
        Commit commit = new Commit();
        if (givenUp) {
            commit.deadLetter(letter(work));
        }
        LOG.atLevel(givenUp || work.job().tries() <= 1 ? Level.WARN : Level.DEBUG)
                .addKeyValue("file", work.job().id())
                .addKeyValue("ticket", work.job().offer().ticket())
                .addKeyValue("state", work.job().state())
                .addKeyValue("attempt", work.job().tries())
                .addKeyValue("why", work.job().detail())
                .log(givenUp ? "a file is given up" : "a file could not be carried now");
        try {
            work.commit(commit);
        } catch (RuntimeException store) {
            // The row stays as it was taken, and is due again when its claim runs out.
            LOG.atWarn().setCause(store).log("the failure of a file could not be recorded");
        }
    }

    private DeadLetter letter(FileWork work) {
        FileJob job = work.job();
        FileOffer offer = job.offer();
        return new DeadLetter(
                offer.tenant(),
                offer.instance(),
                offer.cause(),
                Optional.of(offer.ticket()),
                DeadLetter.Kind.FILE,
                Lane.FILES,
                DeadLetter.State.DEAD,
                job.reason().orElse(Reason.EXHAUSTED),
                job.detail(),
                "{\"file\":" + job.id() + "}",
                job.asked() + 1,
                work.now());
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Ends what is under way; the rows of the jobs say how to go on. */
    @Override
    public void close() {
        stopping = true;
        workers.shutdownNow();
        renewals.shutdownNow();
    }
}
