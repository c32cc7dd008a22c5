package io.roombridge.sandbox.eventhubs;

import java.util.List;

/**
 * Faults to switch on in a running endpoint. Each call returns when its fault has taken effect on the endpoint's side;
 * clients notice a moment later.
 */
public final class Faults {

    private final AmqpServer server;
    private final Namespace namespace;

    Faults(AmqpServer server, Namespace namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /**
     * Cuts all connections without a word, as a network does. Clients may reconnect at once. Measured with the Java
     * SDK 5.21.2: a plain receiver's stream ends, a processor is back after its ownership has expired, and a send that
     * meets the SDK while it tears down fails once.
     */
    public void dropConnections() {
        run(server::dropConnections);
    }

    /**
     * Detaches all receivers. The Java SDK hands any condition on and never attaches by itself again; its processor
     * starts a new receiver after its ownership has expired.
     *
     * @param condition one of {@link Conditions}, or any other AMQP error condition
     */
    public void detachConsumers(String condition) {
        run(() -> detach(namespace.readers().toList(), condition));
    }

    /** Detaches the receivers of one partition, of whatever consumer group. */
    public void detachConsumers(String hub, String partition, String condition) {
        server.call(() -> {
            Partition of = Namespace.existing(() -> namespace.hub(hub).partition(partition));
            detach(of.allReaders().toList(), condition);
            return true;
        });
    }

    /** Takes a partition away from its receivers, as another consumer that claims it would. */
    public void stealPartition(String hub, String partition) {
        detachConsumers(hub, partition, Conditions.LINK_STOLEN);
    }

    private static void detach(List<ReceiveLink> readers, String condition) {
        readers.forEach(reader -> reader.detach(Refusal.injected(condition)));
    }

    /**
     * Rejects the next sends (a batch is one send), to whatever hub; replaces what was demanded before.
     *
     * @param count how many; 0 ends the fault
     */
    public void rejectNextSends(int count, String condition) {
        run(() -> namespace.rejectNextSends(count, condition));
    }

    /** From now on the key's policy lacks this claim: links that need it are refused. */
    public void withhold(Claim claim) {
        run(() -> namespace.withhold(claim));
    }

    /** Delivers no events until {@link #resumeDelivery()}; sends are still accepted. */
    public void pauseDelivery() {
        run(() -> namespace.pauseDelivery(true));
    }

    /** Delivers what has gathered. */
    public void resumeDelivery() {
        run(() -> namespace.pauseDelivery(false));
    }

    private void run(Runnable fault) {
        server.call(() -> {
            fault.run();
            return true;
        });
    }
}
