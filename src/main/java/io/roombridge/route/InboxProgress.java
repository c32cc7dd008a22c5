package io.roombridge.route;

import io.roombridge.correlation.Inbox;

/** How far the inbox is read, by whichever node. */
public final class InboxProgress {

    private final Inbox inbox;
    private long asked;

    public InboxProgress(Inbox inbox) {
        this.inbox = inbox;
        this.asked = inbox.end();
    }

    /** Whether everything is finished that the inbox held when this was asked the last time. */
    public synchronized boolean finishedWhatItHeld() {
        long before = asked;
        asked = inbox.end();
        return inbox.finishedUpTo() >= before;
    }
}
