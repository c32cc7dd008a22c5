package io.roombridge.watch;

import io.roombridge.watch.Trouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured of the bridge at one moment, and what is wrong by it. Pure; the limits are those of the alerts
 * (config/prometheus).
 *
 * @param now by the bridge's clock
 * @param hubHeard when the hub delivered something last, or the watch began
 * @param hubMaySilent how long the hub may be silent
 * @param oldestLetter since when the oldest dead letter has waited for a person; parked changes wait for it
 * @param behind how far the reading of each instance lies behind
 * @param spent which part of its hourly limit each instance has seen used, from 0 to 1
 */
record Facts(
        Instant now,
        Instant hubHeard,
        Duration hubMaySilent,
        Optional<Letters> oldestLetter,
        Map<String, Duration> behind,
        Map<String, Double> spent) {

    private static final Duration LETTER_MAY_WAIT = Duration.ofMinutes(30);
    private static final Duration MAY_BE_BEHIND = Duration.ofMinutes(10);
    private static final double NEARLY = 0.9;

    /**
     * Dead letters that wait for a person.
     *
     * @param reason of the oldest one
     */
    record Letters(long count, String reason, Instant oldest) {}

    /** What is wrong, at most one of each kind. */
    List<Trouble> troubles() {
        List<Trouble> wrong = new ArrayList<>();
        if (Duration.between(hubHeard, now).compareTo(hubMaySilent) > 0) {
            wrong.add(new Trouble(
                    Kind.HUB_SILENT,
                    "The hub of the portal has delivered nothing since " + hubHeard
                            + "; heartbeats should come every ten minutes."));
        }
        oldestLetter
                .filter(letters -> Duration.between(letters.oldest(), now).compareTo(LETTER_MAY_WAIT) > 0)
                .ifPresent(letters -> wrong.add(new Trouble(
                        Kind.DEAD_LETTER_OLD,
                        letters.count() + " changes wait for a person, the oldest since " + letters.oldest() + " ("
                                + letters.reason() + ").")));
        behind.entrySet().stream()
                .filter(one -> one.getValue().compareTo(MAY_BE_BEHIND) > 0)
                .max(Map.Entry.comparingByValue())
                .ifPresent(one -> wrong.add(new Trouble(
                        Kind.POLL_BLOCKED,
                        "What people do in ServiceNow (" + one.getKey() + ") has not been read for "
                                + one.getValue().toMinutes() + " minutes, and is not told to the portal.")));
        spent.entrySet().stream()
                .filter(one -> one.getValue() > NEARLY)
                .max(Map.Entry.comparingByValue())
                .ifPresent(one -> wrong.add(new Trouble(
                        Kind.BUDGET_NEARLY_SPENT,
                        Math.round(one.getValue() * 100) + " % of the calls that ServiceNow (" + one.getKey()
                                + ") allows in this hour are made.")));
        return List.copyOf(wrong);
    }
}
