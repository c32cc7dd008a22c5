package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an instance stands with all nodes of a cluster. Pure: the time is an argument.
 *
 * @param credential a mark of the credentials that all this is about
 * @param refusedLogins how often in a row the login was not accepted
 * @param pausedUntil no node calls before
 * @param reason of the last pause
 * @param tryUntil so long one node is finding out whether the instance answers; the others wait for it
 * @param provenAt when the instance last answered as it should; a pause for anything but too many calls takes it away
 */
record Standing(
        String credential,
        int refusedLogins,
        Instant pausedUntil,
        Reason reason,
        String detail,
        Instant tryUntil,
        Instant provenAt) {

    /** After so long without an answer nobody knows whether the credentials are still good. */
    static final Duration PROOF_LASTS = Duration.ofMinutes(1);

    /** A record call takes 65 s at most; then whoever tried has died. */
    static final Duration LONGEST_TRY = Duration.ofSeconds(75);

    private static final Duration TRY_UNDER_WAY = Duration.ofSeconds(1);

    /** What a call has to do now: {@code FREE} to go, one try alone, or wait. */
    enum Course {
        FREE,
        TRY,
        WAIT
    }

    static Standing unknown(String credential) {
        return new Standing(credential, 0, Instant.EPOCH, Reason.UNAVAILABLE, "", Instant.EPOCH, Instant.EPOCH);
    }

    /** Refusals say nothing of other credentials than those that were refused. */
    Course course(String mine, Instant now) {
        if (!credential.equals(mine)) {
            return Course.TRY;
        }
        if (now.isBefore(pausedUntil)) {
            return Course.WAIT;
        }
        if (now.isBefore(provenAt.plus(PROOF_LASTS))) {
            return Course.FREE;
        }
        return now.isBefore(tryUntil) ? Course.WAIT : Course.TRY;
    }

    /** A pause that is over says nothing more, but refused credentials stay refused until they are accepted. */
    Optional<Reason> troubled(String mine, Instant now) {
        if (!credential.equals(mine)) {
            return Optional.empty();
        }
        if (refusedLogins > 0) {
            return Optional.of(Reason.UNAUTHORIZED);
        }
        return now.isBefore(pausedUntil) ? Optional.of(reason) : Optional.empty();
    }

    ServiceNowFailure refusal(Instant now) {
        Duration left = Duration.between(now, pausedUntil);
        boolean paused = now.isBefore(pausedUntil);
        return ServiceNowFailure.notCalled(
                paused ? reason : Reason.UNAVAILABLE,
                paused ? left : TRY_UNDER_WAY,
                paused
                        ? "not called by any node, the last answer was: " + detail
                        : "not called, one call is finding out whether the instance answers");
    }
}
