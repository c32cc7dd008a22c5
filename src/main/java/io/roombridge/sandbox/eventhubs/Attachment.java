package io.roombridge.sandbox.eventhubs;

import org.apache.qpid.proton.engine.Delivery;

/** What stands behind an open link. */
interface Attachment {

    /** A delivery arrived in whole or in part, or the client told the outcome of one. */
    void delivered(Delivery delivery);

    /** Sends what there is to send, as far as the client's credit and the round's bound allow. */
    default void pump() {}

    /** True if {@link #pump()} would send something now. */
    default boolean hasMore() {
        return false;
    }

    /** The link is gone, whoever ended it. Called at least once. */
    default void gone() {}
}
