package io.roombridge.route;

import io.roombridge.correlation.PortalOutbox;
import io.roombridge.ticket.Actor;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Which changes of the portal the bridge caused itself: those that carry the id of one of its commands. Quoting or
 * answering a message of the bridge makes nothing its own.
 */
final class OwnCommands {

    /** The commands that put a text into the portal; an answer to another one is news, for example why it was refused. */
    private static final Set<String> WITH_TEXT = Set.of("message-add", "close");

    private static final String WITH_FILE = "attachment-add";

    private final PortalOutbox outbox;
    private final Clock clock;

    OwnCommands(PortalOutbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Whether a command of the bridge caused the change; a snapshot was only asked for, and is the portal's own word. */
    boolean caused(Change change) {
        return change.correlationId()
                .filter(id -> change.kind() != Kind.TICKET_SNAPSHOT)
                .filter(id -> isOfTheBridge(change))
                .filter(id -> outbox.knows(change.tenant(), id) || isOursByForm(change, id))
                .isPresent();
    }

    /** Whether the change is nothing but a text or file of the bridge, coming back. */
    boolean isEcho(Change change) {
        Optional<String> id = change.correlationId();
        if (id.isEmpty()
                || !isOfTheBridge(change)
                || (change.kind() != Kind.TICKET_MESSAGE_ADDED && change.kind() != Kind.TICKET_ATTACHMENT_ADDED)) {
            return false;
        }
        boolean message = change.kind() == Kind.TICKET_MESSAGE_ADDED;
        return outbox.nameOf(change.tenant(), id.get())
                .map(name -> message ? WITH_TEXT.contains(name) : name.equals(WITH_FILE))
                .orElseGet(() -> isOursByForm(change, id.get()) && (message || Commands.isOfFile(id.get())));
    }

    /** The command was performed; nothing happens for a change that no known command caused. */
    void confirm(Change change) {
        change.correlationId()
                .filter(id -> isOfTheBridge(change))
                .ifPresent(id -> outbox.confirmed(change.tenant(), id, clock.instant()));
    }

    /** Somebody else's event under a command's id is an answer to it, for example why it was refused. */
    private static boolean isOfTheBridge(Change change) {
        return change.actor().map(actor -> actor.type() == Actor.Type.BRIDGE).orElse(true);
    }

    /** A store that was lost knows its commands no more, but the portal says who acted and under which id. */
    private static boolean isOursByForm(Change change, String id) {
        return Commands.haveTheForm(id)
                && change.actor()
                        .filter(actor -> actor.type() == Actor.Type.BRIDGE)
                        .isPresent();
    }
}
