package io.roombridge.closing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How many tickets of a tenant may be closed on one day before a person has to look (design, section 3.6).
 *
 * @param zone in which a day begins and ends
 */
public record Brake(int least, double share, ZoneId zone) {

    /** Ten a day, or two of a hundred open tickets, whichever is more. */
    public static final Brake OF_THE_SERVICE = new Brake(10, 0.02);

    /** With days in UTC. */
    public Brake(int least, double share) {
        this(least, share, ZoneOffset.UTC);
    }

    /** When the day of a moment began. */
    public Instant dayBegin(Instant now) {
        return LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
    }

    /** @param open the tenant's tickets with an open incident at the beginning of the day */
    public int limit(long open) {
        return (int) Math.max(least, Math.floor(open * share));
    }

    /** Why no more are closed; empty while more may be. */
    public Optional<String> holds(long closedToday, long open) {
        int limit = limit(open);
        return closedToday < limit
                ? Optional.empty()
                : Optional.of("the brake holds: " + closedToday + " tickets were closed today, at most " + limit
                        + " are; a named person releases it with: closing release");
    }
}
