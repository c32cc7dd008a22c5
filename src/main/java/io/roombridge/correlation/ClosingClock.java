package io.roombridge.correlation;

import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When a ticket is to be looked at for its closing, and what was told of it. Only what was told are facts; the rest is what
 * the last look found, so that due tickets are found by an index.
 *
 * @param version the row version; a look that finds it moved on decides anew
 * @param lookAt when to look next; empty when only news of the ticket can change anything
 * @param countFrom since when the customer is silent
 * @param decision what the last look decided, in one word, and {@code reason} why
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
        Announced announced) {

    /**
     * What was told of a closing that is to come.
     *
     * @param published the last day that anybody was told
     * @param warnedFor the start of the count that the last warning belongs to
     * @param warnedAt when it was read back where the customer reads; empty while that is not known
     * @param warningCommand the command whose event confirms it, where the customer reads in the portal
     * @param shown what the clock field of the incident shows; empty text for an empty field
     */
    public record Announced(
            Optional<LocalDate> published,
            Optional<Instant> warnedFor,
            Optional<Instant> warnedAt,
            Optional<String> warningCommand,
            String shown) {}

    /** What the next look will be, and what this one found. */
    public ClosingClock looked(Optional<Instant> next, String newDecision, String why) {
        return new ClosingClock(
                tenant, instance, ticket, version, next, countFrom, dueAt, executeFrom, newDecision, why, announced);
    }

    /** The dates of the present count; none while the clock does not run. */
    public ClosingClock counting(Optional<Instant> from, Optional<Instant> due, Optional<Instant> execute) {
        return new ClosingClock(
                tenant, instance, ticket, version, lookAt, from, due, execute, decision, reason, announced);
    }

    /** A warning was sent: the date it names may only move later from now on. */
    public ClosingClock warned(
            Instant count, LocalDate lastDay, Optional<Instant> delivered, Optional<String> confirmedBy) {
        return announcing(
                new Announced(Optional.of(lastDay), Optional.of(count), delivered, confirmedBy, announced.shown()));
    }

    /** The last day that was published moved on, because the warning was delivered late. */
    public ClosingClock publishing(LocalDate lastDay) {
        return announcing(
                new Announced(Optional.of(lastDay), warnedFor(), warnedAt(), warningCommand(), announced.shown()));
    }

    /** The clock field shows these words, and thereby publishes their day; nothing while there is none. */
    public ClosingClock showing(String words, Optional<LocalDate> lastDay) {
        return announcing(new Announced(lastDay.or(this::published), warnedFor(), warnedAt(), warningCommand(), words));
    }

    private ClosingClock announcing(Announced told) {
        return new ClosingClock(
                tenant, instance, ticket, version, lookAt, countFrom, dueAt, executeFrom, decision, reason, told);
    }

    public Optional<LocalDate> published() {
        return announced.published();
    }

    public Optional<Instant> warnedFor() {
        return announced.warnedFor();
    }

    public Optional<Instant> warnedAt() {
        return announced.warnedAt();
    }

    public Optional<String> warningCommand() {
        return announced.warningCommand();
    }
}
