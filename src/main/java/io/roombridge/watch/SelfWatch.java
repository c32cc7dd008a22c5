package io.roombridge.watch;

import io.roombridge.correlation.Intent;
import io.roombridge.correlation.SelfIncident;
import io.roombridge.correlation.SelfIncident.Attempt;
import io.roombridge.correlation.SelfIncident.Kind;
import io.roombridge.correlation.SelfIncident.Phase;
import io.roombridge.correlation.SelfIncidents;
import io.roombridge.log.Recurring;
import io.roombridge.route.Clocks;
import io.roombridge.servicenow.ServiceNowFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one incident about the bridge itself, for the whole cluster (docs/operations.md, "The bridge's own incident").
 *
 * <p>As with tickets, a write is claimed in the store before it leaves, and one whose answer never came is looked for before
 * anything else is written: there are never two incidents, and no note is written twice.
 */
public final class SelfWatch {

    /** Late writes of an attempt have arrived by then (design, section 3.3). */
    private static final Duration SETTLE_AFTER = Intent.SETTLE_AFTER;

    private static final Duration LEAVE_WITHIN = Intent.LEAVE_WITHIN;

    private static final Logger LOG = LoggerFactory.getLogger(SelfWatch.class);

    private final SelfIncidents book;
    private final SelfDesk desk;
    private final Supplier<List<Trouble>> troubles;
    private final Duration holdDown;
    private final Clocks clocks;
    private final Recurring watching = new Recurring(LOG);

    /**
     * @param troubles measures what is wrong now; may fail when the store does
     * @param holdDown how long all has to be well before the incident is resolved
     */
    public SelfWatch(
            SelfIncidents book, SelfDesk desk, Supplier<List<Trouble>> troubles, Duration holdDown, Clocks clocks) {
        this.book = book;
        this.desk = desk;
        this.troubles = troubles;
        this.holdDown = holdDown;
        this.clocks = clocks;
    }

    /** Called by the route {@code self-watch}. Does at most one thing; the next look goes on. */
    public synchronized void look() {
        try {
            act();
            watching.over("incident")
                    .addKeyValue("instance", desk.instance())
                    .log("the bridge's own incident is looked after again");
        } catch (RuntimeException failure) {
            watching.failed("incident")
                    .addKeyValue("instance", desk.instance())
                    .addKeyValue("why", failure.getMessage())
                    .log("the bridge's own incident could not be looked after; tried again");
        }
    }

    private void act() {
        SelfIncident known = book.read(desk.correlationId());
        if (known.attempt().isPresent()) {
            settle(known);
            return;
        }
        List<Trouble> now = troubles.get();
        Set<String> wrong = now.stream().map(one -> one.kind().name()).collect(Collectors.toSet());
        Verdict due = Verdict.due(known, wrong, holdDown, clocks.world().instant());
        Verdict verdict = due.looksFirst() ? looked(due, known, wrong) : due;
        LOG.atDebug()
                .addKeyValue("act", verdict.act())
                .addKeyValue("why", verdict.why())
                .log("the bridge watched itself");
        carryOut(verdict, known, now, wrong);
    }

    private Verdict looked(Verdict due, SelfIncident known, Set<String> wrong) {
        return due.after(desk.see(known.sysId().orElseThrow()), known, wrong);
    }

    private void carryOut(Verdict verdict, SelfIncident known, List<Trouble> now, Set<String> wrong) {
        String text = SelfText.wrong(now);
        switch (verdict.act()) {
            case NOTHING -> {
                // Most looks end here, without a call.
            }
            case RECORD_WELL -> record(known.well(Optional.of(clocks.world().instant())));
            case RECORD_UNWELL -> record(known.well(Optional.empty()));
            case FORGET -> record(known.in(Phase.NONE).well(Optional.empty()));
            case LEAVE -> record(known.in(Phase.LEFT));
            case CREATE ->
                desk.active()
                        .ifPresentOrElse(
                                incident -> record(known.adopting(incident)),
                                () -> write(Kind.CREATE, verdict, known, wrong, ref -> desk.create(text)));
            case TELL -> write(Kind.NOTE, verdict, known, wrong, ref -> desk.note(target(known), ref, text));
            case TELL_WELL ->
                write(
                        Kind.NOTE,
                        verdict,
                        known,
                        Set.of(),
                        ref -> desk.note(target(known), ref, SelfText.well(holdDown.toMinutes())));
            case RESOLVE ->
                write(
                        Kind.RESOLVE,
                        verdict,
                        known,
                        Set.of(),
                        ref -> desk.resolve(target(known), ref, SelfText.resolved(holdDown.toMinutes())));
            case REOPEN -> write(Kind.REOPEN, verdict, known, wrong, ref -> desk.reopen(target(known), ref, text));
        }
    }

    private static String target(SelfIncident known) {
        return known.sysId().orElseThrow();
    }

    private void record(SelfIncident next) {
        book.write(desk.correlationId(), next);
    }

    /** One write that is made once: claimed, made, recorded. */
    private void write(Kind kind, Verdict verdict, SelfIncident known, Set<String> told, UnaryOperator<String> call) {
        desk.requireOpen();
        Instant at = clocks.machine().instant();
        Optional<SelfIncident> claimed =
                book.write(desk.correlationId(), known.attempting(new Attempt(kind, told, at)));
        if (claimed.isEmpty()) {
            return;
        }
        if (!clocks.machine().instant().isBefore(at.plus(LEAVE_WITHIN))) {
            record(claimed.get().withoutAttempt());
            return;
        }
        try {
            String incident = call.apply(desk.reference(at));
            record(claimed.get().made(incident, clocks.world().instant()));
            LOG.atInfo()
                    .addKeyValue("incident", incident)
                    .addKeyValue("act", verdict.act())
                    .addKeyValue("why", verdict.why())
                    .addKeyValue("found", told)
                    .log("the bridge's own incident was written");
        } catch (ServiceNowFailure failure) {
            if (failure.nothingWritten()) {
                record(claimed.get().withoutAttempt());
            }
            throw failure;
        }
    }

    /** A write without an answer, or of a process that ended: was it made? */
    private void settle(SelfIncident known) {
        Attempt attempt = known.attempt().orElseThrow();
        if (clocks.machine().instant().isBefore(attempt.at().plus(SETTLE_AFTER))) {
            return;
        }
        Optional<String> made = attempt.kind() == Kind.CREATE
                ? desk.active()
                : known.sysId().filter(incident -> desk.carries(incident, desk.reference(attempt.at())));
        record(made.map(incident -> known.made(incident, clocks.world().instant()))
                .orElseGet(known::withoutAttempt));
    }
}
