package io.roombridge.ticket;

import java.time.Instant;
import java.util.Optional;

/** What a change asks of the other side: the result of {@link Lifecycle}, before anything was written or read there. */
public sealed interface Step {

    /** The ticket as it will be recorded when the step is done. */
    Ticket ticket();

    /** Nothing to write: the change is settled by recording it. */
    record Settle(Ticket ticket, Outcome outcome) implements Step {}

    /** The ticket's first incident. */
    record Create(Ticket ticket) implements Step {}

    /** A new stretch of an unhealthy signal: reopen, follow up or note, as the incident's state allows. */
    record Relapse(Ticket ticket, Incident current) implements Step {}

    /** The signal has been healthy long enough: resolve, or note where a person is at work. */
    record Recover(Ticket ticket, Incident current, Instant healthySince) implements Step {}

    /** Fields of the incident may have changed. */
    record Update(Ticket ticket, Incident current, Optional<Severity> previousSeverity) implements Step {}

    /** A comment or work note, on the current incident. */
    record Note(Ticket ticket, Incident current) implements Step {}

    /** Suppressed until now: what differs from what the incident rested on is applied, with one note. */
    record Heard(Ticket ticket, Incident current, Instant suppressedSince, Optional<Severity> previousSeverity)
            implements Step {}

    /** The device was removed, and nobody has taken the incident over: resolve it, or leave one note. */
    record Retire(Ticket ticket, Incident current, Instant since) implements Step {}

    /**
     * One work note of the bridge's own, where the incident is still in a state that it concerns.
     *
     * @param since since when what it says holds
     * @param about what it names besides: an incident's number, a device
     */
    record Say(Ticket ticket, Incident current, Remark remark, Instant since, Optional<String> about) implements Step {}
}
