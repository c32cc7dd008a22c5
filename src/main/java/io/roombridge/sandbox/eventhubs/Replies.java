package io.roombridge.sandbox.eventhubs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;

/**
 * The links of a connection on which answers go back. A request names its link by the target address (Java) or by the
 * link's name (JavaScript); among several, the one of the request's own session is meant (facts/eventhubs.md §3.4).
 */
final class Replies {

    private final List<Sender> senders = new ArrayList<>();
    private int tag;

    /** Adds a link until it is gone. */
    Attachment through(Sender sender) {
        senders.add(sender);
        return new Attachment() {
            @Override
            public void delivered(Delivery delivery) {
                delivery.settle();
            }

            @Override
            public void gone() {
                senders.remove(sender);
            }
        };
    }

    /** Sends an answer, settled. Nobody waits for one that names no link. */
    void send(String replyTo, Session session, byte[] answer) {
        Optional<Sender> way = senders.stream()
                .filter(sender -> replyTo.equals(address(sender)) || replyTo.equals(sender.getName()))
                .max(Comparator.<Sender, Boolean>comparing(sender -> sender.getSession() == session)
                        .thenComparing(sender -> replyTo.equals(address(sender))));
        way.ifPresent(sender -> {
            Delivery delivery = sender.delivery(Integer.toString(tag++).getBytes(StandardCharsets.US_ASCII));
            sender.send(answer, 0, answer.length);
            delivery.settle();
            sender.advance();
        });
    }

    private static String address(Sender sender) {
        return sender.getRemoteTarget() instanceof Target target ? target.getAddress() : null;
    }
}
