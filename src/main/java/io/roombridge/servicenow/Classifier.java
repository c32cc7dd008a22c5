package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Duration;
import java.util.Optional;

/**
 * From every shape of answer to what it means for the change: the only place that reads a status or an error text
 * (facts/servicenow.md, sections 1.8, 6 and 9.4). Texts that may be localised are kept verbatim and not parsed; those
 * matched here are the platform's constants.
 */
final class Classifier {

    /** A request that the instance dropped without executing it asks for a short pause only. */
    private static final Duration DROPPED_PAUSE = Duration.ofSeconds(2);

    private Classifier() {}

    static ServiceNowFailure classify(Fault fault, Throwable cause) {
        Verdict verdict = verdict(fault);
        return new ServiceNowFailure(
                verdict.reason,
                verdict.scope,
                fault.facts().status(),
                verdict.unknown && fault.write(),
                verdict.pause.or(() -> fault.facts().retryAfter()),
                fault.text(),
                cause);
    }

    private static Verdict verdict(Fault fault) {
        return switch (fault.shape()) {
            case NOT_CONNECTED -> instance(Reason.UNAVAILABLE);
            case TIMED_OUT -> change(Reason.TIMED_OUT).perhapsDone();
            case BROKEN ->
                change(fault.write() ? Reason.AMBIGUOUS : Reason.UNAVAILABLE).perhapsDone();
            case INTERRUPTED ->
                instance(fault.write() ? Reason.AMBIGUOUS : Reason.NOT_EXECUTED).perhapsDone();
            case SAID -> said(fault);
            case UNREADABLE -> unreadable(fault);
        };
    }

    private static Verdict said(Fault fault) {
        int status = fault.facts().status();
        if (status == 400) {
            return badRequest(fault);
        }
        if (status == 403) {
            return forbidden(fault);
        }
        if (status == 404) {
            return fault.message().contains("does not represent any resource")
                    ? instance(Reason.UNAVAILABLE)
                    : permanent(Reason.RECORD_GONE);
        }
        if (status >= 500) {
            return change(Reason.UNAVAILABLE).perhapsDone();
        }
        return byStatus(status);
    }

    /** A page of a load balancer, a login, a hibernating instance; or an answer that was cut off. */
    private static Verdict unreadable(Fault fault) {
        int status = fault.facts().status();
        if (status >= 500 || status >= 300 && status < 400) {
            return instance(Reason.UNAVAILABLE).perhapsDone();
        }
        if (status == 403 || status == 404) {
            return instance(Reason.UNAVAILABLE);
        }
        if (status >= 200 && status < 300 && status != 202) {
            return fault.facts().json()
                    ? change(fault.write() ? Reason.AMBIGUOUS : Reason.UNAVAILABLE)
                            .perhapsDone()
                    : instance(Reason.UNAVAILABLE).perhapsDone();
        }
        return byStatus(status);
    }

    private static Verdict byStatus(int status) {
        return switch (status) {
            case 202 -> instance(Reason.NOT_EXECUTED).after(DROPPED_PAUSE);
            case 401 -> instance(Reason.UNAUTHORIZED);
            case 408 -> change(Reason.TIMED_OUT).perhapsDone();
            case 429 -> instance(Reason.RATE_LIMITED);
            default -> permanent(Reason.REFUSED);
        };
    }

    private static Verdict badRequest(Fault fault) {
        return fault.message().contains("does not represent any resource")
                ? instance(Reason.UNAVAILABLE)
                : permanent(Reason.REFUSED);
    }

    private static Verdict forbidden(Fault fault) {
        String text = fault.text();
        if (text.contains("Failed API level ACL Validation")) {
            // Seen for a moment when the instance changes nodes. When it is real it stands before one API or method,
            // and
            // what is not behind it succeeds.
            return change(Reason.REFUSED_BY_ACL);
        }
        if (text.contains("Access to unscoped api is not allowed")) {
            return instance(Reason.UNAUTHORIZED);
        }
        if (text.contains("Data Policy Exception")) {
            return permanent(Reason.REFUSED_BY_POLICY);
        }
        if (text.contains("aborted by Business Rule")) {
            return permanent(Reason.REFUSED_BY_RULE);
        }
        boolean acl = text.contains("ACL Exception")
                || text.contains("User Not Authorized")
                || text.contains("Insufficient rights to query records");
        return permanent(acl ? Reason.REFUSED_BY_ACL : Reason.REFUSED);
    }

    private static Verdict instance(Reason reason) {
        return new Verdict(reason, Optional.of(Scope.INSTANCE), false, Optional.empty());
    }

    private static Verdict change(Reason reason) {
        return new Verdict(reason, Optional.of(Scope.CHANGE), false, Optional.empty());
    }

    private static Verdict permanent(Reason reason) {
        return new Verdict(reason, Optional.empty(), false, Optional.empty());
    }

    private record Verdict(Reason reason, Optional<Scope> scope, boolean unknown, Optional<Duration> pause) {

        Verdict perhapsDone() {
            return new Verdict(reason, scope, true, pause);
        }

        Verdict after(Duration least) {
            return new Verdict(reason, scope, unknown, Optional.of(least));
        }
    }
}
