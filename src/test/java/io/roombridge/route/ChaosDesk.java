package io.roombridge.route;

import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.Person;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;

/** People at work in ServiceNow. What a rule of the instance refuses does not happen. */
final class ChaosDesk {

    private static final List<String> AGENTS = List.of("beth.anglin", "david.loo");

    private final EmbeddedServiceNow serviceNow;

    ChaosDesk(EmbeddedServiceNow serviceNow) {
        this.serviceNow = serviceNow;
    }

    void act(ChaosAction.Kind kind, ChaosRoom room, String mark, Random random) {
        Person agent = serviceNow.desk().as(AGENTS.get(random.nextInt(AGENTS.size())));
        switch (kind) {
            case COMMENT -> onOpen(room, (incident, id) -> comment(room, agent, incident, mark, ""));
            case REPLY -> onOpen(room, (incident, id) -> comment(room, agent, incident, mark, quotation(id)));
            case NOTE -> onOpen(room, (incident, id) -> agent.workNote(id, "for the desk «" + mark + "»"));
            case ASSIGN -> onOpen(room, (incident, id) -> agent.assign(id, "david.loo"));
            case HOLD -> onOpen(room, (incident, id) -> agent.hold(id, "1"));
            case RESOLVE -> onOpen(room, (incident, id) -> agent.resolve(id, "Solution provided", "Done"));
            case REOPEN ->
                onOpen(room, (incident, id) -> {
                    if (incident.state().equals("6")) {
                        agent.reopen(id);
                    }
                });
            case CLOSE ->
                onOpen(room, (incident, id) -> {
                    serviceNow.desk().as("admin").resolve(id, "Solution provided", "Done");
                    serviceNow.desk().as("admin").close(id);
                });
            case CANCEL -> onOpen(room, (incident, id) -> agent.cancel(id, "Duplicate"));
            case EDIT -> onOpen(room, (incident, id) -> edit(agent, id, mark, random));
            case PLAN -> onOpen(room, (incident, id) -> attach(room, agent, id, mark));
            case DELETE ->
                onOpen(room, (incident, id) -> serviceNow.desk().as("admin").delete(id));
            default -> throw new IllegalArgumentException(kind + " is nothing that people do at the desk");
        }
    }

    private static void edit(Person agent, String id, String mark, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> agent.set(id, "short_description", "Camera, says the desk, " + mark);
            case 1 -> agent.set(id, "urgency", "1");
            default -> agent.set(id, "impact", "2");
        }
    }

    private static void comment(ChaosRoom room, Person agent, Incident incident, String mark, String quoted) {
        agent.comment(incident.sysId(), "The desk looks after it «" + mark + "»" + quoted);
        room.comments.put(mark, incident.sysId());
    }

    private static void attach(ChaosRoom room, Person agent, String id, String mark) {
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        agent.attach(id, "plan.txt", "text/plain", bytes);
        room.plans.put(FilesBench.sha256(bytes), id);
    }

    /** As a mail program answers: the bridge's last comment stands below, with its reference. */
    private String quotation(String sysId) {
        return serviceNow.desk().journal(sysId).stream()
                .filter(entry -> entry.element().equals("comments"))
                .map(JournalEntry::value)
                .filter(text -> text.startsWith("From the Teams Rooms portal"))
                .reduce((first, second) -> second)
                .map(text -> "\n\nOn Mon, Jun 1, 2026 at 9:14 AM Service Desk <desk@example.com> wrote:\n"
                        + text.lines().map(line -> "> " + line).reduce("", (a, b) -> a + b + "\n"))
                .orElse("");
    }

    /** On the room's newest incident that is neither closed nor canceled. */
    private void onOpen(ChaosRoom room, BiConsumer<Incident, String> act) {
        open(room).ifPresent(incident -> {
            try {
                act.accept(incident, incident.sysId());
            } catch (IllegalStateException refusedByRule) {
                // As for a person in the browser: nothing was saved.
            }
        });
    }

    private Optional<Incident> open(ChaosRoom room) {
        return serviceNow.desk().correlatedTo(ChaosEvidence.ticketId(room.canonical())).stream()
                .filter(Incident::isActive)
                .max(Comparator.comparing(Incident::number));
    }
}
