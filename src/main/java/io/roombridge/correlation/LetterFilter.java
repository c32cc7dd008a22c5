package io.roombridge.correlation;

import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.ticket.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which letters are meant; what is empty does not narrow.
 *
 * @param ids no id means every one
 * @param ticket a ticket id, or the number of any of its incidents
 */
public record LetterFilter(List<Long> ids, List<State> states, Optional<Reason> reason, Optional<String> ticket) {

    /** Those a person may act on. */
    public static final List<State> OPEN = List.of(State.DEAD, State.PARKED, State.KEPT);

    public LetterFilter {
        ids = List.copyOf(ids);
        states = List.copyOf(states);
    }

    String where() {
        List<String> conditions = new ArrayList<>(List.of("d.state in (<states>)"));
        if (!ids.isEmpty()) {
            conditions.add("d.position in (<ids>)");
        }
        reason.ifPresent(given -> conditions.add("d.reason = :reason"));
        ticket.ifPresent(given -> conditions.add("(d.ticket_id = :ticket or d.ticket_id in"
                + " (select i.ticket_id from incident i where upper(i.number) = upper(:ticket)"
                + " and i.tenant = d.tenant and i.instance = d.instance))"));
        return " where " + String.join(" and ", conditions);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        S bound = statement.bindList("states", states.stream().map(Enum::name).toList());
        if (!ids.isEmpty()) {
            bound = bound.bindList("ids", ids);
        }
        if (reason.isPresent()) {
            bound = bound.bind("reason", reason.get().name());
        }
        return ticket.isPresent() ? bound.bind("ticket", ticket.get()) : bound;
    }
}
