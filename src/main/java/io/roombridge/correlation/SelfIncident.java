package io.roombridge.correlation;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the incident in which the bridge says what is wrong with itself (docs/operations.md, "The bridge's own
 * incident").
 *
 * @param version of the row; 0 before there is one
 * @param sysId the incident that was written last, whatever became of it
 * @param told which troubles the incident names; empty once it says that all is well
 * @param writtenAt when it was written last, by the bridge's clock
 * @param wellSince since when nothing has been wrong; empty while something is
 * @param attempt a write of which the answer is not recorded: it has to be looked for before anything else is written
 */
public record SelfIncident(
        long version,
        Phase phase,
        Optional<String> sysId,
        Set<String> told,
        Optional<Instant> writtenAt,
        Optional<Instant> wellSince,
        Optional<Attempt> attempt) {

    /** Before anything was ever wrong. */
    public static final SelfIncident NONE = new SelfIncident(
            0, Phase.NONE, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** How the incident stands, as far as the bridge has seen. */
    public enum Phase {
        /** There is none, or a person ended it and all has been well since. */
        NONE,
        /** It says what is wrong. */
        OPEN,
        /** The bridge resolved it. */
        RESOLVED,
        /** A person resolved it although something is wrong still, and is not contradicted. */
        LEFT
    }

    /** What is written to it. */
    public enum Kind {
        CREATE(Phase.OPEN),
        NOTE(Phase.OPEN),
        RESOLVE(Phase.RESOLVED),
        REOPEN(Phase.OPEN);

        private final Phase leaves;

        Kind(Phase leaves) {
            this.leaves = leaves;
        }

        /** How the incident stands after it. */
        public Phase leaves() {
            return leaves;
        }
    }

    /**
     * A write that was prepared, and may have left.
     *
     * @param told which troubles it names
     * @param at when it was prepared, by the machine's clock
     */
    public record Attempt(Kind kind, Set<String> told, Instant at) {}

    public SelfIncident attempting(Attempt next) {
        return new SelfIncident(version, phase, sysId, told, writtenAt, wellSince, Optional.of(next));
    }

    /** The attempt was not made; everything else stays as it was. */
    public SelfIncident withoutAttempt() {
        return new SelfIncident(version, phase, sysId, told, writtenAt, wellSince, Optional.empty());
    }

    /** The attempt was made, in this incident. */
    public SelfIncident made(String incident, Instant now) {
        Attempt made = attempt.orElseThrow();
        return new SelfIncident(
                version,
                made.kind().leaves(),
                Optional.of(incident),
                made.told(),
                Optional.of(now),
                wellSince,
                Optional.empty());
    }

    /** An incident of this name is there that the store does not know; what it says is not known either. */
    public SelfIncident adopting(String incident) {
        return new SelfIncident(
                version,
                Phase.OPEN,
                Optional.of(incident),
                Set.of("unknown"),
                Optional.empty(),
                wellSince,
                Optional.empty());
    }

    public SelfIncident in(Phase next) {
        return new SelfIncident(version, next, sysId, told, writtenAt, wellSince, attempt);
    }

    /** @param since empty while something is wrong */
    public SelfIncident well(Optional<Instant> since) {
        return new SelfIncident(version, phase, sysId, told, writtenAt, since, attempt);
    }
}
