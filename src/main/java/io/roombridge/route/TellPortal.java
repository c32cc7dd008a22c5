package io.roombridge.route;

import io.roombridge.correlation.PortalOutbox;
import io.roombridge.correlation.PortalOutbox.Unsent;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reference;
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
    private static final int LONGEST_KEY = 128;

    private final PortalOutbox outbox;
    private final Commands commands;
    private final Clock clock;

    TellPortal(PortalOutbox outbox, Commands commands, Clock clock) {
        this.outbox = outbox;
        this.commands = commands;
        this.clock = clock;
    }

    /** The oldest commands that the hub has not accepted yet; they wait while this configuration sends nothing. */
    public List<Unsent> waiting() {
        return commands.on() ? outbox.unsent(AT_A_TIME) : List.of();
    }

    /** Makes the message of one command; commands of one ticket go to the same partition and keep their order. */
    public void address(Exchange exchange) {
        Unsent unsent = exchange.getMessage().getBody(Unsent.class);
        exchange.setProperty(POSITION, unsent.position());
        // Every header would travel as a property of the event, and the SDK has no encoding for those of the schedule.
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setHeader(
                        EventHubsConstants.PARTITION_KEY, key(unsent.command().partitionKey()));
        exchange.getMessage().setBody(unsent.command().body());
    }

    /** A hub takes keys of at most 128 characters; of a longer one the hash serves as well, since it only chooses the partition. */
    private static String key(String partitionKey) {
        return partitionKey.length() <= LONGEST_KEY
                ? partitionKey
                : Reference.of(new ChangeId(partitionKey), 0).value();
    }

    /** The hub has it. */
    public void accepted(@ExchangeProperty(POSITION) long position) {
        outbox.sent(position, clock.instant());
    }
}
