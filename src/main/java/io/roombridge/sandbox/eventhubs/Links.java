package io.roombridge.sandbox.eventhubs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a client's new link leads to: a hub to send to, a partition to read, or one of the request nodes
 * {@code $cbs} and {@code $management}. A link that leads nowhere is answered without its terminus and closed with the
 * reason (facts/eventhubs.md §3.9). proton's {@code Sender} is the hub's side of a client's receive link.
 */
final class Links {

    private static final Logger log = LoggerFactory.getLogger(Links.class);
    private static final Symbol EPOCH = Symbol.valueOf("com.microsoft:epoch");
    private static final Symbol RECEIVER_NAME = Symbol.valueOf("com.microsoft:receiver-name");
    private static final Symbol RUNTIME_METRIC = Symbol.valueOf("com.microsoft:enable-receiver-runtime-metric");

    private final AmqpConnection connection;
    private final Namespace namespace;
    private final Cbs cbs;
    private final Map<String, RequestLink.Node> nodes;
    private final Replies replies = new Replies();

    Links(AmqpConnection connection, Namespace namespace) {
        this.connection = connection;
        this.namespace = namespace;
        this.cbs = new Cbs(namespace.tokens());
        this.nodes = Map.of("$cbs", cbs, "$management", new Management(namespace, cbs));
    }

    void attach(Link link) {
        link.setSource(link.getRemoteSource());
        link.setTarget(link.getRemoteTarget());
        link.setSenderSettleMode(link.getRemoteSenderSettleMode());
        link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
        try {
            if (link instanceof Sender sender) {
                attachReceiveLink(sender);
            } else {
                attachSendLink((Receiver) link);
            }
        } catch (Refusal refusal) {
            refuse(link, refusal);
        }
    }

    private void attachReceiveLink(Sender sender) throws Refusal {
        if (!(sender.getRemoteSource() instanceof Source source) || source.getAddress() == null) {
            throw Refusal.notImplemented("A receive link needs the address of its source.");
        }
        Attachment behind = nodes.containsKey(source.getAddress()) ? replies.through(sender) : reader(sender, source);
        sender.open();
        connection.attach(sender, behind);
    }

    /** Everything that may be wrong with a reader is found out before it puts out others. */
    private ReceiveLink reader(Sender sender, Source source) throws Refusal {
        EntityPath path = EntityPath.of(source.getAddress());
        EntityPath.Reading reading = path.reading();
        cbs.requireToken(path);
        namespace.requireClaim(Claim.LISTEN);
        Partition partition = namespace.hub(path.hub()).partition(reading.partition());
        Readers readers = partition.readers(reading.group());
        Position position =
                Position.of(Optional.<Map<?, ?>>ofNullable(source.getFilter()).orElse(Map.of()));
        boolean runtimeMetrics = wants(sender, RUNTIME_METRIC);
        ReceiveLink link = new ReceiveLink(
                connection,
                sender,
                namespace,
                new Subscription(
                        subscriber(sender, partition, reading.group()),
                        partition,
                        readers,
                        position.in(partition),
                        runtimeMetrics));
        readers.admit(link);
        if (runtimeMetrics) {
            sender.setOfferedCapabilities(new Symbol[] {RUNTIME_METRIC});
        }
        return link;
    }

    private static Subscriber subscriber(Sender sender, Partition partition, String group) {
        Map<Symbol, Object> properties =
                Optional.ofNullable(sender.getRemoteProperties()).orElse(Map.of());
        Object epoch = properties.get(EPOCH);
        return new Subscriber(
                partition.hub(),
                partition.id(),
                group,
                Optional.ofNullable(properties.get(RECEIVER_NAME)).map(Object::toString),
                epoch instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty());
    }

    private static boolean wants(Link link, Symbol capability) {
        Symbol[] desired = link.getRemoteDesiredCapabilities();
        return desired != null && List.of(desired).contains(capability);
    }

    private void attachSendLink(Receiver receiver) throws Refusal {
        if (!(receiver.getRemoteTarget() instanceof Target target) || target.getAddress() == null) {
            throw Refusal.notImplemented("A send link needs the address of its target.");
        }
        RequestLink.Node node = nodes.get(target.getAddress());
        IncomingLink.Intake intake = node == null
                ? producer(EntityPath.of(target.getAddress()))
                : new RequestLink(receiver.getSession(), node, replies);
        receiver.setMaxMessageSize(UnsignedLong.valueOf(SendLink.MAX_MESSAGE_SIZE));
        IncomingLink link = new IncomingLink(receiver, intake);
        connection.attach(receiver, link);
        link.open();
    }

    private SendLink producer(EntityPath path) throws Refusal {
        Optional<String> partition = path.partitionToSendTo();
        cbs.requireToken(path);
        namespace.requireClaim(Claim.SEND);
        Hub hub = namespace.hub(path.hub());
        return new SendLink(
                namespace, hub, partition.isPresent() ? Optional.of(hub.partition(partition.get())) : Optional.empty());
    }

    private static void refuse(Link link, Refusal refusal) {
        log.atDebug()
                .addKeyValue("link", link.getName())
                .addKeyValue("condition", refusal.condition())
                .log("Refused a link");
        if (link instanceof Sender) {
            link.setSource(null);
        } else {
            link.setTarget(null);
        }
        link.open();
        link.setCondition(refusal.condition());
        link.close();
    }
}
