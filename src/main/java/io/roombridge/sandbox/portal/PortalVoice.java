package io.roombridge.sandbox.portal;

import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.SendOptions;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the living portal tells what happens: one event at a time, each built on the last one, checked against the contract and
 * sent with the genuine SDK until the hub has it. Thread-safe; the hub has the events in the order of the memory.
 */
final class PortalVoice implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PortalVoice.class);
    private static final long PAUSE_AFTER_FAILURE_MS = 200;

    private final SandboxPortal.Hubs hubs;
    private final PortalMemory memory;
    private final EventPen pen;
    private final InstantSource clock;
    private final Contract contract;
    private final CountDownLatch closed = new CountDownLatch(1);
    // Held from the draft of an event until the hub has it.
    private final Object turn = new Object();
    // Guards the memory and the pen; held for no call to the outside.
    private final Object lock = new Object();
    // Guarded by turn; made with the first event, because many sandboxes never need it.
    private EventHubProducerClient producer;

    PortalVoice(SandboxPortal.Hubs hubs, PortalMemory memory, EventPen pen, InstantSource clock, Contract contract) {
        this.hubs = hubs;
        this.memory = memory;
        this.pen = pen;
        this.clock = clock;
        this.contract = contract;
    }

    /** What one event says beyond the blocks that all events of a ticket share. */
    interface Telling {

        /** @param block the ticket's, to be moved on; @param data the event's, which holds that block */
        void write(ObjectNode block, ObjectNode data);
    }

    /** Asks the memory; the question may not call this voice. */
    <T> T ask(Function<PortalMemory, T> question) {
        synchronized (lock) {
            return question.apply(memory);
        }
    }

    /** @throws IllegalArgumentException when the portal has no such ticket */
    <T> T of(String ticketId, Function<RememberedTicket, T> question) {
        return ask(remembered -> question.apply(remembered
                .ticket(ticketId)
                .orElseThrow(() -> new IllegalArgumentException("the portal has no ticket " + ticketId))));
    }

    String freshId() {
        synchronized (lock) {
            return pen.freshId();
        }
    }

    /**
     * Tells what happened to a ticket.
     *
     * @param command the id of the command that caused it
     * @throws IllegalArgumentException when there is no such ticket, or the event would break the contract
     */
    void tell(String ticketId, String name, Optional<String> command, Telling telling) {
        tell(() -> of(ticketId, ticket -> draft(ticket, name, command, telling)));
    }

    /** Tells an event that exists already. */
    void tell(PortalEvent event) {
        tell(event::structured);
    }

    private interface Draft {
        ObjectNode write();
    }

    private void tell(Draft draft) {
        synchronized (turn) {
            ObjectNode event;
            synchronized (lock) {
                event = draft.write();
                contract.faults(PortalMemory.name(event), event).ifPresent(faults -> {
                    throw new IllegalArgumentException("the event would break the contract: " + faults);
                });
                memory.learn(event);
            }
            insist(event);
        }
    }

    private ObjectNode draft(RememberedTicket ticket, String name, Optional<String> command, Telling telling) {
        ObjectNode event = ticket.envelope();
        event.put("specversion", "1.0").put("id", pen.freshId());
        event.put("type", PortalMemory.type(name));
        event.put("time", clock.instant().toString());
        event.put("datacontenttype", "application/json");
        event.put("origin", command.isPresent() ? "bridge" : "portal");
        command.ifPresent(id -> event.put("correlationid", id));
        ObjectNode data = ticket.blocks();
        ObjectNode block = data.withObject("/ticket");
        block.put("lastUpdatedAt", clock.instant().toString());
        telling.write(block, data);
        if (name.startsWith("ticket.")) {
            event.put("sequence", "%020d".formatted(ticket.nextSequence()));
        } else {
            event.remove("ticketid");
            data.remove("ticket");
        }
        event.set("data", data);
        return event;
    }

    /** A copy that a second attempt makes is what the bridge has to bear anyway. */
    private void insist(ObjectNode event) {
        SendOptions byKey =
                new SendOptions().setPartitionKey(event.path("partitionkey").asText());
        boolean sent = false;
        while (!sent) {
            try {
                producer().send(List.of(Wire.structured(event)), byKey);
                sent = true;
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("the hub does not take an event of the portal; trying again");
                restOrLeave(e);
            }
        }
    }

    private EventHubProducerClient producer() {
        if (producer == null) {
            producer = new EventHubClientBuilder()
                    .connectionString(hubs.endpoint().connectionString(hubs.events()))
                    .buildProducerClient();
        }
        return producer;
    }

    private void restOrLeave(RuntimeException because) {
        try {
            if (closed.await(PAUSE_AFTER_FAILURE_MS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the portal was closed before the hub took an event", because);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the hub took an event", because);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (turn) {
            if (producer != null) {
                producer.close();
            }
        }
    }
}
