package io.roombridge.route;

import io.roombridge.closing.Brake;
import io.roombridge.closing.InactivityRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator decides about closing for inactivity.
 *
 * @param acts whether tickets are warned and closed; otherwise it is only said what would happen
 * @param since no day before this moment is counted
 * @param window how long after 09:00 local tickets are closed
 * @param region for rooms that name none
 * @param serviceCallers user names of callers behind whom nobody reads mail; the portal is where their customers read
 * @param keepOpenField a field of incidents that marks those to be kept open
 * @param clockField a field of incidents that shows the last day in words, while the ticket waits for its customer
 * @param closeCodes the honest close code of each instance; without one nothing is closed there
 */
public record InactivityRules(
        boolean acts,
        Instant since,
        InactivityRule days,
        Duration window,
        Brake brake,
        Optional<String> region,
        List<String> serviceCallers,
        Optional<String> keepOpenField,
        Optional<String> clockField,
        Map<String, String> closeCodes) {

    /** Without a clock field. */
    public InactivityRules(
            boolean acts,
            Instant since,
            InactivityRule days,
            Duration window,
            Brake brake,
            Optional<String> region,
            List<String> serviceCallers,
            Optional<String> keepOpenField,
            Map<String, String> closeCodes) {
        this(acts, since, days, window, brake, region, serviceCallers, keepOpenField, Optional.empty(), closeCodes);
    }
}
