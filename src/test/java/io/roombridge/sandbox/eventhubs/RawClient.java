package io.roombridge.sandbox.eventhubs;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.message.Message;

/** A bare AMQP client, for what the Azure SDK for Java never does. Everything runs on the caller's thread. */
final class RawClient implements AutoCloseable {

    private static final int MILLIS_PER_READ = 50;
    private static final int MOST_READS = 1200;

    private final Transport transport = Proton.transport();
    private final Connection connection = Proton.connection();
    private final Session session;
    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(MILLIS_PER_READ);
        transport.sasl().client();
        transport.sasl().setMechanisms("ANONYMOUS");
        transport.bind(connection);
        connection.setContainer("raw");
        connection.open();
        session = connection.session();
        session.open();
    }

    /** A send link whose attach was answered. */
    Sender sendTo(String address) throws IOException {
        Sender sender = session.sender("to-" + address);
        Target target = new Target();
        target.setAddress(address);
        sender.setTarget(target);
        return attached(sender);
    }

    /** A receive link whose attach was answered; without a target address, as the JavaScript client makes it. */
    Receiver receiveFrom(String address, String linkName) throws IOException {
        Receiver receiver = session.receiver(linkName);
        Source source = new Source();
        source.setAddress(address);
        receiver.setSource(source);
        receiver.setTarget(new Target());
        receiver.flow(10);
        return attached(receiver);
    }

    private <L extends Link> L attached(L link) throws IOException {
        link.open();
        exchangeUntil(() -> link.getRemoteState() != EndpointState.UNINITIALIZED);
        return link;
    }

    /** Sends a request and waits for its answer on the other link. */
    Message request(Sender requests, Receiver answers, Map<String, Object> properties, String body) throws IOException {
        Message request = Proton.message();
        request.setMessageId(UUID.randomUUID().toString());
        request.setReplyTo(answers.getName());
        request.setApplicationProperties(new ApplicationProperties(properties));
        request.setBody(new AmqpValue(body));
        byte[] bytes = new byte[4096];
        requests.delivery(new byte[] {1});
        requests.send(bytes, 0, request.encode(bytes, 0, bytes.length));
        requests.advance();
        exchangeUntil(() -> answers.current() != null && !answers.current().isPartial());
        Delivery delivery = answers.current();
        byte[] answer = new byte[delivery.pending()];
        answers.recv(answer, 0, answer.length);
        Message message = Proton.message();
        message.decode(answer, 0, answer.length);
        if (!request.getMessageId().equals(message.getCorrelationId())) {
            throw new AssertionError("answer to another request: " + message.getCorrelationId());
        }
        return message;
    }

    /** Talks to the server until something is true. */
    void exchangeUntil(BooleanSupplier condition) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i == MOST_READS) {
                throw new AssertionError("the server did not answer as expected");
            }
            write();
            try {
                int count = in.read(buffer);
                if (count < 0) {
                    throw new AssertionError("the server hung up");
                }
                take(ByteBuffer.wrap(buffer, 0, count));
            } catch (SocketTimeoutException e) {
                // Nothing yet.
            }
        }
    }

    private void write() throws IOException {
        while (transport.pending() > 0) {
            ByteBuffer head = transport.head();
            byte[] bytes = new byte[head.remaining()];
            head.get(bytes);
            socket.getOutputStream().write(bytes);
            transport.pop(bytes.length);
        }
    }

    private void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), transport.capacity());
            ByteBuffer part = bytes.slice().limit(count);
            transport.tail().put(part);
            bytes.position(bytes.position() + count);
            transport.process();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
