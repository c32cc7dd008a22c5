package io.roombridge.route;

import io.roombridge.closing.Activity;
import io.roombridge.closing.ClosingDecision;
import io.roombridge.closing.Evidence;
import io.roombridge.closing.InactivityClock;
import io.roombridge.closing.Situation;
import io.roombridge.closing.Timetable;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingClock;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.Fence;
import io.roombridge.correlation.TicketActivity;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks at the tickets whose time has come: warns, closes, or says when to look again. One process of a cluster does so at
 * a time. What it does to a ticket rests on recorded facts alone, so a run that is cut off is simply run again.
 */
public final class Inactivity {

    private static final Logger LOG = LoggerFactory.getLogger(Inactivity.class);
    private static final int AT_A_TIME = 500;
    private static final int LONGEST_REASON = 1000;
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration LATER = Duration.ofMinutes(15);

    /** What is found or written later than this after a closing is left to people. */
    private static final Duration TAKEN_BACK_WITHIN = Duration.ofDays(30);

    /** How long the records of closings are kept. */
    private static final Duration KEPT = Duration.ofDays(396);

    private final CorrelationStore store;
    private final ClosingBook book;
    private final Activities activities;
    private final Desks desks;
    private final ClosingLook look;
    private final Warn warn;
    private final Closer closer;
    private final TakeBack takeBack;
    private final ClockField clockField;
    private final BrakeAlarm alarm;
    private final Duty duty;
    private final InactivityRules rules;
    private final String calendarVersion;
    private final Clock clock;

    Inactivity(
            CorrelationStore store,
            ClosingBook book,
            Activities activities,
            Desks desks,
            ClosingLook look,
            Warn warn,
            Closer closer,
            TakeBack takeBack,
            ClockField clockField,
            BrakeAlarm alarm,
            Duty duty,
            InactivityRules rules,
            String calendarVersion,
            Clock clock) {
        this.store = store;
        this.book = book;
        this.activities = activities;
        this.desks = desks;
        this.look = look;
        this.warn = warn;
        this.closer = closer;
        this.takeBack = takeBack;
        this.clockField = clockField;
        this.alarm = alarm;
        this.duty = duty;
        this.rules = rules;
        this.calendarVersion = calendarVersion;
        this.clock = clock;
    }

    /** Called by the route {@code inactivity}; returns how many tickets were looked at. */
    public int look() {
        alarm.look(clock.instant());
        Optional<Long> fence = duty.fence();
        if (fence.isEmpty()) {
            return 0;
        }
        Fence held = new Fence(duty, fence.get());
        Instant now = clock.instant();
        book.forgetBefore(now.minus(KEPT));
        List<ClosingClock> due = book.due(now, AT_A_TIME);
        due.forEach(row -> look(row, now, held));
        return due.size();
    }

    /** Whatever cannot be read, decided or written of one ticket, the others are looked at all the same. */
    private void look(ClosingClock row, Instant now, Fence held) {
        carefully(row.ticket(), () -> lookAt(row, now, held))
                .ifPresent(why -> carefully(row.ticket(), () -> save(row, "wait", why, soon(now, SOON))));
    }

    private void lookAt(ClosingClock row, Instant now, Fence held) {
        store.ticket(row.tenant(), row.instance(), row.ticket())
                .ifPresentOrElse(
                        ticket -> desks.named(ticket.instance())
                                .ifPresentOrElse(
                                        desk -> lookAt(desk, ticket, row, now, held),
                                        () -> save(row, "never", "the instance is not configured", soon(now, LATER))),
                        () -> save(row, "none", "the ticket is not recorded yet", soon(now, SOON)));
    }

    private void lookAt(Desk desk, Ticket ticket, ClosingClock row, Instant now, Fence held) {
        List<ClosingRecord> records = book.records(ticket);
        if (closer.finishCutOff(desk, ticket, records)
                || takeBack.open(desk, ticket, records, now.minus(TAKEN_BACK_WITHIN))) {
            // The ticket moved on, and its row stays due.
            return;
        }
        Optional<Incident> current =
                ticket.current().filter(incident -> incident.state().active());
        if (current.isEmpty()) {
            save(
                    row.counting(Optional.empty(), Optional.empty(), Optional.empty()),
                    "none",
                    "no open incident",
                    Optional.empty());
            return;
        }
        List<Activity> facts = activities.of(ticket);
        if (facts.stream().noneMatch(fact -> fact.kind() == Activity.Kind.PORTAL_STATUS)) {
            begin(ticket, now);
            return;
        }
        InactivityClock inactivity = look.clock(current.get(), facts);
        ClosingClock confirmed = confirmed(desk, ticket, current.get(), row, inactivity);
        Situation situation = look.situation(ticket, inactivity, confirmed, now);
        ClosingClock counting = counting(confirmed, inactivity, situation);
        ClosingDecision decision = ClosingDecision.of(situation);
        situation.braked().filter(decision.reason()::equals).ifPresent(why -> alarm.holds(ticket.tenant(), why, now));
        if (!rules.acts() && !(decision instanceof ClosingDecision.Wait)) {
            save(counting, "preview-" + word(decision), decision.reason(), soon(now, LATER));
        } else if (decision instanceof ClosingDecision.Warn) {
            warn(desk, ticket, current.get(), counting, situation, now);
        } else if (decision instanceof ClosingDecision.Close close) {
            close(desk, ticket, current.get(), counting, situation, close, held);
        } else {
            save(counting, word(decision), decision.reason(), next(decision, inactivity, now));
        }
        if (rules.acts()) {
            carefully(ticket.id(), () -> clockField.show(desk, ticket, shownDates(situation, decision)));
        }
    }

    /** The dates that hold for people, as long as nothing else forbids the closing. */
    private static Optional<Timetable> shownDates(Situation situation, ClosingDecision decision) {
        boolean promised = situation.clock().running() && !(decision instanceof ClosingDecision.Never);
        return situation.timetable().toOptional().filter(found -> promised);
    }

    /** A ticket from before these facts were recorded: what the portal says of it counts from now on. */
    private void begin(Ticket ticket, Instant now) {
        store.commit(new Commit()
                .activities(List.of(new TicketActivity(
                        ticket.tenant(),
                        ticket.instance(),
                        ticket.id(),
                        Activity.portalStatus("begin", now, ticket.portal().state()),
                        now))));
    }

    private ClosingClock confirmed(
            Desk desk, Ticket ticket, Incident current, ClosingClock row, InactivityClock inactivity) {
        boolean waits = inactivity.running()
                && inactivity.start().equals(row.warnedFor())
                && row.warnedAt().isEmpty();
        return waits
                ? warn.delivered(desk, ticket, current, row)
                        .map(at -> row.warned(
                                row.warnedFor().orElseThrow(),
                                row.published().orElseThrow(),
                                Optional.of(at),
                                row.warningCommand()))
                        .orElse(row)
                : row;
    }

    /** The dates as they stand; a published one follows when it has to move later. */
    private static ClosingClock counting(ClosingClock row, InactivityClock inactivity, Situation situation) {
        Optional<Timetable> timetable = situation.timetable().toOptional().filter(found -> inactivity.running());
        ClosingClock counting = row.counting(
                inactivity.start(), timetable.map(Timetable::dueAt), timetable.map(Timetable::executeFrom));
        return timetable
                .filter(found -> inactivity.start().equals(row.warnedFor()))
                .map(found -> counting.publishing(found.lastDay()))
                .orElse(counting);
    }

    private void warn(Desk desk, Ticket ticket, Incident current, ClosingClock row, Situation situation, Instant now) {
        Timetable timetable = situation.timetable().toOptional().orElseThrow();
        Optional<String> failed = carefully(ticket.id(), () -> {
            ClosingClock looked = row.looked(soon(now, SOON), "warned", "the customer was warned");
            if (warn.warn(desk, ticket, current, looked, timetable).isEmpty()) {
                save(row, "never", "the customer cannot be warned: nothing is sent to the portal", soon(now, LATER));
            }
        });
        failed.ifPresent(why -> save(row, "wait", why, soon(now, SOON)));
    }

    private void close(
            Desk desk,
            Ticket ticket,
            Incident current,
            ClosingClock row,
            Situation situation,
            ClosingDecision.Close decision,
            Fence held) {
        Evidence evidence = new Evidence(
                situation.timetable().toOptional().orElseThrow(),
                ticket.portal().origin(),
                situation.clock(),
                row.warnedAt(),
                ClosingTexts.signal(ticket),
                "",
                "",
                calendarVersion);
        Optional<String> failed = carefully(ticket.id(), () -> closer.close(desk, ticket, current, evidence, held));
        failed.ifPresentOrElse(
                why -> save(row, "wait", why, soon(situation.now(), SOON)),
                () -> save(
                        row.counting(Optional.empty(), Optional.empty(), Optional.empty()),
                        "closed",
                        decision.reason(),
                        Optional.empty()));
    }

    /** Whatever goes wrong with one ticket must not keep the others from being looked at; returns what went wrong. */
    private static Optional<String> carefully(TicketId ticket, Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (RuntimeException later) {
            boolean busy = later instanceof RetryLater retry && retry.reason() == Reason.BUSY;
            boolean expected = busy || later instanceof Closer.NotNow;
            LOG.atLevel(expected ? Level.DEBUG : Level.WARN)
                    .addKeyValue("ticket", ticket)
                    .addKeyValue("why", later.getMessage())
                    .log("a closing is postponed");
            return Optional.of(String.valueOf(later.getMessage()));
        }
    }

    private static Optional<Instant> next(ClosingDecision decision, InactivityClock inactivity, Instant now) {
        if (decision instanceof ClosingDecision.Wait wait) {
            return wait.until().or(() -> inactivity.running() ? soon(now, SOON) : Optional.empty());
        }
        return soon(now, LATER);
    }

    private static Optional<Instant> soon(Instant now, Duration wait) {
        return Optional.of(now.plus(wait));
    }

    private static String word(ClosingDecision decision) {
        return decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private void save(ClosingClock row, String decision, String reason, Optional<Instant> next) {
        String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        book.save(row.looked(next, decision, cut));
    }
}
