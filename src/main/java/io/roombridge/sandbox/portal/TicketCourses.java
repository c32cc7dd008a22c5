package io.roombridge.sandbox.portal;

import java.util.List;

/**
 * The lives that a single ticket can have in a day. A relapse comes either well inside the bridge's recovery hold-down of
 * 15 minutes or well after it, never near its end: what the bridge has to do is then beyond doubt, however late the relay
 * publishes and however long the bridge takes.
 */
final class TicketCourses {

    private final PortalBook book;
    private final DayPlan plan;

    TicketCourses(PortalBook book, DayPlan plan) {
        this.book = book;
        this.plan = plan;
    }

    /** The portal's own diagnosis repairs it. */
    void repairedByAutomation(RoomSignal signal, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.add(ticket.unhealthy(at.now()));
        plan.add(ticket.remediation(at.after(3, 8), "success"));
        plan.add(ticket.resolved(at.after(3, 10)));
    }

    /** Automation fails, the customer is asked, answers and repairs it. */
    void repairedByCustomer(RoomSignal signal, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        plan.add(ticket.customerMessage(at.after(15, 60), "Dana Whitfield", "We are looking at it now."));
        plan.add(ticket.updated(at.after(1, 10), "recommendedAction", "Check the cable.", "Replace the cable."));
        plan.add(ticket.resolved(at.after(5, 60)));
    }

    /** Nobody takes care of it before the evening. */
    void staysOpen(RoomSignal signal, Moment at) {
        asked(signal, at);
    }

    /** Left unattended, a warning becomes important (facts/portal.md, section 3.1). */
    void ages(RoomSignal signal, boolean repaired, Moment at) {
        TrackedTicket ticket = book.ticket(signal).withSeverity("warning");
        plan.add(ticket.unhealthy(at.now()));
        plan.add(ticket.status(at.after(10, 20), TrackedTicket.NEEDS_ACTION));
        plan.add(ticket.severity(at.after(60, 150), "important", "aged"));
        plan.add(ticket.updated(at.after(2, 8), "description", "first seen", "seen for hours"));
        if (repaired) {
            plan.add(ticket.resolved(at.after(30, 90)));
        }
    }

    /** Healthy for a few minutes only: one episode. */
    void relapsesAtOnce(RoomSignal signal, boolean repaired, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        plan.add(ticket.resolved(at.after(10, 40)));
        plan.add(ticket.unhealthy(at.after(3, 8)));
        if (repaired) {
            plan.add(ticket.remediation(at.after(4, 8), "success"));
            plan.add(ticket.resolved(at.after(2, 30)));
        }
    }

    /** Healthy long enough to be believed, then unhealthy again: a second episode of the same incident. */
    void relapsesLater(RoomSignal signal, boolean repaired, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.add(ticket.unhealthy(at.now()));
        plan.add(ticket.resolved(at.after(10, 40)));
        plan.add(ticket.unhealthy(at.after(40, 120)));
        plan.add(ticket.status(at.after(5, 15), TrackedTicket.NEEDS_ACTION));
        if (repaired) {
            plan.add(ticket.resolved(at.after(10, 60)));
        }
    }

    /** A display that goes to sleep and comes back all the time: one episode. */
    void flaps(RoomSignal signal, int times, boolean repaired, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.add(ticket.unhealthy(at.now()));
        for (int time = 0; time < times; time++) {
            plan.add(ticket.resolved(at.after(4, 9)));
            plan.add(ticket.unhealthy(at.after(3, 8)));
        }
        if (repaired) {
            plan.add(ticket.resolved(at.after(4, 9)));
        }
    }

    /** Something is odd and goes away before it counts. */
    void onlyWatched(RoomSignal signal, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.add(ticket.watching(at.now()));
        plan.add(ticket.stillHealthy(at.after(10, 25)));
    }

    void watchedThenOpened(RoomSignal signal, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.add(ticket.watching(at.now()));
        plan.add(ticket.unhealthy(at.after(20, 30)));
        plan.add(ticket.status(at.after(5, 15), TrackedTicket.NEEDS_ACTION));
    }

    /** A recommendation is no reason for an incident, unless it grows into more. */
    void recommended(RoomSignal signal, boolean grows, Moment at) {
        TrackedTicket ticket = book.ticket(signal).withSeverity("recommended");
        plan.addSteady(ticket.unhealthy(at.now()));
        plan.addSteady(ticket.status(at.after(10, 20), TrackedTicket.NEEDS_ACTION));
        if (grows) {
            plan.addSteady(ticket.severity(at.after(60, 120), "important", "manual"));
        }
    }

    /** The portal changes the name of the signal while the ticket is open. */
    void renamed(RoomSignal signal, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        ticket.renameSignal();
        plan.add(ticket.customerMessage(at.after(20, 40), "Lee Okafor", "Any news about the big screen?"));
        plan.add(ticket.resolved(at.after(20, 60)));
    }

    /** The portal gives up on a customer who never answers; for the bridge that is a recovery. */
    void closedAsInactive(RoomSignal signal, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        plan.add(ticket.closed(at.after(120, 180), "inactive"));
    }

    /** A person takes the incident, the signal recovers, the person resolves it; much later it comes back. */
    void workedOn(RoomSignal signal, boolean comesBack, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        plan.desk(at.after(25, 40), ticket, DeskAction.Act.ASSIGN, "");
        plan.desk(at.after(5, 15), ticket, DeskAction.Act.COMMENT, "A technician is on the way to the room.");
        plan.add(ticket.resolved(at.after(10, 40)));
        plan.desk(at.after(30, 50), ticket, DeskAction.Act.RESOLVE, "Cable replaced, tested with a call.");
        if (comesBack) {
            plan.add(ticket.unhealthy(at.after(30, 60)));
        }
    }

    /** A person waits for the vendor: whatever the signal does, the state of the incident is theirs. */
    void heldForVendor(RoomSignal signal, boolean repaired, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        plan.desk(at.after(25, 40), ticket, DeskAction.Act.ASSIGN, "");
        plan.desk(at.after(3, 10), ticket, DeskAction.Act.HOLD, "Spare part ordered from the vendor.");
        plan.add(ticket.botMessage(at.after(10, 40), "The signal is still unhealthy."));
        if (repaired) {
            plan.add(ticket.resolved(at.after(20, 60)));
        }
    }

    /** A person only asks something; the signal recovers by itself. */
    void askedByDesk(RoomSignal signal, Moment at) {
        TrackedTicket ticket = asked(signal, at);
        plan.desk(at.after(25, 40), ticket, DeskAction.Act.COMMENT, "Is the room in use today?");
        plan.add(ticket.customerMessage(at.after(5, 30), "Dana Whitfield", "Yes, at two o'clock."));
        plan.add(ticket.resolved(at.after(20, 60)));
    }

    /** Several rooms, a person's words, High Impact; only a person closes it (facts/portal.md, section 3.1). */
    void recordedIssue(List<MeetingRoom> rooms, String title, boolean highImpact, boolean solved, Moment at) {
        TrackedTicket ticket = book.record(rooms, title, highImpact);
        plan.add(ticket.recorded(at.now()));
        plan.add(ticket.customerMessage(
                at.after(5, 20), "Priya Raman", "It began after lunch, in each of these rooms."));
        plan.add(ticket.customerMessage(at.after(20, 60), "Priya Raman", "A picture would help? I can send one."));
        if (solved) {
            plan.add(ticket.resolvedBy(at.after(30, 90), "Priya Raman"));
            plan.add(ticket.closed(at.after(1, 5), "manual"));
        }
    }

    /** Diagnosis fails and the portal asks the customer to act. */
    private TrackedTicket asked(RoomSignal signal, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.add(ticket.unhealthy(at.now()));
        plan.add(ticket.remediation(at.after(4, 9), "failed"));
        plan.add(ticket.status(at.after(1, 6), TrackedTicket.NEEDS_ACTION));
        plan.add(ticket.botMessage(at.after(1, 3), "Please follow the recommended action and answer here."));
        return ticket;
    }
}
