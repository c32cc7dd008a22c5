package io.roombridge.sandbox.eventhubs;

import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;

/**
 * A link on which a client sends. A delivery may span many frames: it is taken when it is complete, and dropped when
 * the client aborted it.
 */
final class IncomingLink implements Attachment {

    private static final int CREDIT = 300;

    private final Receiver receiver;
    private final Intake intake;

    IncomingLink(Receiver receiver, Intake intake) {
        this.receiver = receiver;
        this.intake = intake;
    }

    /** What becomes of the messages. */
    interface Intake {

        /** Takes a message and returns its outcome. */
        DeliveryState take(byte[] message, int format);
    }

    /** Opens the link and lets the client send. */
    void open() {
        receiver.open();
        receiver.flow(CREDIT);
    }

    @Override
    public void delivered(Delivery ignored) {
        for (Delivery next = receiver.current(); next != null && whole(next); next = receiver.current()) {
            byte[] message = new byte[next.pending()];
            receiver.recv(message, 0, message.length);
            receiver.advance();
            if (!next.isAborted()) {
                next.disposition(intake.take(message, next.getMessageFormat()));
            }
            next.settle();
        }
        if (receiver.getCredit() < CREDIT / 2) {
            receiver.flow(CREDIT - receiver.getCredit());
        }
    }

    private static boolean whole(Delivery delivery) {
        return delivery.isAborted() || !delivery.isPartial();
    }
}
