package io.roombridge.eventhubs;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * Asks what a hub would let us do, and does none of it: no event is sent, no checkpoint written, no reader put out.
 *
 * <p>Every method throws {@link Refused} with the hub's reason.
 */
public final class HubVisit {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);

    /** A refused link is told at once; one that was let in says nothing until there is an event. */
    private static final Duration LINK_WITHIN = Duration.ofSeconds(3);

    private final EventHubsConfiguration configuration;
    private final HubTransport transport;

    /** @param configuration the connection, the hub, and for reading the consumer group */
    public HubVisit(EventHubsConfiguration configuration, HubTransport transport) {
        HubConnection.refuseRemoteEmulator(configuration);
        this.configuration = configuration;
        this.transport = transport;
    }

    /** Why the hub does not let us. */
    public enum Why {
        /** The key is wrong, or its policy lacks the claim. */
        UNAUTHORIZED,
        /** There is no such hub or consumer group. */
        NOT_FOUND,
        /** No answer in time, or another fault. */
        AWAY
    }

    /** The hub said no. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Why why;

        Refused(Why why, Throwable cause) {
            super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    /**
     * One partition.
     *
     * @param first the number of the oldest event that is kept
     * @param last the number of the newest event; before {@code first} when there is none
     * @param lastAt when the newest came, by the hub's clock; empty when there is none
     */
    public record PartitionState(String id, long first, long last, Optional<Instant> lastAt) {}

    /** The partitions, in order. */
    public List<PartitionState> partitions() {
        try (EventHubProducerAsyncClient client = builder().buildAsyncProducerClient()) {
            return asked(() -> client.getPartitionIds()
                    .flatMap(client::getPartitionProperties)
                    .map(held -> new PartitionState(
                            held.getId(),
                            held.getBeginningSequenceNumber(),
                            held.isEmpty()
                                    ? held.getBeginningSequenceNumber() - 1
                                    : held.getLastEnqueuedSequenceNumber(),
                            held.isEmpty() ? Optional.empty() : Optional.of(held.getLastEnqueuedTime())))
                    .sort(Comparator.comparing(PartitionState::id))
                    .collectList()
                    .block(ANSWERS_WITHIN));
        }
    }

    /**
     * Opens a reader in the consumer group and closes it again. It has no rights over others: while a bridge reads the
     * partition, the hub turns it away, and that says that the group is there.
     *
     * @return whether a bridge reads this partition now
     */
    public boolean readBy(String partition) {
        EventHubClientBuilder builder = builder().consumerGroup(configuration.getConsumerGroupName());
        try (EventHubConsumerAsyncClient client = builder.prefetchCount(1).buildAsyncConsumerClient()) {
            return asked(() -> client.receiveFromPartition(partition, EventPosition.earliest())
                    .map(event -> false)
                    .take(1)
                    .onErrorResume(HubVisit::hasAReader, e -> Flux.just(true))
                    .timeout(LINK_WITHIN, Flux.just(false))
                    .blockFirst(ANSWERS_WITHIN));
        }
    }

    /** Opens a link to send by, and closes it again. */
    public void mayBeSentTo() {
        try (EventHubProducerAsyncClient client = builder().buildAsyncProducerClient()) {
            asked(() -> client.createBatch().block(ANSWERS_WITHIN));
        }
    }

    /** The checkpoint of each partition in this store, empty for one without. */
    public Map<String, OptionalLong> checkpoints(CheckpointStore store) {
        EventHubClientBuilder builder = builder().consumerGroup(configuration.getConsumerGroupName());
        try (WholeHub hub = new WholeHub(builder.buildAsyncConsumerClient(), store)) {
            return asked(hub::checkpoints);
        }
    }

    /** Where the hub shows its certificate; empty for the sandbox's, which is spoken to in the clear. */
    public Optional<InetSocketAddress> secured() {
        return HubConnection.secured(configuration, transport.type());
    }

    private static boolean hasAReader(Throwable refusal) {
        return condition(refusal)
                .filter(found -> found == AmqpErrorCondition.LINK_STOLEN)
                .isPresent();
    }

    private EventHubClientBuilder builder() {
        EventHubClientBuilder builder = HubConnection.sending(configuration)
                .transportType(transport.type())
                .retryOptions(new AmqpRetryOptions().setMaxRetries(0).setTryTimeout(Duration.ofSeconds(10)));
        transport.proxy().ifPresent(builder::proxyOptions);
        return builder;
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (RuntimeException e) {
            throw new Refused(why(e), Exceptions.unwrap(e));
        }
    }

    private static Why why(Throwable failure) {
        return condition(failure)
                .map(condition -> switch (condition) {
                    case UNAUTHORIZED_ACCESS -> Why.UNAUTHORIZED;
                    case NOT_FOUND -> Why.NOT_FOUND;
                    default -> Why.AWAY;
                })
                .orElse(Why.AWAY);
    }

    private static Optional<AmqpErrorCondition> condition(Throwable failure) {
        Throwable cause = Exceptions.unwrap(failure);
        while (cause != null) {
            if (cause instanceof AmqpException said && said.getErrorCondition() != null) {
                return Optional.of(said.getErrorCondition());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
