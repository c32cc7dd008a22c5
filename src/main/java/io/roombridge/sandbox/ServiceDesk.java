package io.roombridge.sandbox;

import io.roombridge.sandbox.portal.DeskAction;
import io.roombridge.sandbox.portal.DeskRecords;
import io.roombridge.sandbox.portal.TicketName;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The people of the desk on a simulated day: carries out what the script has them do, and shows its judge the records. */
public final class ServiceDesk implements Consumer<DeskAction>, DeskRecords {

    private static final String AWAITING_VENDOR = "4";
    private static final String CLOSE_CODE = "Solution provided";
    private static final List<String> OPEN = List.of("1", "2", "3");

    private final EmbeddedServiceNow serviceNow;
    private final String agent;

    public ServiceDesk(EmbeddedServiceNow serviceNow) {
        this.serviceNow = serviceNow;
        this.agent = serviceNow.accounts().agents().get(0);
    }

    /** Acts on the ticket's open incident; without one there is nothing a person could act on. */
    @Override
    public void accept(DeskAction action) {
        Person person = serviceNow.desk().as(agent);
        openIncident(action.ticket()).map(Incident::sysId).ifPresent(sysId -> {
            switch (action.act()) {
                case ASSIGN -> person.assign(sysId, agent);
                case COMMENT -> person.comment(sysId, action.text());
                case HOLD -> person.hold(sysId, AWAITING_VENDOR);
                case RESOLVE -> person.resolve(sysId, CLOSE_CODE, action.text());
                default -> throw new IllegalStateException("the desk does not know how to " + action.act());
            }
        });
    }

    private Optional<Incident> openIncident(TicketName ticket) {
        return serviceNow.desk().correlatedTo(ticket.correlationId()).stream()
                .filter(incident -> OPEN.contains(incident.state()))
                .findFirst();
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
        return serviceNow.history().to("incident").stream()
                .map(write -> new FieldWrite(write.sysId(), write.changed()))
                .toList();
    }
}
