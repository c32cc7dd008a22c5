package io.roombridge.sandbox.portal;

import io.roombridge.sandbox.portal.DayPlan.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a real relay does to a stream: some events come twice, some come late while other tickets go on, and a few of one
 * ticket change places. None of it changes what happened, so none of it may change what the desk sees in the end.
 */
final class Imperfections {

    private static final int SWAPPED = 5;
    private static final int DECISIVE = 2;
    private static final int LATE = 10;
    private static final int TWICE = 12;

    /** How much later the second copy of an event comes; zero is in the same instant, perhaps the same message. */
    private static final List<Duration> SECOND_COPY = List.of(
            Duration.ZERO, Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(34), Duration.ofHours(3));

    /** Longer gaps would hold the heartbeats' watermark back too long. */
    private static final Duration LONGEST_SWAP = Duration.ofMinutes(12);

    private final Random random;

    Imperfections(Random random) {
        this.random = random;
    }

    /** The same events, some published later, some published again. */
    List<Planned> of(List<Planned> events) {
        List<Planned> all = new ArrayList<>(events);
        Set<Integer> touched = swapWithinTickets(all);
        delay(all, touched);
        repeat(all);
        return all;
    }

    /** First a few whose order decides how the ticket ends, then any. */
    private Set<Integer> swapWithinTickets(List<Planned> all) {
        Map<Integer, Integer> next = nextOfTicket(all);
        List<Integer> candidates = shuffled(next.keySet());
        List<Integer> decisive = candidates.stream()
                .filter(first -> decisive(all.get(first), all.get(next.get(first)), next.get(next.get(first))))
                .toList();
        Set<Integer> touched = new HashSet<>();
        swap(decisive, DECISIVE, all, next, touched);
        swap(candidates, SWAPPED - DECISIVE, all, next, touched);
        return touched;
    }

    private static void swap(
            List<Integer> candidates, int number, List<Planned> all, Map<Integer, Integer> next, Set<Integer> touched) {
        int swapped = 0;
        for (int first : candidates) {
            int second = next.get(first);
            Instant later = all.get(second).publishAt().plus(DayPlan.GRID);
            boolean free = !touched.contains(first) && !touched.contains(second);
            if (swapped < number
                    && free
                    && harmless(all.get(first), all.get(second))
                    && beforeNext(later, all, next.get(second))) {
                all.set(first, all.get(first).at(later));
                touched.addAll(List.of(first, second));
                swapped++;
            }
        }
    }

    /** Whether a bridge that took the events as they come would end with the wrong state, and nothing would correct it. */
    private static boolean decisive(Planned first, Planned second, Integer third) {
        boolean recovery = first.event().name().equals("ticket.resolved")
                || second.event().name().equals("ticket.resolved");
        return recovery && third == null && harmless(first, second);
    }

    /**
     * Whether it is beyond doubt what the ticket comes to when the second event is published before the first: a late
     * opening or update is stale, and a recovery that a relapse overtook never counted.
     */
    private static boolean harmless(Planned first, Planned second) {
        String name = first.event().name();
        String follows = second.event().name();
        boolean near =
                Duration.between(first.event().time(), second.event().time()).compareTo(LONGEST_SWAP) <= 0;
        boolean stale =
                switch (name) {
                    case "ticket.opened" ->
                        follows.equals("ticket.remediation") || follows.equals("ticket.status-changed");
                    case "ticket.updated" -> follows.equals("ticket.resolved");
                    case "ticket.remediation", "ticket.status-changed" ->
                        follows.equals("ticket.status-changed") || follows.equals("ticket.message-added");
                    case "ticket.severity-changed" -> follows.equals("ticket.updated");
                    case "ticket.resolved" -> follows.equals("ticket.reopened");
                    default -> false;
                };
        return near && stale && !first.steady() && !second.steady();
    }

    /** Tickets keep their own order here; what changes is the order among tickets. */
    private void delay(List<Planned> all, Set<Integer> touched) {
        Map<Integer, Integer> next = nextOfTicket(all);
        int late = 0;
        for (int index : shuffled(next.keySet())) {
            Planned planned = all.get(index);
            Instant later = planned.publishAt().plus(DayPlan.GRID.multipliedBy(1 + random.nextInt(2)));
            boolean free = !planned.steady() && !touched.contains(index) && !touched.contains(next.get(index));
            if (late < LATE && free && beforeNext(later, all, next.get(index))) {
                all.set(index, planned.at(later));
                late++;
            }
        }
    }

    private void repeat(List<Planned> all) {
        List<Planned> valid = new ArrayList<>(all.stream()
                .filter(planned -> planned.event().form() == PortalEvent.Form.VALID)
                .toList());
        Collections.shuffle(valid, random);
        for (Planned planned : valid.subList(0, Math.min(TWICE, valid.size()))) {
            Duration later = SECOND_COPY.get(random.nextInt(SECOND_COPY.size()));
            all.add(planned.at(planned.publishAt().plus(later)));
        }
    }

    /** For each event of a ticket that is not its last, the index of the ticket's next event. */
    private static Map<Integer, Integer> nextOfTicket(List<Planned> all) {
        Map<Integer, Integer> next = new HashMap<>();
        Map<TicketName, Integer> last = new HashMap<>();
        for (int index = 0; index < all.size(); index++) {
            int present = index;
            all.get(index).event().ticket().ifPresent(ticket -> {
                Integer before = last.put(ticket, present);
                if (before != null) {
                    next.put(before, present);
                }
            });
        }
        return next;
    }

    private static boolean beforeNext(Instant publishAt, List<Planned> all, Integer next) {
        return next == null || publishAt.isBefore(all.get(next).publishAt());
    }

    private List<Integer> shuffled(Set<Integer> indexes) {
        List<Integer> order = new ArrayList<>(indexes);
        Collections.sort(order);
        Collections.shuffle(order, random);
        return order;
    }
}
