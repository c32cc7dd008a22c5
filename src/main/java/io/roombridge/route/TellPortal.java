package io.roombridge.route;

import io.roombridge.correlation.PortalOutbox;
import io.roombridge.correlation.PortalOutbox.Unsent;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.azure.eventhubs.EventHubsConstants;

/**
 * The way of the commands to the hub: one after the other, in the order in which they were decided. A command counts as
 * sent when the hub has accepted it; a crash in between sends it again under the same id.
 */
public final class TellPortal {

    static final String POSITION = "roombridge.command.position";
    private static final int AT_A_TIME = 1000;

    private final PortalOutbox outbox;
    private final Clock clock;

    TellPortal(PortalOutbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The oldest commands that the hub has not accepted yet. */
    public List<Unsent> waiting() {
        return outbox.unsent(AT_A_TIME);
    }

    /** Makes the message of one command; commands of one ticket go to the same partition and keep their order. */
    public void address(Exchange exchange) {
        Unsent unsent = exchange.getMessage().getBody(Unsent.class);
        exchange.setProperty(POSITION, unsent.position());
        // Every header would travel as a property of the event, and the SDK has no encoding for those of the schedule.
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setHeader(EventHubsConstants.PARTITION_KEY, unsent.command().partitionKey());
        exchange.getMessage().setBody(unsent.command().body());
    }

    /** The hub has it. */
    public void accepted(@ExchangeProperty(POSITION) long position) {
        outbox.sent(position, clock.instant());
    }
}
