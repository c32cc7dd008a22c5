package io.roombridge.sandbox.eventhubs;

import java.util.Optional;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.DeliveryState;

/** What a producer sends on one link: stored as a whole before it is accepted, or rejected as a whole. */
final class SendLink implements IncomingLink.Intake {

    /** Told to the client, which sizes its batches by it. */
    static final int MAX_MESSAGE_SIZE = 1_048_576;

    private final Namespace namespace;
    private final Hub hub;
    private final Optional<Partition> partition;

    /**
     * @param partition the partition that the link leads to, empty if the hub is to choose
     */
    SendLink(Namespace namespace, Hub hub, Optional<Partition> partition) {
        this.namespace = namespace;
        this.hub = hub;
        this.partition = partition;
    }

    @Override
    public DeliveryState take(byte[] message, int format) {
        try {
            Optional<Refusal> demanded = namespace.demandedRejection();
            if (demanded.isPresent()) {
                throw demanded.get();
            }
            if (message.length > MAX_MESSAGE_SIZE) {
                throw Refusal.tooLarge(message.length, MAX_MESSAGE_SIZE);
            }
            EventCodec.Sent sent = namespace.codec().decode(message, format);
            Partition to = partition.orElseGet(() -> hub.choose(sent.partitionKey()));
            long now = namespace.now();
            sent.events().forEach(event -> to.append(event, now));
            return Accepted.getInstance();
        } catch (Refusal refusal) {
            Rejected rejected = new Rejected();
            rejected.setError(refusal.condition());
            return rejected;
        }
    }
}
