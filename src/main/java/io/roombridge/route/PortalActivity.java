package io.roombridge.route;

import io.roombridge.closing.Activity;
import io.roombridge.closing.Activity.Kind;
import io.roombridge.ticket.Actor;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Origin;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the portal says about whose turn it is. Pure. Whoever writes there counts as the customer's side, partners too:
 * the SOC works in ServiceNow, and in doubt the ticket is not closed.
 */
final class PortalActivity {

    private PortalActivity() {}

    /**
     * @param before the ticket before this change; empty for one never seen
     * @param after the ticket as the change leaves it; empty when the change was set aside
     */
    static List<Activity> of(Optional<Ticket> before, Optional<Ticket> after, Change change, Outcome outcome) {
        List<Activity> facts = new ArrayList<>();
        after.ifPresent(ticket -> {
            if (before.isEmpty() && ticket.portal().origin() == Origin.CUSTOMER) {
                facts.add(Activity.entry(change.id() + "#raised", Kind.CUSTOMER_ENTRY, change.at()));
            }
            PortalState state = ticket.portal().state();
            if (before.filter(known -> known.portal().state() == state).isEmpty()) {
                facts.add(Activity.portalStatus(change.id() + "#status", change.at(), state));
            }
        });
        if (applied(outcome)) {
            spoken(change)
                    .ifPresent(
                            at -> facts.add(Activity.entry(change.id() + Activity.IN_PORTAL, Kind.CUSTOMER_ENTRY, at)));
        }
        return facts;
    }

    private static boolean applied(Outcome outcome) {
        return outcome instanceof Outcome.Delivered
                || outcome instanceof Outcome.Ignored
                || outcome instanceof Outcome.Dead;
    }

    /** When a person wrote or attached something, if this is what the change says. */
    private static Optional<Instant> spoken(Change change) {
        if (change.detail() instanceof Detail.Message message) {
            return Optional.of(message.at()).filter(at -> message.human());
        } else if (change.detail() instanceof Detail.Attachment) {
            return change.actor().map(Actor::type).filter(Actor.Type::human).map(person -> change.at());
        }
        return Optional.empty();
    }
}
