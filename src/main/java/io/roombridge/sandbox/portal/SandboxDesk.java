package io.roombridge.sandbox.portal;

import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Person;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk of the embedded ServiceNow: what the judge reads of it, from inside and not through the API, and the agents who
 * do what the script of the day says.
 */
public final class SandboxDesk implements DeskRecords, Consumer<DeskAction> {

    private static final Logger log = LoggerFactory.getLogger(SandboxDesk.class);

    private static final String INCIDENT = "incident";
    private static final Set<String> ACTIVE = Set.of("1", "2", "3");
    private static final String AWAITING_VENDOR = "4";

    /** What agents choose, in the words of newer and of older instances. */
    private static final List<String> CLOSE_CODES = List.of("Solution provided", "Solved (Permanently)");

    private final EmbeddedServiceNow serviceNow;

    public SandboxDesk(EmbeddedServiceNow serviceNow) {
        this.serviceNow = serviceNow;
    }

    @Override
    public List<IncidentRow> incidents() {
        return serviceNow.desk().incidents().stream()
                .map(incident -> new IncidentRow(
                        incident.sysId(),
                        incident.number(),
                        incident.correlationId(),
                        incident.state(),
                        incident.field("parent")))
                .toList();
    }

    @Override
    public List<FieldWrite> writes() {
        return serviceNow.history().to(INCIDENT).stream()
                .map(write -> new FieldWrite(write.sysId(), write.changed()))
                .toList();
    }

    /** Acts on the ticket's active incident. Without one nobody can act: the judge will say what is wrong with that. */
    @Override
    public void accept(DeskAction action) {
        Optional<Incident> active = serviceNow
                .desk()
                .correlatedTo(action.ticket().correlationId())
                .stream()
                .filter(incident -> ACTIVE.contains(incident.state()))
                .reduce((older, newer) -> newer);
        active.ifPresentOrElse(
                incident -> act(action, incident.sysId()),
                () -> log.atWarn()
                        .addKeyValue("ticket", action.ticket().correlationId())
                        .addKeyValue("act", action.act())
                        .log("there is no active incident for a person to act on"));
    }

    private void act(DeskAction action, String sysId) {
        String agent = agentFor(action.ticket());
        Person person = serviceNow.desk().as(agent);
        switch (action.act()) {
            case ASSIGN -> person.assign(sysId, agent);
            case COMMENT -> person.comment(sysId, action.text());
            case HOLD -> {
                person.workNote(sysId, action.text());
                person.hold(sysId, AWAITING_VENDOR);
            }
            case RESOLVE -> person.resolve(sysId, closeCode(), action.text());
        }
    }

    private String closeCode() {
        return CLOSE_CODES.stream()
                .filter(code ->
                        serviceNow.desk().find("sys_choice", "value", code).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the desk offers none of the close codes " + CLOSE_CODES));
    }

    /** The same agent for all that happens to a ticket. */
    private String agentFor(TicketName ticket) {
        List<String> agents = serviceNow.accounts().agents();
        return agents.get(Math.floorMod(ticket.canonical().hashCode(), agents.size()));
    }
}
