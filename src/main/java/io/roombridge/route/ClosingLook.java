package io.roombridge.route;

import io.roombridge.admission.RoomFacts;
import io.roombridge.closing.Activity;
import io.roombridge.closing.Calendars;
import io.roombridge.closing.Finding;
import io.roombridge.closing.InactivityClock;
import io.roombridge.closing.Knowledge;
import io.roombridge.closing.Situation;
import io.roombridge.closing.TimeZones;
import io.roombridge.closing.Timetable;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingClock;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.RoomFactBook.Heartbeat;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers from the store everything that decides whether a ticket is warned or closed; asks no instance. */
final class ClosingLook {

    private final CorrelationStore store;
    private final ClosingBook book;
    private final RoomFactBook facts;
    private final HubProgress progress;
    private final RoomPlaces places;
    private final Calendars calendars;
    private final TimeZones zones = new TimeZones();
    private final InactivityRules rules;

    ClosingLook(
            CorrelationStore store,
            ClosingBook book,
            RoomFactBook facts,
            HubProgress progress,
            RoomPlaces places,
            Calendars calendars,
            InactivityRules rules) {
        this.store = store;
        this.book = book;
        this.facts = facts;
        this.progress = progress;
        this.places = places;
        this.calendars = calendars;
        this.rules = rules;
    }

    InactivityClock clock(Incident current, List<Activity> recorded) {
        return InactivityClock.read(current.sysId(), recorded, knownSince(current));
    }

    /** What happened to an incident before the bridge took it over is not known for sure. */
    private Instant knownSince(Incident current) {
        boolean adopted = Cause.isRule(Cause.ADOPTION, current.createdBy());
        return adopted && current.recordedAt().isAfter(rules.since()) ? current.recordedAt() : rules.since();
    }

    /** @param row what was told to the customer of this count, if anything */
    Finding<Timetable> timetable(Ticket ticket, InactivityClock clock, ClosingClock row) {
        return clock.start()
                .<Finding<Timetable>>map(start -> Timetable.of(
                        calendars,
                        zones,
                        places.of(ticket),
                        start,
                        rules.days().businessDays(ticket.portal().origin()),
                        row.published(),
                        row.warnedFor().filter(start::equals).flatMap(same -> row.warnedAt())))
                .orElseGet(() -> Finding.refused("the clock does not run"));
    }

    /** What can decide nothing yet is not looked up: most looks are at tickets whose time has not come. */
    Situation situation(Ticket ticket, InactivityClock clock, ClosingClock row, Instant now) {
        Finding<Timetable> timetable = timetable(ticket, clock, row);
        Optional<Timetable> over = timetable.toOptional().filter(found -> !now.isBefore(found.executeFrom()));
        return new Situation(
                now,
                clock,
                timetable,
                clock.running() ? vetoes(ticket, now) : List.of(),
                warning(clock, row),
                over.flatMap(found -> unheard(ticket, found)),
                over.flatMap(found -> braked(ticket.tenant(), now)),
                rules.window());
    }

    private static Situation.Warning warning(InactivityClock clock, ClosingClock row) {
        if (clock.start().isEmpty() || !clock.start().equals(row.warnedFor())) {
            return Situation.Warning.NONE;
        }
        return row.warnedAt().isPresent() ? Situation.Warning.DELIVERED : Situation.Warning.SENT;
    }

    private List<String> vetoes(Ticket ticket, Instant now) {
        List<String> vetoes = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            if (store.heldUp(ticket.tenant(), ticket.instance(), ticket.id(), lane)) {
                vetoes.add("a change of the " + lane.label() + " lane is dead or parked");
            }
        }
        RoomFacts around = facts.about(ticket, now);
        if (ticket.portal().suppressed() || around.suppressedSince().isPresent() || around.signalDisabled()) {
            vetoes.add("the signal or the device is suppressed or switched off");
        }
        if (around.onboarding() || around.unenrolledSince().isPresent()) {
            vetoes.add("the device is being set up or was removed");
        }
        if (!rules.closeCodes().containsKey(ticket.instance())) {
            vetoes.add("no close code for inactivity is configured: set roombridge.instances." + ticket.instance()
                    + ".inactivity-close-code");
        }
        return vetoes;
    }

    /** Why the portal may have said something that is not known here; a heartbeat counts only below the checkpoint. */
    private Optional<String> unheard(Ticket ticket, Timetable timetable) {
        Map<String, OptionalLong> checkpoints = progress.checkpoints(ticket.tenant());
        Map<String, Instant> heard = new HashMap<>();
        facts.heartbeats(ticket.tenant()).forEach((partition, beat) -> {
            if (below(beat, checkpoints.getOrDefault(partition, OptionalLong.empty()))) {
                heard.put(partition, beat.watermark());
            }
        });
        return new Knowledge(checkpoints.keySet(), heard).unheardBefore(timetable.dueAt());
    }

    private static boolean below(Heartbeat beat, OptionalLong checkpoint) {
        return checkpoint.isPresent() && beat.sequence() <= checkpoint.getAsLong();
    }

    /** A release begins the day anew. */
    Optional<String> braked(String tenant, Instant now) {
        Instant begin = rules.brake().dayBegin(now);
        Instant since = book.released(tenant).filter(begin::isBefore).orElse(begin);
        long closed = book.closedSince(tenant, since);
        return rules.brake().holds(closed, book.open(tenant) + closed);
    }
}
