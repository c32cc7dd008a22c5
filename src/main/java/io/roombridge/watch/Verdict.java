package io.roombridge.watch;

import io.roombridge.correlation.SelfIncident;
import io.roombridge.correlation.SelfIncident.Phase;
import io.roombridge.ticket.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done about the bridge's own incident, and why. Pure; the rules stand in docs/operations.md, "The bridge's own
 * incident".
 */
record Verdict(Act act, String why) {

    /** An incident is written at most once in this time, except that its end is told when it comes. */
    static final Duration AT_MOST_EVERY = Duration.ofHours(1);

    /** What is to be done. */
    enum Act {
        NOTHING,
        /** All is well from now on, or no longer; no call. */
        RECORD_WELL,
        RECORD_UNWELL,
        /** The incident is not ours any more; no call. */
        FORGET,
        LEAVE,
        /** Writes. */
        CREATE,
        TELL,
        TELL_WELL,
        RESOLVE,
        REOPEN
    }

    /** What the incident looks like now, read before it is written to. */
    record Seen(IncidentState state, Optional<String> personAtWork) {}

    /**
     * What is due by what the store knows. Acts that write to an incident have to look at it first: {@link #after}.
     *
     * @param wrong the names of what is wrong now
     * @param holdDown how long all has to be well
     */
    static Verdict due(SelfIncident known, Set<String> wrong, Duration holdDown, Instant now) {
        return wrong.isEmpty() ? well(known, holdDown, now) : unwell(known, wrong, now);
    }

    private static Verdict well(SelfIncident known, Duration holdDown, Instant now) {
        if (known.phase() == Phase.NONE || known.phase() == Phase.RESOLVED) {
            return new Verdict(Act.NOTHING, "all is well");
        }
        if (known.wellSince().isEmpty()) {
            return new Verdict(Act.RECORD_WELL, "all is well again");
        }
        if (now.isBefore(known.wellSince().get().plus(holdDown))) {
            return new Verdict(Act.NOTHING, "all has to be well for " + holdDown.toMinutes() + " minutes");
        }
        if (known.phase() == Phase.LEFT) {
            return new Verdict(Act.FORGET, "what a person had resolved is over");
        }
        return known.told().isEmpty()
                ? new Verdict(Act.NOTHING, "a person has the incident, and is told that all is well")
                : new Verdict(Act.RESOLVE, "all has been well for " + holdDown.toMinutes() + " minutes");
    }

    private static Verdict unwell(SelfIncident known, Set<String> wrong, Instant now) {
        if (known.wellSince().isPresent()) {
            return new Verdict(Act.RECORD_UNWELL, "something is wrong again");
        }
        boolean news = !known.told().containsAll(wrong);
        return switch (known.phase()) {
            case NONE -> new Verdict(Act.CREATE, "something is wrong");
            case RESOLVED -> new Verdict(Act.REOPEN, "something is wrong again");
            case LEFT ->
                news
                        ? new Verdict(Act.CREATE, "something else is wrong than what a person had resolved")
                        : new Verdict(Act.NOTHING, "a person resolved it while it lasts");
            case OPEN ->
                known.told().equals(wrong)
                        ? new Verdict(Act.NOTHING, "the incident says so already")
                        : tellAgain(known, now);
        };
    }

    private static Verdict tellAgain(SelfIncident known, Instant now) {
        boolean tooEarly = known.writtenAt()
                .filter(at -> now.isBefore(at.plus(AT_MOST_EVERY)))
                .isPresent();
        return tooEarly
                ? new Verdict(Act.NOTHING, "the incident is written at most once an hour")
                : new Verdict(Act.TELL, "something else is wrong than the incident says");
    }

    /**
     * The same, now that the incident has been looked at: people come first.
     *
     * @param seen empty when the incident was deleted
     */
    Verdict after(Optional<Seen> seen, SelfIncident known, Set<String> wrong) {
        boolean news = !known.told().containsAll(wrong);
        boolean gone =
                seen.isEmpty() || seen.filter(one -> one.state().terminal()).isPresent();
        boolean over = gone
                || seen.filter(one -> one.state() == IncidentState.RESOLVED).isPresent();
        return switch (act) {
            case TELL -> !over ? this : news ? create() : new Verdict(Act.LEAVE, "a person ended it while it lasts");
            case RESOLVE ->
                over
                        ? new Verdict(Act.FORGET, "a person ended it")
                        : seen.get()
                                .personAtWork()
                                .map(who -> new Verdict(Act.TELL_WELL, who + ", so resolving it is a person's"))
                                .orElse(this);
            case REOPEN ->
                gone ? create() : over ? this : new Verdict(Act.TELL, "a person reopened it, and something is wrong");
            case NOTHING, RECORD_WELL, RECORD_UNWELL, FORGET, LEAVE, CREATE, TELL_WELL -> this;
        };
    }

    private static Verdict create() {
        return new Verdict(Act.CREATE, "something is wrong, and the incident before is over");
    }

    /** Whether the incident has to be read before this is done. */
    boolean looksFirst() {
        return act == Act.TELL || act == Act.RESOLVE || act == Act.REOPEN;
    }
}
