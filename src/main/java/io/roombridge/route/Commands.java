package io.roombridge.route;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.portal.PortalCommand;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.portal.PortalCommands;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import io.roombridge.trace.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the commands that the portal gets, ready for the outbox. Their ids are derived from what they are about, never
 * drawn: deciding the same thing again, after a crash or a rebuild, gives the same id, and the relay performs it once.
 */
public final class Commands {

    private static final Pattern OURS = Pattern.compile("rb-[a-z]+-\\S+");

    private final PortalCommands encoding = new PortalCommands();
    private final boolean on;
    private final Clock clock;
    private final Tracing tracing;

    /** @param on whether anything is sent to the portal at all ({@code roombridge.portal.commands}) */
    public Commands(boolean on, Clock clock) {
        this(on, clock, Tracing.OFF);
    }

    /** @param tracing gives each command the trace of what caused it */
    public Commands(boolean on, Clock clock, Tracing tracing) {
        this.on = on;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** Whether anything is sent to the portal at all. */
    public boolean on() {
        return on;
    }

    /**
     * One command about a ticket, under one of the ids below; none when this configuration sends nothing, or the portal has no
     * ticket that could be told.
     */
    public List<OutgoingCommand> about(Ticket ticket, String id, Request request) {
        if (!on || !ticket.portal().named()) {
            return List.of();
        }
        PortalCommand command = PortalCommand.about(
                        ticket.tenant(), ticket.portal().portalTicketId(), id, clock.instant(), request)
                .inTrace(tracing.decided(encoding.name(request), causeOf(request, ticket)));
        return List.of(new OutgoingCommand(
                ticket.tenant(),
                ticket.instance(),
                Optional.of(ticket.id()),
                id,
                encoding.name(request),
                encoding.partitionKey(command),
                new String(encoding.encode(command), StandardCharsets.UTF_8),
                command.at()));
    }

    /** The portal's own event led to the number of the incident; to what people do in ServiceNow it did not. */
    private static Optional<String> causeOf(Request request, Ticket ticket) {
        return request instanceof Request.LinkSnow ? PortalCommands.traceOf(ticket.lastEvent()) : Optional.empty();
    }

    /** One command about all tickets of a tenant. */
    public List<OutgoingCommand> ofTenant(String tenant, String instance, String id, Request request) {
        if (!on) {
            return List.of();
        }
        PortalCommand command = new PortalCommand(id, tenant, Optional.empty(), clock.instant(), request);
        return List.of(new OutgoingCommand(
                tenant,
                instance,
                Optional.empty(),
                id,
                encoding.name(request),
                encoding.partitionKey(command),
                new String(encoding.encode(command), StandardCharsets.UTF_8),
                command.at()));
    }

    /** Of a journal entry, or of one part of it where it is too long for one message: parts count from 1. */
    public static String journal(String instance, String sysId, int part) {
        return "rb-journal-" + instance + "-" + sysId + (part == 1 ? "" : "-" + part);
    }

    /** Of a file in ServiceNow. */
    public static String file(String instance, String sysId) {
        return "rb-file-" + instance + "-" + sysId;
    }

    /** Of the n-th version of an incident that the portal is told of. */
    public static String state(String instance, String incident, long n) {
        return "rb-state-" + instance + "-" + incident + "-" + n;
    }

    /** Of showing an incident's number at its ticket. */
    public static String link(String instance, String incident) {
        return "rb-link-" + instance + "-" + incident;
    }

    /** Of saying that somebody works on an incident. */
    public static String taken(String instance, String incident) {
        return "rb-taken-" + instance + "-" + incident;
    }

    /** Of asking for every open ticket of a tenant, once an hour at most. */
    public static String snapshot(String instance, Instant at) {
        return "rb-snapshot-" + instance + "-" + at.getEpochSecond() / 3600;
    }

    /** Of saying that an incident was deleted. */
    public static String gone(String instance, String incident) {
        return "rb-gone-" + instance + "-" + incident;
    }

    /** Of the answer to a message that came after its incident was closed; {@code message} marks that message's write. */
    public static String closed(String instance, Reference message) {
        return "rb-closed-" + instance + "-" + message.value();
    }

    static boolean isOfFile(String id) {
        return id.startsWith("rb-file-");
    }

    /** Of telling the customer that a ticket will be closed, or that it was; {@code step} marks that step. */
    public static String inactive(String instance, Reference step) {
        return "rb-inactive-" + instance + "-" + step.value();
    }

    /** Whether an id has the form of those above, whatever the outbox remembers of it. */
    static boolean haveTheForm(String id) {
        return OURS.matcher(id).matches();
    }
}
