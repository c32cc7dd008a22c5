package io.roombridge.closing;

import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.PortalState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of a ticket at one moment, as far as it decides whose turn it is. Grows by one fact after the other. */
final class Turn {

    /** ServiceNow's value for Awaiting Caller (facts/servicenow.md, section 2.1). */
    private static final String AWAITING_CALLER = "1";

    private final String incident;
    private Optional<PortalState> portal = Optional.empty();
    private Optional<IncidentState> desk = Optional.empty();
    private String holdReason = "";
    private Optional<Instant> customerEntry = Optional.empty();
    private Optional<Instant> socEntry = Optional.empty();
    private Optional<Instant> handOver = Optional.empty();

    /** @param incident only the state of this incident counts; earlier incidents of the ticket are over */
    Turn(String incident) {
        this.incident = incident;
    }

    /** Who has the ball, and why, in words for people. */
    record Holder(Ball ball, String why) {}

    void takeIn(List<Activity> atOneMoment) {
        atOneMoment.forEach(this::takeIn);
    }

    private void takeIn(Activity fact) {
        Optional<Instant> at = Optional.of(fact.at());
        switch (fact.kind()) {
            case CUSTOMER_ENTRY -> customerEntry = at;
            case SOC_ENTRY -> socEntry = at;
            case PORTAL_STATUS -> {
                portal = Optional.of(fact.portalState());
                if (fact.portalState() == PortalState.NEEDS_ACTION) {
                    handOver(fact);
                }
            }
            case DESK_STATE, OWN_STATE -> takeInState(fact);
            case SOC_NOTE, ASSIGNED -> {
                // Somebody is at work, which does not change whose turn it is.
            }
        }
    }

    private void takeInState(Activity fact) {
        if (fact.incident().filter(incident::equals).isPresent()) {
            desk = Optional.of(fact.deskState());
            holdReason = fact.holdReason();
            if (awaitingCaller()) {
                handOver(fact);
            }
        }
    }

    /** What the customer said since the hand-over may have happened, nobody may have read when handing over. */
    private void handOver(Activity fact) {
        handOver = handOver.filter(fact.earliest()::isBefore).or(() -> Optional.of(fact.earliest()));
    }

    /** The first rule that matches decides: vendor, SOC, system, customer (design, section 3.6). */
    Holder holder() {
        if (onHold() && !awaitingCaller()) {
            return new Holder(Ball.VENDOR, "the incident is on hold for somebody else than the caller");
        } else if (customerWaits()) {
            return new Holder(Ball.SOC, "the customer was the last to say something");
        } else if (portal.filter(PortalState.INVESTIGATING::equals).isPresent()) {
            return new Holder(Ball.SYSTEM, "the portal is investigating");
        } else if (portal.filter(PortalState.NEEDS_ACTION::equals).isPresent()) {
            return new Holder(Ball.CUSTOMER, "the portal says Needs Action");
        } else if (awaitingCaller()) {
            return new Holder(Ball.CUSTOMER, "the incident is on hold, Awaiting Caller");
        } else if (socSpokeLast()) {
            return new Holder(Ball.CUSTOMER, "the SOC was the last to say something");
        }
        return new Holder(Ball.SOC, "nobody was asked to act yet");
    }

    /** In the same moment the customer counts as the later one: then nothing is closed. */
    private boolean customerWaits() {
        return customerEntry.isPresent()
                && notBefore(customerEntry.get(), socEntry)
                && notBefore(customerEntry.get(), handOver);
    }

    private boolean socSpokeLast() {
        return socEntry.isPresent()
                && customerEntry.filter(entry -> notBefore(entry, socEntry)).isEmpty();
    }

    private static boolean notBefore(Instant moment, Optional<Instant> other) {
        return other.filter(moment::isBefore).isEmpty();
    }

    private boolean onHold() {
        return desk.filter(IncidentState.ON_HOLD::equals).isPresent();
    }

    private boolean awaitingCaller() {
        return onHold() && holdReason.equals(AWAITING_CALLER);
    }
}
