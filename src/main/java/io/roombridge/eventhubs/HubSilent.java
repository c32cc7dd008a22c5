package io.roombridge.eventhubs;

/** The hub has neither accepted nor refused what was sent; it may have it. */
public final class HubSilent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HubSilent(String why, Throwable cause) {
        super(why, cause);
    }
}
