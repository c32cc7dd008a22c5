package io.roombridge.sandbox.eventhubs;

import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/**
 * What a client asked for is refused. One refusal serves as the error of a link, as a rejected outcome and as a
 * request's status, so the same mistake reads the same wherever it is made.
 */
@SuppressWarnings("serial") // never leaves the process
final class Refusal extends Exception {

    private final int status;
    private final String condition;

    private Refusal(int status, String condition, String description) {
        super(description, null, false, false);
        this.status = status;
        this.condition = condition;
    }

    /** A fault that was switched on, for whatever reason its condition stands for. */
    static Refusal injected(String condition) {
        return new Refusal(500, condition, "Fault switched on in the sandbox: " + condition);
    }

    /** Both Azure SDKs recognise a missing entity by this wording, and would retry under any other. */
    static Refusal notFound(String entity) {
        return new Refusal(404, Conditions.NOT_FOUND, "The messaging entity '" + entity + "' could not be found.");
    }

    static Refusal noSuchPartition(String hub, String partition, int count) {
        return new Refusal(
                400,
                Conditions.ARGUMENT_OUT_OF_RANGE,
                "Hub '" + hub + "' has the partitions 0 to " + (count - 1) + ", asked for '" + partition + "'.");
    }

    static Refusal unauthorized(String description) {
        return new Refusal(401, Conditions.UNAUTHORIZED, description);
    }

    static Refusal filterNotUnderstood(String filter) {
        return new Refusal(
                400,
                Conditions.INVALID_FIELD,
                "Filter not understood: " + filter + " (expected amqp.annotation.x-opt-offset, x-opt-sequence-number or"
                        + " x-opt-enqueued-time, then > or >=, then a quoted value).");
    }

    static Refusal beyondTheEnd(String what, String value, String last) {
        return new Refusal(
                400,
                Conditions.ARGUMENT_ERROR,
                "The start position lies beyond the end: " + what + " " + value + ", the newest event has " + last
                        + ". Was the hub emptied since the position was stored?");
    }

    static Refusal stolen(String description) {
        return new Refusal(409, Conditions.LINK_STOLEN, description);
    }

    static Refusal tooManyReceivers(int most) {
        return new Refusal(
                403,
                Conditions.RESOURCE_LIMIT_EXCEEDED,
                "At most " + most + " receivers without an epoch per partition and consumer group.");
    }

    static Refusal tooLarge(long bytes, long most) {
        return new Refusal(
                413,
                Conditions.MESSAGE_SIZE_EXCEEDED,
                "The message has " + bytes + " bytes, allowed are " + most + ".");
    }

    static Refusal undecodable(String description) {
        return new Refusal(400, Conditions.DECODE_ERROR, description);
    }

    static Refusal notImplemented(String description) {
        return new Refusal(501, Conditions.NOT_IMPLEMENTED, description);
    }

    int status() {
        return status;
    }

    ErrorCondition condition() {
        return new ErrorCondition(Symbol.valueOf(condition), getMessage());
    }
}
