package io.roombridge.route;

import io.roombridge.correlation.RecentEvents;
import io.roombridge.mapping.Acceptance;
import io.roombridge.mapping.BadMappings;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.mapping.Preview;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tickets of late would look like by other mapping files. Reads, and asks the instances; writes nothing. */
public final class PreviewMappings {

    private final MappingsInForce inForce;
    private final RecentEvents recent;
    private final Desks desks;

    public PreviewMappings(MappingsInForce inForce, RecentEvents recent, Desks desks) {
        this.inForce = inForce;
        this.recent = recent;
        this.desks = desks;
    }

    /** One ticket, and what would change. */
    public record Seen(Ticket ticket, Preview preview) {

        /** What people know it by: the number of its incident, or its id where it has none. */
        public String name() {
            return ticket.current()
                    .map(Incident::number)
                    .orElseGet(() -> ticket.id().value());
        }
    }

    /**
     * The tickets that changed last.
     *
     * @throws BadMappings when the files have faults
     */
    public List<Seen> of(MappingDirectory files, int tickets) {
        MappingVersion next = inForce.version().with(files);
        Map<String, Acceptance> instances = new HashMap<>();
        return recent.last(tickets).stream()
                .map(ticket -> new Seen(
                        ticket,
                        Preview.of(
                                Optional.of(inForce.of(ticket.tenant())),
                                next.of(ticket.tenant()),
                                Input.of(ticket.lastEvent(), ticket.key(), ticket.episode()),
                                instances.computeIfAbsent(ticket.instance(), this::instance))))
                .toList();
    }

    /** An instance that takes no calls now is not waited for. */
    private Acceptance instance(String name) {
        return desks.named(name)
                .filter(Desk::open)
                .<Acceptance>map(DeskAcceptance::new)
                .orElse(Acceptance.UNASKED);
    }
}
