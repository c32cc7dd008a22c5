package io.roombridge.route;

import io.roombridge.sandbox.servicenow.Write;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges the clause "no ticket is closed for inactivity on stale knowledge, or over a person's work" by what happened
 * outside of the bridge. It says what may not be; {@link ClosingQuarterTest} says what has to be, too.
 */
final class ChaosClosings {

    /** The close code by which a closing is known. */
    static final String CODE = "No resolution provided";

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<String> MOVES = Set.of("state", "assigned_to", "assignment_group");
    private static final int BUSINESS_DAYS = 3;

    private final ChaosEvidence found;
    private final Instant deafFrom;
    private final List<String> verdict = new ArrayList<>();
    private int closings;

    /** @param deafFrom from when on the portal sent no heartbeats */
    ChaosClosings(ChaosEvidence found, Instant deafFrom) {
        this.found = found;
        this.deafFrom = deafFrom;
    }

    List<String> verdict(List<ChaosRoom> rooms) {
        rooms.forEach(this::judge);
        return verdict;
    }

    int closings() {
        return closings;
    }

    private void judge(ChaosRoom room) {
        List<Write> all = found.writes(room).filter(this::closes).toList();
        closings += all.size();
        all.forEach(closing -> {
            silentLongEnough(room, closing);
            theCustomerHadTheBall(room, closing);
            warnedADayBefore(closing);
            onFreshKnowledge(closing);
            whatWasNotSeenTakesItBack(closing);
        });
        oncePerSilence(room, all);
    }

    private boolean closes(Write write) {
        return found.byBridge(write)
                && "6".equals(write.changed().get("state"))
                && CODE.equals(write.changed().get("close_code"));
    }

    private void silentLongEnough(ChaosRoom room, Write closing) {
        acts(room, closing)
                .filter(act -> act.isBefore(closing.time()))
                .max(Instant::compareTo)
                .ifPresent(last -> require(
                        businessDaysBetween(last, closing.time()) >= BUSINESS_DAYS,
                        "%s was closed at %s, and somebody had done something at %s",
                        room.name,
                        closing.time(),
                        last));
    }

    /** What people did, but for what they did between the bridge's look and its closing. */
    private Stream<Instant> acts(ChaosRoom room, Write closing) {
        return Stream.concat(
                // Who is told again that he has to act does nothing by it.
                room.portalActs.entrySet().stream()
                        .filter(act -> act.getValue() != 'N')
                        .map(Map.Entry::getKey),
                deskActs(closing.sysId())
                        .filter(write -> !found.wasUnseen(write)
                                || write.time().isBefore(closing.time().minusSeconds(3600)))
                        .map(Write::time));
    }

    /** An entry, a file, another state, another assignment; a corrected title is no activity. */
    private Stream<Write> deskActs(String incident) {
        return found.history.stream()
                .filter(write -> !found.byBridge(write) && !write.user().equals("system"))
                .filter(write -> (write.sysId().equals(incident)
                                && !Collections.disjoint(write.changed().keySet(), MOVES))
                        || incident.equals(write.changed().get("element_id"))
                        || incident.equals(write.changed().get("table_sys_id")));
    }

    private void theCustomerHadTheBall(ChaosRoom room, Write closing) {
        Map.Entry<Instant, Character> said = room.portalActs.lowerEntry(closing.time());
        if (said == null || said.getValue() != 'c') {
            return;
        }
        Optional<Instant> answered = deskActs(closing.sysId())
                .filter(write -> write.time().isBefore(closing.time()))
                .filter(write -> "comments".equals(write.changed().get("element"))
                        || "3".equals(write.changed().get("state")))
                .map(Write::time)
                .max(Instant::compareTo);
        require(
                answered.filter(at -> !at.isBefore(said.getKey())).isPresent(),
                "%s was closed at %s, and nobody had answered the customer of %s",
                room.name,
                closing.time(),
                said.getKey());
    }

    private void warnedADayBefore(Write closing) {
        boolean warned = found.entries.stream()
                .filter(entry -> entry.incident().equals(closing.sysId()) && found.byBridge(entry))
                .filter(entry -> entry.text().contains("will be closed"))
                .anyMatch(entry -> businessDaysBetween(entry.write().time(), closing.time()) >= 1);
        require(warned, "%s was closed at %s without a warning a business day before", closing.sysId(), closing.time());
    }

    private void onFreshKnowledge(Write closing) {
        require(
                closing.time().isBefore(deafFrom.equals(Instant.MAX) ? deafFrom : endOfDay(deafFrom)),
                "%s was closed at %s, and the portal had been silent since %s",
                closing.sysId(),
                closing.time(),
                deafFrom);
    }

    /** Due at the start of a day, and executed on it: a heartbeat of that morning is fresh enough for the whole day. */
    private static Instant endOfDay(Instant time) {
        return time.atZone(BERLIN)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(BERLIN)
                .toInstant();
    }

    /** A person was quicker than the closing, which could not know: it is taken back as soon as it is known. */
    private void whatWasNotSeenTakesItBack(Write closing) {
        boolean overtaken = deskActs(closing.sysId())
                .filter(found::wasUnseen)
                .anyMatch(write -> write.sequence() < closing.sequence()
                        && write.time().isAfter(closing.time().minusSeconds(3600)));
        boolean movedOn = found.history.stream()
                .anyMatch(write -> write.sysId().equals(closing.sysId())
                        && write.sequence() > closing.sequence()
                        && write.changed().containsKey("state"));
        require(
                !overtaken || movedOn || found.deleted(closing.sysId()),
                "%s was closed at %s over what a person had just done, and stays closed",
                closing.sysId(),
                closing.time());
    }

    private void oncePerSilence(ChaosRoom room, List<Write> all) {
        for (int i = 1; i < all.size(); i++) {
            Write before = all.get(i - 1);
            Write next = all.get(i);
            require(
                    !before.sysId().equals(next.sysId())
                            || acts(room, next).anyMatch(at -> !at.isBefore(before.time()))
                            || deskActs(before.sysId()).anyMatch(found::wasUnseen)
                            || reopened(before, next),
                    "%s was closed twice, at %s and %s",
                    room.name,
                    before.time(),
                    next.time());
        }
    }

    private boolean reopened(Write before, Write next) {
        return found.history.stream()
                .anyMatch(write -> write.sysId().equals(before.sysId())
                        && write.sequence() > before.sequence()
                        && write.sequence() < next.sequence()
                        && !"6".equals(write.changed().getOrDefault("state", "6")));
    }

    /** Whole business days after the day of the first and before the day of the second; no holiday is known here. */
    private static long businessDaysBetween(Instant first, Instant second) {
        LocalDate from = first.atZone(BERLIN).toLocalDate();
        LocalDate to = second.atZone(BERLIN).toLocalDate();
        return from.plusDays(1).isAfter(to)
                ? 0
                : from.plusDays(1)
                        .datesUntil(to)
                        .filter(day ->
                                day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
                        .count();
    }

    private void require(boolean holds, String what, Object... about) {
        if (!holds) {
            verdict.add(what.formatted(about));
        }
    }
}
