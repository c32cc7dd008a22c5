package io.roombridge.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The closing rule a second time, from the design's section 3.6 alone; shares no code and no calendar with the bridge. It
 * sees the whole life of a ticket at once, goes through every moment at which something happened, and asks the rules from
 * scratch there.
 */
final class ClosingModel {

    /** A thing that happened: {@code what} is one letter, see {@link #ball}. */
    record Happening(Instant at, char what) {}

    /** The customer is silent since {@code start}; at {@code end} somebody does something, or nobody has yet. */
    record Count(Instant start, Instant end) {}

    /** Where the ticket's room is. */
    record Office(ZoneId zone, Set<LocalDate> holidays) {

        boolean open(LocalDate day) {
            boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            return !weekend && !holidays.contains(day);
        }

        /** So many business days after the day; before it for a negative number. */
        LocalDate after(LocalDate day, int businessDays) {
            LocalDate date = day;
            for (int left = Math.abs(businessDays); left > 0; left -= open(date) ? 1 : 0) {
                date = date.plusDays(Integer.signum(businessDays));
            }
            return date;
        }

        LocalDate day(Instant at) {
            return at.atZone(zone).toLocalDate();
        }

        Instant opening(LocalDate day) {
            return day.atTime(9, 0).atZone(zone).toInstant();
        }

        /** Tickets are closed on business days for nine hours from 09:00. */
        boolean working(Instant at) {
            ZonedDateTime local = at.atZone(zone);
            return open(local.toLocalDate()) && local.getHour() >= 9 && local.getHour() < 18;
        }
    }

    private ClosingModel() {}

    /**
     * Who has the ball after these happenings: C customer, S SOC, I system, V vendor. Letters: N needs action, I
     * investigating, A awaiting caller, V another hold, W back to work, c customer wrote, s SOC wrote to the customer; n, f
     * a note or a file that the customer does not see.
     */
    static char ball(List<Happening> past) {
        char portal = last(past, "NI").map(Happening::what).orElse('-');
        char desk = last(past, "AVW").map(Happening::what).orElse('W');
        Instant customer = last(past, "c").map(Happening::at).orElse(Instant.MIN);
        Instant soc = last(past, "s").map(Happening::at).orElse(Instant.MIN);
        Instant handOver = last(past, "NA").map(Happening::at).orElse(Instant.MIN);
        if (desk == 'V') {
            return 'V';
        } else if (customer.isAfter(Instant.MIN) && !soc.isAfter(customer) && !handOver.isAfter(customer)) {
            return 'S';
        } else if (portal == 'I') {
            return 'I';
        }
        return portal == 'N' || desk == 'A' || soc.isAfter(customer) ? 'C' : 'S';
    }

    /** Every stretch in which the customer had the ball and nobody did anything. */
    static List<Count> counts(List<Happening> life, Instant end) {
        List<Count> counts = new ArrayList<>();
        for (int i = 1; i <= life.size(); i++) {
            Instant until = i < life.size() ? life.get(i).at() : end;
            Instant since = life.get(i - 1).at();
            if (ball(life.subList(0, i)) == 'C' && since.isBefore(until)) {
                counts.add(new Count(since, until));
            }
        }
        return counts;
    }

    /**
     * The last day that belongs to the customer. A full business day lies between a warning and the closing, and a date
     * that was published does not move back.
     *
     * @param warned every warning of the ticket up to the one of this count
     */
    static LocalDate lastDay(Office office, Instant silentSince, int days, Collection<Instant> warned) {
        LocalDate counted = office.after(office.day(silentSince), days);
        return warned.stream()
                .map(at -> office.after(office.day(at), 1))
                .filter(counted::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(counted);
    }

    static Instant due(Office office, LocalDate lastDay) {
        return lastDay.plusDays(1).atStartOfDay(office.zone()).toInstant();
    }

    /** From when the ticket may be closed: 09:00 on the business day after the last one. */
    static Instant executeFrom(Office office, LocalDate lastDay) {
        return office.opening(office.after(lastDay, 1));
    }

    /** When the customer is to be warned: 09:00 on the business day before the last one. */
    static Instant warnAt(Office office, LocalDate lastDay) {
        return office.opening(office.after(lastDay, -1));
    }

    private static Optional<Happening> last(List<Happening> past, String kinds) {
        return past.stream().filter(one -> kinds.indexOf(one.what()) >= 0).max(Comparator.comparing(Happening::at));
    }
}
