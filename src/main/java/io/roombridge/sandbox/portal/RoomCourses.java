package io.roombridge.sandbox.portal;

import java.util.List;

/** What happens to rooms, devices and signals, with the tickets it decides about. Their events keep their places. */
final class RoomCourses {

    private final PortalBook book;
    private final DayPlan plan;
    private final RoomNews news;

    RoomCourses(PortalBook book, DayPlan plan) {
        this.book = book;
        this.plan = plan;
        this.news = new RoomNews(book.pen());
    }

    /**
     * Planned work on one signal. Its ticket says so itself or leaves it to the event before; once the signal is heard
     * again, its next fault counts.
     */
    void signalSuppressed(RoomSignal signal, boolean toldByTicket, boolean comesBack, Moment at) {
        TrackedTicket ticket = book.ticket(signal);
        plan.addSteady(news.signalSuppressed(signal, at.now()));
        if (toldByTicket) {
            ticket.setSuppressed(true);
        }
        plan.addSteady(ticket.unhealthy(at.after(15, 40)));
        plan.addSteady(ticket.remediation(at.after(4, 9), "failed"));
        plan.addSteady(ticket.resolved(at.after(30, 60)));
        plan.addSteady(news.signalUnsuppressed(signal, at.after(40, 60)));
        if (toldByTicket) {
            ticket.setSuppressed(false);
        }
        if (comesBack) {
            plan.addSteady(ticket.unhealthy(at.after(30, 60)));
        }
    }

    /** The room is being rebuilt: everything its first device reports is silenced until the evening. */
    void deviceSuppressed(MeetingRoom room, List<RoomSignal> faults, Moment at) {
        RoomDevice device = room.devices().get(0);
        plan.addSteady(news.deviceSuppressed(room, device, at.now()));
        for (RoomSignal fault : faults) {
            TrackedTicket ticket = book.ticket(fault);
            plan.addSteady(ticket.unhealthy(at.after(10, 40)));
            plan.addSteady(ticket.status(at.after(5, 15), TrackedTicket.NEEDS_ACTION));
            plan.addSteady(ticket.resolved(at.after(20, 40)));
        }
        plan.addSteady(news.deviceUnsuppressed(room, device, at.after(60, 90)));
    }

    /** A device that is being set up fails as new devices do. Once it is enrolled, a fault counts. */
    void onboarding(MeetingRoom room, RoomSignal early, RoomSignal late, boolean enrolled, Moment at) {
        RoomDevice device = early.device();
        plan.addSteady(news.onboarding(room, device, at.now()));
        TrackedTicket first = book.ticket(early);
        first.setLifecycle(RoomNews.ONBOARDING);
        plan.addSteady(first.unhealthy(at.after(20, 40)));
        plan.addSteady(first.resolved(at.after(20, 60)));
        if (!enrolled) {
            return;
        }
        first.setLifecycle(RoomNews.ENROLLED);
        plan.addSteady(news.enrolled(room, device, at.after(30, 60)));
        TrackedTicket second = book.ticket(late);
        plan.addSteady(second.unhealthy(at.after(40, 90)));
        plan.addSteady(second.status(at.after(10, 20), TrackedTicket.NEEDS_ACTION));
    }

    /**
     * The tenant switches a signal off and on again. Open tickets of it are closed for good, nothing of it counts
     * meanwhile, and afterwards a fault comes under another portal ticket id.
     */
    void switchedOff(RoomSignal open, RoomSignal meanwhile, Moment at) {
        String tenant = open.room().tenant();
        TrackedTicket ticket = book.ticket(open);
        plan.addSteady(ticket.unhealthy(at.now()));
        plan.addSteady(ticket.status(at.after(10, 20), TrackedTicket.NEEDS_ACTION));
        plan.addSteady(news.switched(tenant, open.signal(), false, at.after(60, 90)));
        plan.addSteady(ticket.closed(at.after(3, 4), TrackedTicket.SIGNAL_DISABLED));
        TrackedTicket ignored = book.ticket(meanwhile);
        plan.addSteady(ignored.unhealthy(at.after(15, 30)));
        plan.addSteady(ignored.resolved(at.after(10, 20)));
        plan.addSteady(news.switched(tenant, open.signal(), true, at.after(40, 60)));
        plan.addSteady(ticket.unhealthy(at.after(20, 40)));
        plan.addSteady(ticket.status(at.after(5, 15), TrackedTicket.NEEDS_ACTION));
    }

    /** The room gets another name and group while one of its tickets is open. */
    void roomChanged(RoomSignal fault, Moment at) {
        TrackedTicket ticket = book.ticket(fault);
        plan.addSteady(ticket.unhealthy(at.now()));
        MeetingRoom before = fault.room();
        MeetingRoom after = before.changed(
                before.name().endsWith("(Studio)")
                        ? before.name().replace(" (Studio)", "")
                        : before.name() + " (Studio)",
                before.group().equals("Studios") ? "General" : "Studios");
        plan.addSteady(news.changed(before, after, at.after(30, 60)));
        book.change(after);
        ticket.moveTo(new RoomSignal(after, fault.device(), fault.signal(), fault.instance()));
        plan.addSteady(ticket.status(at.after(20, 40), TrackedTicket.NEEDS_ACTION));
        plan.addSteady(ticket.resolved(at.after(30, 60)));
    }

    /** New hardware in the same room: the ticket goes on (facts/portal.md, section 2.4). */
    void deviceReplaced(RoomSignal fault, Moment at) {
        TrackedTicket ticket = book.ticket(fault);
        plan.addSteady(ticket.unhealthy(at.now()));
        plan.addSteady(ticket.status(at.after(10, 20), TrackedTicket.NEEDS_ACTION));
        RoomDevice before = fault.device();
        RoomDevice after = before.replacedBy(book.pen().freshId());
        MeetingRoom room = fault.room().with(before, after);
        plan.addSteady(news.replaced(room, before, after, at.after(60, 120)));
        book.change(room);
        ticket.moveTo(new RoomSignal(room, after, fault.signal(), fault.instance()));
        plan.addSteady(ticket.resolved(at.after(10, 20)));
        plan.addSteady(ticket.unhealthy(at.after(45, 90)));
    }

    /** A fuse: every device of a floor is offline at about the same time, and comes back. */
    void outage(List<RoomSignal> floor, Moment at) {
        Moment back = at.fork();
        back.after(45, 60);
        for (RoomSignal offline : floor) {
            TrackedTicket ticket = book.ticket(offline);
            Moment each = at.fork();
            plan.add(ticket.unhealthy(each.after(1, 6)));
            Moment again = back.fork();
            plan.add(ticket.resolved(again.after(1, 6)));
        }
    }

    /** Overnight everything is restarted: what was still open in the evening heals before people come. */
    void morningRound(List<TrackedTicket> open, Moment at) {
        for (TrackedTicket ticket : open) {
            Moment each = at.fork();
            plan.add(
                    ticket.recordedByPerson()
                            ? ticket.resolvedBy(each.after(1, 20), "Night shift")
                            : ticket.resolved(each.after(1, 20)));
        }
    }
}
