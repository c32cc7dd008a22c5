package io.roombridge.route;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.correlation.PortalOutbox.Unsent;
import io.roombridge.log.Recurring;
import io.roombridge.portal.PortalCommands;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.trace.TraceParent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.azure.eventhubs.EventHubsConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of the commands to the hub: one after the other, in the order in which they were decided. A command counts as
 * sent when the hub has accepted it; a crash in between sends it again under the same id.
 *
 * <p>One that the hub does not take lets the commands of other tickets pass, and holds up those of its own. Two in a row that
 * it does not take mean that the hub is away, and end the round. One that fails long enough while others are accepted, or
 * that no hub will ever take, is kept for a person. One round runs at a time.
 */
public final class TellPortal {

    static final String POSITION = "roombridge.command.position";
    private static final Logger LOG = LoggerFactory.getLogger(TellPortal.class);
    private static final int AT_A_TIME = 1000;
    private static final int LONGEST_KEY = 128;

    private final Recurring sending = new Recurring(LOG);
    private final PortalOutbox outbox;
    private final Commands commands;
    private final int attempts;
    private final Duration within;
    private final Clock clock;
    private final Clock machine;
    private final Set<String> heldUp = new HashSet<>();
    private int failuresInARow;
    private Instant lastAccepted = Instant.MIN;

    /** @param attempts after how many a command that fails while others pass is given up, and {@code within} what time */
    TellPortal(PortalOutbox outbox, Commands commands, int attempts, Duration within, Clock clock, Clock machine) {
        this.outbox = outbox;
        this.commands = commands;
        this.attempts = attempts;
        this.within = within;
        this.clock = clock;
        this.machine = machine;
    }

    /**
     * The oldest commands that the hub has not accepted yet, those of tickets with a failing one last; they wait while this
     * configuration sends nothing.
     */
    public List<Unsent> waiting() {
        heldUp.clear();
        failuresInARow = 0;
        List<Unsent> unsent = commands.on() ? outbox.unsent(AT_A_TIME) : List.of();
        Set<String> failing = unsent.stream()
                .filter(command -> command.tries() > 0)
                .map(command -> command.command().partitionKey())
                .collect(Collectors.toSet());
        return Stream.concat(
                        unsent.stream()
                                .filter(one -> !failing.contains(one.command().partitionKey())),
                        unsent.stream()
                                .filter(one -> failing.contains(one.command().partitionKey())))
                .toList();
    }

    /** For the route: whether no earlier command of its ticket has failed in this round. */
    public boolean mayGo(@Body Unsent unsent) {
        return !heldUp.contains(unsent.command().partitionKey());
    }

    /** Makes the message of one command; commands of one ticket go to the same partition and keep their order. */
    public void address(Exchange exchange) {
        Unsent unsent = exchange.getMessage().getBody(Unsent.class);
        exchange.setProperty(POSITION, unsent);
        // Every header would travel as a property of the event, and the SDK has no encoding for those of the schedule.
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setHeader(
                        EventHubsConstants.PARTITION_KEY, key(unsent.command().partitionKey()));
        PortalCommands.traceOf(unsent.command().body())
                .ifPresent(parent -> exchange.getMessage().setHeader(TraceParent.NAME, parent));
        exchange.getMessage().setBody(unsent.command().body());
    }

    /** A hub takes keys of at most 128 characters; of a longer one the hash serves as well, since it only chooses the partition. */
    private static String key(String partitionKey) {
        return partitionKey.length() <= LONGEST_KEY
                ? partitionKey
                : Reference.of(new ChangeId(partitionKey), 0).value();
    }

    /** The hub has it. */
    public void accepted(@ExchangeProperty(POSITION) Unsent unsent) {
        failuresInARow = 0;
        lastAccepted = machine.instant();
        outbox.sent(unsent.position(), clock.instant());
        sending.over("hub").log("the hub takes commands again");
    }

    /**
     * The hub does not have it.
     *
     * @throws RetryLater when nothing passes, and the round is over
     */
    public void refused(
            @ExchangeProperty(POSITION) Unsent unsent, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Instant now = machine.instant();
        heldUp.add(unsent.command().partitionKey());
        outbox.refused(unsent.position(), now);
        if (tooLarge(failure) || exhausted(unsent, now)) {
            giveUp(unsent, failure);
            return;
        }
        failuresInARow++;
        sending.failed("hub")
                .addKeyValue("command", unsent.command().id())
                .addKeyValue("why", failure.toString())
                .log("the hub did not take a command; it is sent again");
        if (failuresInARow > 1) {
            throw new RetryLater(
                    Reason.UNAVAILABLE, Scope.INSTANCE, Duration.ZERO, "the hub takes no commands", failure);
        }
    }

    private boolean exhausted(Unsent unsent, Instant now) {
        Instant since = unsent.failingSince().orElse(now);
        boolean longEnough = unsent.tries() + 1 >= attempts || now.isAfter(since.plus(within));
        return longEnough && lastAccepted.isAfter(since);
    }

    private static boolean tooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AmqpException amqp
                    && amqp.getErrorCondition() == AmqpErrorCondition.LINK_PAYLOAD_SIZE_EXCEEDED) {
                return true;
            }
        }
        return false;
    }

    /** It holds up nothing any more: what people write later in ServiceNow is told all the same. */
    private void giveUp(Unsent unsent, Exception failure) {
        var command = unsent.command();
        boolean large = tooLarge(failure);
        LOG.atWarn()
                .addKeyValue("command", command.id())
                .addKeyValue("why", failure.toString())
                .log("the hub does not take a command; it is kept as a dead letter");
        outbox.giveUp(
                unsent.position(),
                new DeadLetter(
                        command.tenant(),
                        command.instance(),
                        new ChangeId("/roombridge/command#" + command.id()),
                        command.ticket(),
                        DeadLetter.Kind.COMMAND,
                        Lane.CONVERSATION,
                        DeadLetter.State.KEPT,
                        large ? Reason.TOO_LARGE : Reason.EXHAUSTED,
                        "the portal's hub does not take the command " + command.name() + ": " + failure,
                        command.body(),
                        unsent.tries() + 1,
                        clock.instant()));
    }
}
