package io.roombridge.sandbox.eventhubs;

/** What a shared access policy allows its key to do, besides asking what there is. */
public enum Claim {
    LISTEN,
    SEND
}
