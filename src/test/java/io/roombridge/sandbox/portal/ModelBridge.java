package io.roombridge.sandbox.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The smallest bridge that can be right: it sees the stream as it is published, copies, late events and all, and keeps the
 * desk in memory. It shows that a day can be passed, and with one mechanism switched off, that the judge notices.
 */
final class ModelBridge implements DeskRecords {

    /** What can be switched off. */
    enum Mechanism {
        DEDUPLICATION_AND_ORDER,
        ORDER,
        HOLD_DOWN,
        ADMISSION,
        ONE_INCIDENT_PER_TICKET,
        RECOVERY,
        PEOPLE_FIRST
    }

    private static final Set<String> UNHEALTHY = Set.of("new", "investigating", "needsAction");

    private final Set<Mechanism> off = EnumSet.noneOf(Mechanism.class);
    private final PortalFacts facts = new PortalFacts();
    private final Set<String> seen = new HashSet<>();
    private final Map<TicketName, Ticket> tickets = new HashMap<>();
    private final List<IncidentRow> rows = new ArrayList<>();
    private final List<FieldWrite> writes = new ArrayList<>();

    private static final class Ticket {
        private long sequence;
        private Instant healthySince;
        private String sysId;
        private boolean taken;
    }

    ModelBridge without(Mechanism mechanism) {
        off.add(mechanism);
        return this;
    }

    ModelBridge live(CampusDay day) {
        for (CampusDay.Step step : day.steps()) {
            step.postings().forEach(posting -> posting.events().forEach(this::receive));
            sweep(step.at());
            step.deskActions().forEach(this::act);
        }
        sweep(day.end());
        return this;
    }

    private void receive(PortalEvent event) {
        boolean copy = !seen.add(event.id()) && on(Mechanism.DEDUPLICATION_AND_ORDER);
        if (copy || event.form() != PortalEvent.Form.VALID) {
            return;
        }
        event.ticket()
                .ifPresentOrElse(
                        name -> apply(event, name, tickets.computeIfAbsent(name, unknown -> new Ticket())),
                        () -> facts.learn(event));
    }

    private void apply(PortalEvent event, TicketName name, Ticket ticket) {
        long sequence = event.sequence().orElseThrow();
        boolean ordered = on(Mechanism.DEDUPLICATION_AND_ORDER) && on(Mechanism.ORDER);
        if (ordered && sequence < ticket.sequence) {
            return;
        }
        ticket.sequence = sequence;
        if (!UNHEALTHY.contains(event.data().at("/ticket/state").asText())) {
            ticket.healthySince = ticket.healthySince == null ? event.time() : ticket.healthySince;
            return;
        }
        ticket.healthySince = null;
        boolean admitted = !on(Mechanism.ADMISSION) || facts.against(event).isEmpty();
        boolean another = !on(Mechanism.ONE_INCIDENT_PER_TICKET) && event.name().equals("ticket.reopened");
        if (admitted && (ticket.sysId == null || another)) {
            ticket.sysId = open(name);
        } else if (admitted && state(ticket).equals("6")) {
            write(ticket.sysId, ticket.taken ? "2" : "1");
        }
    }

    private void sweep(Instant now) {
        for (Ticket ticket : tickets.values()) {
            Instant since = ticket.healthySince;
            boolean held = on(Mechanism.HOLD_DOWN)
                    && since != null
                    && since.plus(Truth.HOLD_DOWN).isAfter(now);
            boolean theirs = ticket.taken && on(Mechanism.PEOPLE_FIRST);
            if (ticket.sysId != null && since != null && !held && !theirs && on(Mechanism.RECOVERY)) {
                write(ticket.sysId, "6");
            }
        }
    }

    private void act(DeskAction action) {
        Ticket ticket = tickets.get(action.ticket());
        ticket.taken = true;
        switch (action.act()) {
            case HOLD -> write(ticket.sysId, "3");
            case RESOLVE -> write(ticket.sysId, "6");
            case ASSIGN, COMMENT -> {
                // The state stays.
            }
        }
    }

    private boolean on(Mechanism mechanism) {
        return !off.contains(mechanism);
    }

    private String open(TicketName name) {
        String sysId = "%032x".formatted(rows.size() + 1);
        rows.add(new IncidentRow(sysId, "INC%07d".formatted(rows.size() + 1), name.correlationId(), "1", ""));
        writes.add(new FieldWrite(sysId, Map.of("state", "1")));
        return sysId;
    }

    private String state(Ticket ticket) {
        return row(ticket.sysId).state();
    }

    private IncidentRow row(String sysId) {
        return rows.stream()
                .filter(row -> row.sysId().equals(sysId))
                .findFirst()
                .orElseThrow();
    }

    private void write(String sysId, String state) {
        IncidentRow row = row(sysId);
        if (!row.state().equals(state)) {
            writes.add(new FieldWrite(sysId, Map.of("state", state)));
            rows.set(rows.indexOf(row), new IncidentRow(sysId, row.number(), row.correlationId(), state, row.parent()));
        }
    }

    @Override
    public List<IncidentRow> incidents() {
        return List.copyOf(rows);
    }

    @Override
    public List<FieldWrite> writes() {
        return List.copyOf(writes);
    }
}
