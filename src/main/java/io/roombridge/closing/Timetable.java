package io.roombridge.closing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a waiting ticket is warned, due and closed. The date counted may move later, never earlier: past a date that was
 * published before, and until one full business day lies after a warning that was delivered late (design, section 3.6).
 *
 * @param due the count it rests on
 * @param warnAt 09:00 local on the business day before the last
 * @param lastDay the last day that belongs to the customer
 * @param dueAt the start of the local date after it
 * @param executeFrom 09:00 local on the first business day after it
 */
public record Timetable(
        BusinessCalendar calendar, Due due, Instant warnAt, LocalDate lastDay, Instant dueAt, Instant executeFrom) {

    private static final LocalTime OPENING = LocalTime.of(9, 0);

    /**
     * The timetable of a ticket about these rooms: the latest of theirs.
     *
     * @param published the last day that was published before
     * @param warned when the warning of this count was delivered
     * @return a refusal when the region or the time zone of any room is unknown: then nothing is closed
     */
    public static Finding<Timetable> of(
            Calendars calendars,
            TimeZones zones,
            List<RoomPlace> rooms,
            Instant start,
            int businessDays,
            Optional<LocalDate> published,
            Optional<Instant> warned) {
        List<Finding<Timetable>> all = rooms.stream()
                .map(room -> ofRoom(calendars, zones, room, start, businessDays, published, warned))
                .toList();
        return all.stream()
                .filter(finding -> finding.refusal().isPresent())
                .findFirst()
                .orElseGet(() -> all.stream()
                        .flatMap(finding -> finding.toOptional().stream())
                        .max(Comparator.comparing(Timetable::dueAt).thenComparing(Timetable::executeFrom))
                        .map(Finding::found)
                        .orElseGet(() -> Finding.refused("the ticket names no room, so its region is unknown")));
    }

    private static Finding<Timetable> ofRoom(
            Calendars calendars,
            TimeZones zones,
            RoomPlace room,
            Instant start,
            int businessDays,
            Optional<LocalDate> published,
            Optional<Instant> warned) {
        return room.region()
                .map(calendars::of)
                .orElseGet(() -> Finding.refused("room " + room.room() + " has no region; set its region in the portal"
                        + " or roombridge.closing.region"))
                .then(calendar -> zones.ofRoom(room.timeZone(), calendar.region())
                        .then(zone -> Finding.found(moved(
                                calendar, DueDate.count(calendar, zone, start, businessDays), published, warned))));
    }

    private static Timetable moved(
            BusinessCalendar calendar, Due due, Optional<LocalDate> published, Optional<Instant> warned) {
        ZoneId zone = due.zone();
        LocalDate announced = latest(due.lastDay(), published);
        LocalDate lastDay =
                latest(announced, warned.map(moment -> calendar.nextBusinessDay(LocalDate.ofInstant(moment, zone))));
        Instant warnAt =
                announced.equals(due.lastDay()) ? due.warnAt() : opening(calendar.previousBusinessDay(announced), zone);
        return new Timetable(
                calendar,
                due,
                warnAt,
                lastDay,
                lastDay.plusDays(1).atStartOfDay(zone).toInstant(),
                opening(calendar.nextBusinessDay(lastDay), zone));
    }

    /** What the timetable becomes when the warning is delivered at this moment: the date that the warning names. */
    public Timetable warnedAt(Instant moment) {
        return moved(calendar, due, Optional.of(lastDay), Optional.of(moment));
    }

    /** Whether tickets are closed now: on a business day from 09:00 local, for as long as the window is open. */
    public boolean windowOpen(Instant now, Duration window) {
        LocalDate today = LocalDate.ofInstant(now, due.zone());
        Instant opens = opening(today, due.zone());
        return calendar.isBusinessDay(today) && !now.isBefore(opens) && now.isBefore(opens.plus(window));
    }

    /** When the window opens next after this moment. */
    public Instant nextWindow(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, due.zone());
        Instant opens = opening(today, due.zone());
        return calendar.isBusinessDay(today) && now.isBefore(opens)
                ? opens
                : opening(calendar.nextBusinessDay(today), due.zone());
    }

    /** The date since which the customer is silent, as people say it: {@code Monday 1 June 2026}. */
    public String sinceInWords() {
        return Due.longDate(LocalDate.ofInstant(due.start(), due.zone()));
    }

    /** As people say it: {@code end of Thursday 4 June 2026 (Europe/Berlin)}. */
    public String inWords() {
        return Due.endOf(lastDay, due.zone());
    }

    private static LocalDate latest(LocalDate date, Optional<LocalDate> other) {
        return Stream.concat(Stream.of(date), other.stream())
                .max(Comparator.naturalOrder())
                .orElse(date);
    }

    private static Instant opening(LocalDate date, ZoneId zone) {
        return date.atTime(OPENING).atZone(zone).toInstant();
    }
}
