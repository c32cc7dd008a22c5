package io.roombridge.closing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who has the ball of a ticket, and since when the customer is silent: derived from the recorded facts, whatever the order
 * in which they were recorded (design, section 3.6).
 *
 * <p>The clock runs only while the customer has the ball. Whatever takes the ball away stops it, and handing it back
 * starts a full count; there is no arithmetic of pauses. Activity while it runs starts it anew.
 *
 * @param since when the ball came to who has it now; empty when nothing is recorded
 * @param start since when the customer is silent; empty while the clock does not run
 * @param lastCustomerEntry for the record of a closing
 */
public record InactivityClock(
        Ball ball, String why, Optional<Instant> since, Optional<Instant> start, Optional<Instant> lastCustomerEntry) {

    /**
     * @param incident the sys_id of the ticket's current incident
     * @param knownSince what lies before it is not known for sure, so no count begins earlier: the activation of closing,
     *     or the beginning of the store's unbroken life
     */
    public static InactivityClock read(String incident, List<Activity> facts, Instant knownSince) {
        Turn turn = new Turn(incident);
        Turn.Holder holder = turn.holder();
        Optional<Instant> since = Optional.empty();
        Optional<Instant> start = Optional.empty();
        Optional<Instant> customer = Optional.empty();
        for (List<Activity> moment : moments(facts)) {
            Instant at = moment.get(0).at();
            turn.takeIn(moment);
            Turn.Holder now = turn.holder();
            boolean passed = since.isEmpty() || now.ball() != holder.ball();
            boolean active = moment.stream().anyMatch(fact -> fact.kind().restarts());
            since = passed ? Optional.of(at) : since;
            if (now.ball() != Ball.CUSTOMER) {
                start = Optional.empty();
            } else if (passed || active) {
                start = Optional.of(at.isBefore(knownSince) ? knownSince : at);
            }
            customer = moment.stream().anyMatch(fact -> fact.kind() == Activity.Kind.CUSTOMER_ENTRY)
                    ? Optional.of(at)
                    : customer;
            holder = now;
        }
        return new InactivityClock(holder.ball(), holder.why(), since, start, customer);
    }

    /** The facts in the order of their time; what happened at the same moment counts together. */
    private static List<List<Activity>> moments(List<Activity> facts) {
        List<List<Activity>> moments = new ArrayList<>();
        Instant last = null;
        for (Activity fact :
                facts.stream().sorted(Comparator.comparing(Activity::at)).toList()) {
            if (!fact.at().equals(last)) {
                moments.add(new ArrayList<>());
                last = fact.at();
            }
            moments.get(moments.size() - 1).add(fact);
        }
        return moments;
    }

    public boolean running() {
        return start.isPresent();
    }
}
