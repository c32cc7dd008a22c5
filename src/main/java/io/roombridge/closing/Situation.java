package io.roombridge.closing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides whether a ticket is warned or closed now. Each optional reason, where present, forbids it.
 *
 * @param clock whose turn it is, and since when the customer is silent
 * @param timetable of the present count; refused without a region or a time zone
 * @param vetoes why this ticket is never closed as long as they last: an open child, a keep-open mark, parked changes, …
 * @param warning of the present count
 * @param unheard why the bridge may not know yet what people did before the ticket came due
 * @param braked why the tenant's tickets are not closed at the moment
 * @param window how long after 09:00 tickets are closed
 */
public record Situation(
        Instant now,
        InactivityClock clock,
        Finding<Timetable> timetable,
        List<String> vetoes,
        Warning warning,
        Optional<String> unheard,
        Optional<String> braked,
        Duration window) {

    public Situation {
        vetoes = List.copyOf(vetoes);
    }

    /** How far the warning of a count has come. */
    public enum Warning {
        /** Not sent. */
        NONE,
        /** Sent; nobody can say yet that it stands where the customer reads. */
        SENT,
        /** Read back where the customer reads. */
        DELIVERED,
        /** There is no way to reach this customer, so the ticket is never closed. */
        IMPOSSIBLE
    }
}
