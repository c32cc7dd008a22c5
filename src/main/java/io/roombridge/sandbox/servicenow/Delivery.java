package io.roombridge.sandbox.servicenow;

import java.time.Duration;
import java.util.Optional;

/**
 * What the client gets to see of a request.
 *
 * @param reply empty: the connection is dropped without an answer
 * @param delay real time, not the injected clock: it is the network that is slow
 * @param reset a dropped connection ends with RST instead of FIN
 */
record Delivery(Optional<Reply> reply, Duration delay, boolean reset) {

    static final Delivery DROPPED = new Delivery(Optional.empty(), Duration.ZERO, false);
    static final Delivery RESET = new Delivery(Optional.empty(), Duration.ZERO, true);

    static Delivery of(Reply reply) {
        return new Delivery(Optional.of(reply), Duration.ZERO, false);
    }
}
