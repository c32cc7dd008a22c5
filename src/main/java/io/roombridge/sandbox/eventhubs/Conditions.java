package io.roombridge.sandbox.eventhubs;

/**
 * The error conditions of AMQP and of Event Hubs that the endpoint answers with, and that {@link Faults} can be told
 * to answer with (facts/eventhubs.md §3.5 to §3.9).
 */
public final class Conditions {

    public static final String NOT_FOUND = "amqp:not-found";
    public static final String NOT_IMPLEMENTED = "amqp:not-implemented";
    public static final String UNAUTHORIZED = "amqp:unauthorized-access";
    public static final String DECODE_ERROR = "amqp:decode-error";
    public static final String INVALID_FIELD = "amqp:invalid-field";
    public static final String RESOURCE_LIMIT_EXCEEDED = "amqp:resource-limit-exceeded";
    public static final String LINK_STOLEN = "amqp:link:stolen";
    public static final String LINK_DETACH_FORCED = "amqp:link:detach-forced";
    public static final String MESSAGE_SIZE_EXCEEDED = "amqp:link:message-size-exceeded";
    public static final String SERVER_BUSY = "com.microsoft:server-busy";
    public static final String ARGUMENT_ERROR = "com.microsoft:argument-error";
    public static final String ARGUMENT_OUT_OF_RANGE = "com.microsoft:argument-out-of-range";

    private Conditions() {}
}
