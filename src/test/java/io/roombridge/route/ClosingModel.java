package io.roombridge.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The closing rule a second time, from the design's section 3.6 alone; shares no code with the bridge. It sees the whole
 * life of a ticket at once, goes through every moment at which something happened, and asks the rules from scratch there.
 */
final class ClosingModel {

    /** A thing that happened: {@code what} is one letter, see {@link #ball}. */
    record Happening(Instant at, char what) {}

    /** Where the ticket's room is. */
    record Office(ZoneId zone, Set<LocalDate> holidays) {
        boolean open(LocalDate day) {
            return day.getDayOfWeek() != DayOfWeek.SATURDAY
                    && day.getDayOfWeek() != DayOfWeek.SUNDAY
                    && !holidays.contains(day);
        }

        LocalDate after(LocalDate day, int businessDays) {
            LocalDate date = day;
            for (int left = businessDays; left > 0; left -= open(date) ? 1 : 0) {
                date = date.plusDays(1);
            }
            return date;
        }
    }

    private ClosingModel() {}

    /**
     * Who has the ball after these happenings: C customer, S SOC, I system, V vendor. Letters: N needs action, I investigating, O another
     * portal state, A awaiting caller, V another hold, W back to work, c customer wrote, s SOC wrote to the customer, n a
     * note or an assignment.
     */
    static char ball(List<Happening> past) {
        char portal = last(past, "NIO").map(Happening::what).orElse('O');
        char desk = last(past, "AVW").map(Happening::what).orElse('W');
        Optional<Instant> customer = last(past, "c").map(Happening::at);
        Optional<Instant> soc = last(past, "s").map(Happening::at);
        Optional<Instant> handOver = last(past, "NA").map(Happening::at);
        boolean owed = customer.isPresent()
                && soc.filter(at -> at.isAfter(customer.get())).isEmpty()
                && handOver.filter(at -> at.isAfter(customer.get())).isEmpty();
        boolean socLast = soc.isPresent()
                && customer.filter(at -> !at.isBefore(soc.get())).isEmpty();
        return desk == 'V'
                ? 'V'
                : owed ? 'S' : portal == 'I' ? 'I' : portal == 'N' || desk == 'A' || socLast ? 'C' : 'S';
    }

    /** Since when the customer is silent, if it is the customer's turn after these happenings. */
    static Optional<Instant> silentSince(List<Happening> past) {
        return past.isEmpty() || ball(past) != 'C'
                ? Optional.empty()
                : Optional.of(past.get(past.size() - 1).at());
    }

    /** The last day of a count that was warned then: a full business day lies between the warning and the closing. */
    static LocalDate lastDay(Office office, Instant silentSince, int days, Instant warned) {
        LocalDate counted = office.after(silentSince.atZone(office.zone()).toLocalDate(), days);
        LocalDate afterWarning = office.after(warned.atZone(office.zone()).toLocalDate(), 1);
        return counted.isAfter(afterWarning) ? counted : afterWarning;
    }

    /** From when the ticket may be closed: 09:00 on the business day after the last one. */
    static Instant executeFrom(Office office, LocalDate lastDay) {
        return office.after(lastDay, 1).atTime(9, 0).atZone(office.zone()).toInstant();
    }

    private static Optional<Happening> last(List<Happening> past, String kinds) {
        return past.stream().filter(one -> kinds.indexOf(one.what()) >= 0).max(Comparator.comparing(Happening::at));
    }
}
