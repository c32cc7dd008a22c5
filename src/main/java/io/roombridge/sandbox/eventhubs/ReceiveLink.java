package io.roombridge.sandbox.eventhubs;

import java.nio.ByteBuffer;
import java.util.Date;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Sender;

/**
 * A receiver of one partition: sends it the events from its position on, as far as its credit reaches. What a client
 * does with an event is never known here; only its checkpoint counts, and that it keeps elsewhere.
 */
final class ReceiveLink implements Attachment {

    /** The most bytes that wait in a session: bounds a round of sending, and the memory behind a slow client. */
    private static final int BYTES_PER_ROUND = 1_048_576;

    private static final Symbol LAST_SEQUENCE_NUMBER = Symbol.valueOf("last_enqueued_sequence_number");
    private static final Symbol LAST_OFFSET = Symbol.valueOf("last_enqueued_offset");
    private static final Symbol LAST_TIME = Symbol.valueOf("last_enqueued_time_utc");
    private static final Symbol RETRIEVAL_TIME = Symbol.valueOf("runtime_info_retrieval_time_utc");

    private final AmqpConnection connection;
    private final Sender sender;
    private final Namespace namespace;
    private final Subscription subscription;
    private final Partition partition;
    private long next;
    private long tag;

    ReceiveLink(AmqpConnection connection, Sender sender, Namespace namespace, Subscription subscription) {
        this.connection = connection;
        this.sender = sender;
        this.namespace = namespace;
        this.subscription = subscription;
        this.partition = subscription.partition();
        this.next = subscription.from();
    }

    Subscriber subscriber() {
        return subscription.subscriber();
    }

    OptionalLong epoch() {
        return subscriber().epoch();
    }

    void wake() {
        connection.wake();
    }

    @Override
    public boolean hasMore() {
        return !namespace.deliveryPaused()
                && sender.getCredit() > 0
                && next < partition.end()
                && sender.getSession().getOutgoingBytes() < BYTES_PER_ROUND;
    }

    @Override
    public void pump() {
        while (hasMore()) {
            // The retention may have overtaken a slow reader.
            next = Math.max(next, partition.begin());
            send(partition.event(next++));
        }
        if (sender.getDrain() && (next >= partition.end() || namespace.deliveryPaused())) {
            sender.drained();
        }
    }

    private void send(PartitionEvent event) {
        byte[] message = namespace.codec().encode(event, subscription.runtimeMetrics() ? metrics() : Map.of());
        Delivery delivery =
                sender.delivery(ByteBuffer.allocate(Long.BYTES).putLong(tag++).array());
        sender.send(message, 0, message.length);
        if (sender.getSenderSettleMode() == SenderSettleMode.SETTLED) {
            delivery.settle();
        }
        sender.advance();
    }

    private Map<Symbol, Object> metrics() {
        return Map.of(
                LAST_SEQUENCE_NUMBER,
                partition.end() - 1,
                LAST_OFFSET,
                Long.toString(partition.lastOffset()),
                LAST_TIME,
                new Date(partition.lastEnqueuedTime()),
                RETRIEVAL_TIME,
                new Date(namespace.now()));
    }

    @Override
    public void delivered(Delivery delivery) {
        if (delivery.getRemoteState() != null || delivery.remotelySettled()) {
            delivery.disposition(delivery.getRemoteState());
            delivery.settle();
        }
    }

    /** Ends the link with an error; the client may come back. */
    void detach(Refusal reason) {
        gone();
        sender.setCondition(reason.condition());
        sender.close();
        connection.detach(sender);
    }

    @Override
    public void gone() {
        subscription.readers().remove(this);
    }
}
