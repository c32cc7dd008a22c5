package io.roombridge.correlation;

import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When a ticket is to be looked at for its closing, and what its customer was told. Only the published date and the warning
 * are facts; the rest is what the last look found, so that due tickets are found by an index.
 *
 * @param version the row version; a look that finds it moved on decides anew
 * @param lookAt when to look next; empty when only news of the ticket can change anything
 * @param countFrom since when the customer is silent
 * @param decision what the last look decided, in one word, and {@code reason} why
 * @param published the last day that the customer was told
 * @param warnedFor the start of the count that the last warning belongs to
 * @param warnedAt when it was read back where the customer reads; empty while that is not known
 * @param warningCommand the command whose event confirms it, where the customer reads in the portal
 */
public record ClosingClock(
        String tenant,
        String instance,
        TicketId ticket,
        long version,
        Optional<Instant> lookAt,
        Optional<Instant> countFrom,
        Optional<Instant> dueAt,
        Optional<Instant> executeFrom,
        String decision,
        String reason,
        Optional<LocalDate> published,
        Optional<Instant> warnedFor,
        Optional<Instant> warnedAt,
        Optional<String> warningCommand) {

    /** What the next look will be, and what this one found. */
    public ClosingClock looked(Optional<Instant> next, String newDecision, String why) {
        return new ClosingClock(
                tenant,
                instance,
                ticket,
                version,
                next,
                countFrom,
                dueAt,
                executeFrom,
                newDecision,
                why,
                published,
                warnedFor,
                warnedAt,
                warningCommand);
    }

    /** The dates of the present count; none while the clock does not run. */
    public ClosingClock counting(Optional<Instant> from, Optional<Instant> due, Optional<Instant> execute) {
        return new ClosingClock(
                tenant,
                instance,
                ticket,
                version,
                lookAt,
                from,
                due,
                execute,
                decision,
                reason,
                published,
                warnedFor,
                warnedAt,
                warningCommand);
    }

    /** A warning was sent: the date it names may only move later from now on. */
    public ClosingClock warned(
            Instant count, LocalDate lastDay, Optional<Instant> delivered, Optional<String> confirmedBy) {
        return new ClosingClock(
                tenant,
                instance,
                ticket,
                version,
                lookAt,
                countFrom,
                dueAt,
                executeFrom,
                decision,
                reason,
                Optional.of(lastDay),
                Optional.of(count),
                delivered,
                confirmedBy);
    }

    /** The last day that was published moved on, because the warning was delivered late. */
    public ClosingClock publishing(LocalDate lastDay) {
        return new ClosingClock(
                tenant,
                instance,
                ticket,
                version,
                lookAt,
                countFrom,
                dueAt,
                executeFrom,
                decision,
                reason,
                Optional.of(lastDay),
                warnedFor,
                warnedAt,
                warningCommand);
    }
}
