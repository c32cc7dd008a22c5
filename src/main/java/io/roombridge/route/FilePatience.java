package io.roombridge.route;

import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.files.ContentFailure;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how a job goes on after a failure: what every file would meet is tried for ever, what only this one meets ten
 * times or half an hour, and what cannot help to repeat, not at all.
 */
final class FilePatience {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration BUSY = Duration.ofSeconds(2);

    private final FileRules rules;
    private final FileToServiceNow toServiceNow;

    FilePatience(FileRules rules, FileToServiceNow toServiceNow) {
        this.rules = rules;
        this.toServiceNow = toServiceNow;
    }

    /** @return whether the file was given up, and has to be kept for a person */
    boolean after(FileWork work, RuntimeException failure) {
        if (failure instanceof ServiceNowFailure said) {
            return after(work, said);
        } else if (failure instanceof ContentFailure said) {
            return after(work, said);
        } else if (failure instanceof RetryLater || failure instanceof VersionMoved) {
            Duration asked = failure instanceof RetryLater later ? later.after() : Duration.ZERO;
            work.becomes(work.job().failed(false, work.now(), longer(asked, BUSY), failure.getMessage()));
            return false;
        } else if (failure instanceof FileFault) {
            return ownFault(work, Duration.ZERO, failure.getMessage());
        }
        return ownFault(work, Duration.ZERO, "it could not be carried: " + failure);
    }

    private boolean after(FileWork work, ServiceNowFailure failure) {
        if (failure.permanent()) {
            return refused(work, failure.reason(), "ServiceNow refused it (" + failure.detail() + ")");
        }
        Duration wait = failure.retryAfter().orElse(Duration.ZERO);
        if (failure.ambiguous()) {
            wait = longer(wait, Intent.SETTLE_AFTER);
        }
        if (failure.scope().equals(Optional.of(Scope.CHANGE))) {
            return ownFault(work, wait, "ServiceNow did not take or give it (" + failure.detail() + ")");
        }
        everybodys(work, wait, failure.detail());
        return false;
    }

    private boolean after(FileWork work, ContentFailure failure) {
        Duration wait = failure.retryAfter().orElse(Duration.ZERO);
        return switch (failure.kind()) {
            case EXPIRED -> {
                toServiceNow.askAgain(work, failure.getMessage());
                yield false;
            }
            case REFUSED -> refused(work, Reason.FILE_REFUSED, failure.getMessage());
            case UNAVAILABLE -> {
                everybodys(work, wait, failure.getMessage());
                yield false;
            }
            case BROKEN -> ownFault(work, wait, failure.getMessage());
        };
    }

    /** A note that the instance refuses for good is the end of it: there is no other way to say it. */
    private boolean refused(FileWork work, Reason reason, String why) {
        if (work.job().note().isPresent()) {
            work.becomes(work.job().noted());
            return true;
        }
        work.becomes(FileNotes.refused(work.job(), work.now(), reason, why));
        return false;
    }

    private void everybodys(FileWork work, Duration wait, String why) {
        work.becomes(work.job().failed(false, work.now(), longer(wait, backoff(work.job())), why));
    }

    private boolean ownFault(FileWork work, Duration wait, String why) {
        Instant now = work.now();
        FileJob failed = work.job().failed(true, now, longer(wait, backoff(work.job())), why);
        boolean tooLong = failed.failingSince().orElse(now).plus(rules.within()).isBefore(now);
        if (failed.ownFaults() < rules.attempts() && !tooLong) {
            work.becomes(failed);
            return false;
        }
        work.becomes(
                failed.note().isPresent() ? failed.noted() : FileNotes.refused(failed, now, Reason.EXHAUSTED, why));
        return true;
    }

    private static Duration backoff(FileJob job) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(job.tries(), 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
