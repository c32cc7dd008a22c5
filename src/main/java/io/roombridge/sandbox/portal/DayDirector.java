package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Gives every course of a tenant's day its signal and its hour; how often each is played is decided here. */
final class DayDirector {

    private static final Duration MORNING_ROUND = Duration.ofMinutes(5);
    private static final Duration FIRST_COURSE = Duration.ofMinutes(65);

    /** As many rooms as courses may come to Offline or Monitored: every signal takes its turn in the round. */
    private static final int OUT_OF_SIGHT = 9;

    private final PortalBook book;
    private final DayPlan plan;
    private final Instant start;
    private final Random random;
    private final TicketCourses tickets;
    private final RoomCourses rooms;

    DayDirector(PortalBook book, DayPlan plan, Instant start, Random random) {
        this.book = book;
        this.plan = plan;
        this.start = start;
        this.random = random;
        this.tickets = new TicketCourses(book, plan);
        this.rooms = new RoomCourses(book, plan);
    }

    /** @param fuse whether a floor goes offline */
    void direct(String tenant, boolean fuse) {
        Cast cast = new Cast(book.rooms(tenant), random);
        if (fuse) {
            List<RoomSignal> floor = new ArrayList<>();
            cast.floor().forEach(room -> floor.addAll(of(room, Signal.OFFLINE)));
            rooms.outage(floor, between(9, 15));
        }
        wholeRooms(cast);
        cast.keepForOutOfSight(OUT_OF_SIGHT);
        silencedSignals(cast);
        peopleAtWork(cast);
        singleTickets(cast);
        recordedIssues(tenant);
        strangeEvents(cast);
    }

    /** What the last day left behind. */
    void morningRound() {
        rooms.morningRound(book.unhealthy(), new Moment(start.plus(MORNING_ROUND), random));
    }

    private void wholeRooms(Cast cast) {
        for (int number = 0; number < 3; number++) {
            MeetingRoom room = cast.room(MeetingRoom::onboarding);
            rooms.onboarding(
                    room,
                    of(room, Signal.DISPLAY).get(0),
                    of(room, Signal.SIGN_IN_TEAMS).get(0),
                    number > 0,
                    between(7, 13));
        }
        MeetingRoom rebuilt = cast.room(DayDirector::windows);
        rooms.deviceSuppressed(
                rebuilt,
                List.of(
                        of(rebuilt, Signal.CAMERA).get(0),
                        of(rebuilt, Signal.DISPLAY).get(0)),
                between(7, 10));
        MeetingRoom renamed = cast.room(DayDirector::windows);
        rooms.roomChanged(of(renamed, Signal.CAMERA).get(0), between(8, 14));
        MeetingRoom upgraded = cast.room(DayDirector::windows);
        rooms.deviceReplaced(of(upgraded, Signal.SIGN_IN_TEAMS).get(0), between(8, 13));
    }

    private void silencedSignals(Cast cast) {
        rooms.switchedOff(cast.signal(Signal.PROXIMITY_SENSOR), cast.signal(Signal.PROXIMITY_SENSOR), between(8, 13));
        rooms.signalSuppressed(cast.signal(Signal.DISPLAY), true, false, between(7, 12));
        rooms.signalSuppressed(cast.signal(Signal.CAMERA), false, true, between(7, 12));
        rooms.signalSuppressed(cast.signal(Signal.NETWORK), true, true, between(7, 12));
    }

    private void peopleAtWork(Cast cast) {
        tickets.workedOn(cast.signal(Signal.DISPLAY), true, between(7, 13));
        tickets.workedOn(cast.signal(Signal.SIGN_IN_EXCHANGE), false, between(7, 13));
        tickets.workedOn(cast.signal(Signal.HDMI_INGEST), true, between(7, 13));
        tickets.heldForVendor(cast.signal(Signal.CONFERENCE_SPEAKER), true, between(7, 14));
        tickets.heldForVendor(cast.signal(Signal.CAMERA), false, between(7, 14));
        tickets.askedByDesk(cast.signal(Signal.SIGN_IN_SKYPE), between(7, 14));
        tickets.askedByDesk(cast.signal(Signal.CONFERENCE_MICROPHONE), between(7, 14));
    }

    /** Each course takes the next kind of signal in a shuffled round, so that every kind comes about equally often. */
    private void singleTickets(Cast cast) {
        List<Signal> round = new ArrayList<>(List.of(Signal.values()));
        round.remove(Signal.PROXIMITY_SENSOR);
        Collections.shuffle(round, random);
        List<BiConsumer<RoomSignal, Moment>> courses = courses();
        for (int number = 0; number < courses.size(); number++) {
            courses.get(number).accept(cast.signal(round.get(number % round.size())), between(7, 14));
        }
        tickets.flaps(cast.signal(Signal.DISPLAY), 3, true, between(8, 16));
        tickets.flaps(cast.signal(Signal.DISPLAY), 4, false, between(8, 16));
        tickets.renamed(cast.signal(Signal.DISPLAY), between(8, 15));
        tickets.repairedByAutomation(cast.signal(Signal.MONITORED), between(20, 23));
    }

    private List<BiConsumer<RoomSignal, Moment>> courses() {
        List<BiConsumer<RoomSignal, Moment>> courses = new ArrayList<>();
        courses.addAll(Collections.nCopies(9, tickets::repairedByAutomation));
        courses.addAll(Collections.nCopies(8, tickets::repairedByCustomer));
        courses.addAll(Collections.nCopies(8, tickets::staysOpen));
        for (boolean repaired : new boolean[] {true, false}) {
            courses.addAll(Collections.nCopies(2, (signal, at) -> tickets.ages(signal, repaired, at)));
            courses.addAll(Collections.nCopies(2, (signal, at) -> tickets.relapsesAtOnce(signal, repaired, at)));
            courses.addAll(Collections.nCopies(3, (signal, at) -> tickets.relapsesLater(signal, repaired, at)));
        }
        courses.addAll(Collections.nCopies(2, tickets::onlyWatched));
        courses.addAll(Collections.nCopies(2, tickets::watchedThenOpened));
        courses.addAll(Collections.nCopies(2, (signal, at) -> tickets.recommended(signal, false, at)));
        courses.add((signal, at) -> tickets.recommended(signal, true, at));
        courses.add(tickets::closedAsInactive);
        Collections.shuffle(courses, random);
        return courses;
    }

    private void recordedIssues(String tenant) {
        List<MeetingRoom> all = new ArrayList<>(book.rooms(tenant));
        Collections.shuffle(all, random);
        tickets.recordedIssue(all.subList(0, 3), "Echo in every call since the update", true, true, between(8, 15));
        tickets.recordedIssue(all.subList(3, 4), "The remote side sees us upside down", false, false, between(8, 15));
        tickets.recordedIssue(all.subList(4, 6), "Calls drop after ten minutes", false, true, between(8, 15));
    }

    /** Types from the future, and events that break the contract; none of them may do anything. */
    private void strangeEvents(Cast cast) {
        PortalEvent pinned = fault(cast);
        plan.addSteady(pinned.as("ticket.pinned", PortalEvent.Form.UNKNOWN_TYPE, pinned.data()));
        ObjectNode people = Blocks.object().put("people", 7);
        plan.addSteady(fault(cast).as("room.occupancy", PortalEvent.Form.UNKNOWN_TYPE, people));
        plan.addSteady(broken(fault(cast), data -> data.withObject("/ticket").put("severity", "purple")));
        plan.addSteady(
                broken(fault(cast), data -> data.withObject("/ticket/key").put("roomId", " ")));
        plan.addSteady(broken(fault(cast), data -> data.withObject("/ticket").remove("state")));
        PortalEvent torn = fault(cast);
        plan.addSteady(torn.as(torn.name(), PortalEvent.Form.TORN, torn.data()));
    }

    private static PortalEvent broken(PortalEvent event, Consumer<ObjectNode> fault) {
        ObjectNode data = event.data().deepCopy();
        fault.accept(data);
        return event.as(event.name(), PortalEvent.Form.INVALID, data);
    }

    /** The first event of a ticket that nothing else will ever be heard of. */
    private PortalEvent fault(Cast cast) {
        RoomSignal signal = cast.signal(Signal.OS_VERSION);
        return TrackedTicket.of(signal, book.pen()).unhealthy(between(8, 18).now());
    }

    private Moment between(int fromHour, int toHour) {
        Moment moment = new Moment(start.plus(FIRST_COURSE).plus(Duration.ofHours(fromHour - 7L)), random);
        moment.after(0, Math.toIntExact(Duration.ofHours(toHour - fromHour).toMinutes()));
        return moment;
    }

    private static boolean windows(MeetingRoom room) {
        return !room.onboarding() && room.devices().get(0).platform() == RoomDevice.Platform.WINDOWS;
    }

    private static List<RoomSignal> of(MeetingRoom room, Signal kind) {
        return room.signals().stream().filter(each -> each.signal() == kind).toList();
    }
}
