package io.roombridge.hooks;

import io.roombridge.correlation.Inbox;
import io.roombridge.ops.Answer;
import io.roombridge.ops.Check;
import io.roombridge.ops.Head;
import io.roombridge.ops.Reception.Visit;
import io.roombridge.ops.Refusal;
import io.roombridge.portal.PortalEvents;
import io.roombridge.portal.Posting;
import io.roombridge.portal.Posting.Envelope;
import io.roombridge.portal.TeamsAlerts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what an admitted source hands in: reads it as far as its sender has to hear of it, stores it, and only then answers. */
final class HandIn {

    private static final Logger LOG = LoggerFactory.getLogger(HandIn.class);
    private static final String NAME = "hooks";

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final PortalEvents events;
    private final TeamsAlerts alerts = new TeamsAlerts();
    private final Inbox inbox;
    private final Runnable arrived;
    private final Clock machine;

    /** When what was handed in last did not fit any more; long ago otherwise. */
    private volatile Instant fullAt = Instant.MIN;

    /** @param arrived wakes the reader of the inbox */
    HandIn(PortalEvents events, Inbox inbox, Runnable arrived, Clock machine) {
        this.events = events;
        this.inbox = inbox;
        this.arrived = arrived;
        this.machine = machine;
    }

    /** @throws Refusal when the head already shows that the body cannot be taken */
    Visit of(Source source, Head head) {
        return switch (source.takes()) {
            case EVENTS -> {
                HttpBinding binding = HttpBinding.of(head);
                yield body ->
                        take(source, events.posting(body, Optional.of(binding.contentType()), binding.attributes()));
            }
            case TEAMS_ALERTS -> body -> take(source, alerts.posting(body, machine.instant()));
        };
    }

    private Answer take(Source source, Posting posting) {
        if (posting instanceof Posting.Unreadable unreadable) {
            throw Refusal.badRequest(unreadable.path() + " " + unreadable.problem());
        }
        List<Envelope> taken = ((Posting.Readable) posting).events();
        taken.forEach(event -> requireOwnTenant(source, event));
        store(source, taken);
        return Answer.accepted(taken.size());
    }

    /** An event that names no tenant belongs to nobody, and is kept as such. */
    private static void requireOwnTenant(Source source, Envelope event) {
        event.tenant().filter(tenant -> !source.speaksOf(tenant)).ifPresent(other -> {
            throw new Refusal(
                    403,
                    "the source " + source.name() + " does not speak of the tenant " + other
                            + "; roombridge.hooks.sources." + source.name() + ".tenants says of which");
        });
    }

    private void store(Source source, List<Envelope> taken) {
        List<Inbox.Posted> rows = taken.stream()
                .map(event -> new Inbox.Posted(event.partitionKey(), event.payload()))
                .toList();
        boolean stored;
        try {
            stored = inbox.put(source.name(), rows, machine.instant());
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("what was handed in could not be stored; its sender is told to come again");
            throw new Refusal(503, "the bridge cannot store it now; send it again");
        }
        fullAt = stored ? Instant.MIN : machine.instant();
        if (!stored) {
            throw new Refusal(503, "too many events wait in the inbox; send it again");
        }
        arrived.run();
    }

    /** Whether what is handed in is taken. Forgotten after a while: whoever asks this first may send nothing else. */
    Check check() {
        return machine.instant().minus(REMEMBERED).isBefore(fullAt)
                ? Check.down(NAME, "the inbox is full")
                : Check.up(NAME, "take events");
    }
}
