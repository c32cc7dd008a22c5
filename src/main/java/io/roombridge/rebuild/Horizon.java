package io.roombridge.rebuild;

import java.time.Instant;
import java.util.Optional;

/**
 * Up to when the portal certainly was told what happened in ServiceNow. Whatever is younger is told again under the same
 * ids, and the portal's relay drops what it has performed already; so too early costs calls, too late loses.
 *
 * @param heardUntil by the instance's clock
 * @param now when the store is rebuilt, by the bridge's clock
 */
public record Horizon(Instant heardUntil, Instant now) {

    /** Of an incident that the bridge took over at that time: what is older was never to be told. */
    Horizon notBefore(Optional<Instant> begun) {
        return begun.filter(heardUntil::isBefore)
                .map(at -> new Horizon(at, now))
                .orElse(this);
    }

    boolean heard(Optional<Instant> at) {
        return at.filter(heardUntil::isAfter).isPresent();
    }
}
