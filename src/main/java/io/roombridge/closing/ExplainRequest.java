package io.roombridge.closing;

import io.roombridge.ticket.Origin;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What {@code closing --explain} was asked: where the room stands, who started the ticket, and since when the customer has
 * the ball.
 *
 * @param region ISO 3166 code
 * @param zone IANA or Windows id; empty for the region's own
 */
public record ExplainRequest(String region, Origin origin, OffsetDateTime from, Optional<String> zone) {

    /** Reads the words of the command line; a refusal says which one is wrong and what was expected. */
    public static Finding<ExplainRequest> parse(String region, String ticketClass, String from, Optional<String> zone) {
        Optional<Origin> origin = Origin.of(ticketClass);
        if (origin.isEmpty()) {
            return Finding.refused("--class \"" + ticketClass + "\" is unknown: expected customer or system");
        }
        try {
            return Finding.found(new ExplainRequest(region, origin.get(), OffsetDateTime.parse(from), zone));
        } catch (DateTimeParseException e) {
            return Finding.refused("--from \"" + from
                    + "\" is no moment: expected date, time and offset, such as 2026-12-23T10:00+01:00");
        }
    }
}
