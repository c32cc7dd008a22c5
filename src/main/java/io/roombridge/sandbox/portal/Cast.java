package io.roombridge.sandbox.portal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Who plays a part today: hands out the rooms and signals of one tenant, each at most once, so that no two courses of the
 * day meet and the truth of each stands for itself.
 */
final class Cast {

    private final List<MeetingRoom> rooms;
    private final List<RoomSignal> signals;
    private final List<MeetingRoom> aloneRooms = new ArrayList<>();

    Cast(List<MeetingRoom> rooms, Random random) {
        this.rooms = new ArrayList<>(rooms);
        Collections.shuffle(this.rooms, random);
        this.signals = new ArrayList<>();
        this.rooms.stream()
                .filter(room -> !room.onboarding())
                .map(MeetingRoom::signals)
                .forEach(signals::addAll);
        Collections.shuffle(signals, random);
    }

    /** A room for itself: none of its signals plays any other part. */
    MeetingRoom room(Predicate<MeetingRoom> wanted) {
        MeetingRoom room = first(rooms, wanted);
        reserve(room);
        return room;
    }

    /** All rooms of a floor on which everybody is still free, each for itself. */
    List<MeetingRoom> floor() {
        String floor =
                floorOf(first(rooms, room -> floorMates(floorOf(room)).stream().noneMatch(MeetingRoom::onboarding)));
        List<MeetingRoom> mates = floorMates(floor);
        mates.forEach(this::reserve);
        return mates;
    }

    /** A signal of the kind, in a room where other signals may play too. */
    RoomSignal signal(Signal kind) {
        if (kind == Signal.OFFLINE || kind == Signal.MONITORED) {
            return outOfSight(kind);
        }
        RoomSignal signal = first(signals, each -> each.signal() == kind);
        signals.remove(signal);
        rooms.remove(signal.room());
        return signal;
    }

    /**
     * Keeps rooms for those who will play Offline or Monitored: while a room is out of sight its other signals mean
     * nothing (facts/portal.md, section 3.1), so it is alone on the stage.
     */
    void keepForOutOfSight(int number) {
        for (int kept = 0; kept < number; kept++) {
            aloneRooms.add(room(room -> !room.onboarding()));
        }
    }

    private RoomSignal outOfSight(Signal kind) {
        MeetingRoom room = first(aloneRooms, each -> true);
        aloneRooms.remove(room);
        return first(room.signals(), signal -> signal.signal() == kind);
    }

    private List<MeetingRoom> floorMates(String floor) {
        return rooms.stream().filter(room -> floorOf(room).equals(floor)).toList();
    }

    private static String floorOf(MeetingRoom room) {
        return room.place().building() + "/" + room.place().floor();
    }

    private void reserve(MeetingRoom room) {
        rooms.remove(room);
        signals.removeIf(signal -> signal.room().equals(room));
    }

    private static <T> T first(List<T> candidates, Predicate<T> wanted) {
        return candidates.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the campus is too small for the parts of this day"));
    }
}
