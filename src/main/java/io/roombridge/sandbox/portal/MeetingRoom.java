package io.roombridge.sandbox.portal;

import java.util.ArrayList;
import java.util.List;

/** A meeting room with everything the portal knows of it. The first device is the one that stands for the room. */
record MeetingRoom(
        String tenant,
        String id,
        String name,
        String account,
        String group,
        String ring,
        Place place,
        List<String> tags,
        String supportTier,
        boolean onboarding,
        int displays,
        List<RoomDevice> devices) {

    MeetingRoom {
        tags = List.copyOf(tags);
        devices = List.copyOf(devices);
    }

    /** Where the room is; the region is an ISO 3166 code, the time zone an IANA id. */
    record Place(String region, String building, String floor, String timeZone) {}

    /** The same room after somebody renamed it and gave it another group. */
    MeetingRoom changed(String newName, String newGroup) {
        return new MeetingRoom(
                tenant, id, newName, account, newGroup, ring, place, tags, supportTier, onboarding, displays, devices);
    }

    /** The same room after one of its devices was replaced. */
    MeetingRoom with(RoomDevice old, RoomDevice replacement) {
        List<RoomDevice> present = devices.stream()
                .map(device -> device.equals(old) ? replacement : device)
                .toList();
        return new MeetingRoom(
                tenant, id, name, account, group, ring, place, tags, supportTier, onboarding, displays, present);
    }

    /** Everything that can go wrong here: each display has its ticket, each Android device its own signals. */
    List<RoomSignal> signals() {
        List<RoomSignal> all = new ArrayList<>();
        for (RoomDevice device : devices) {
            boolean first = device.equals(devices.get(0));
            for (Signal signal : Signal.values()) {
                if (signal == Signal.DISPLAY && first) {
                    Signal.DISPLAYS.subList(0, displays).forEach(each -> all.add(on(device, signal, each)));
                } else if (signal != Signal.DISPLAY && reports(device.platform(), first, signal)) {
                    all.add(on(device, signal, RoomSignal.ONLY_INSTANCE));
                }
            }
        }
        return all;
    }

    private RoomSignal on(RoomDevice device, Signal signal, String instance) {
        return new RoomSignal(this, device, signal, instance);
    }

    /** Android devices have the short list of facts/portal.md, section 2.4; the console a shorter one than the bar. */
    private static boolean reports(RoomDevice.Platform platform, boolean first, Signal signal) {
        if (platform == RoomDevice.Platform.WINDOWS) {
            return true;
        }
        return switch (signal) {
            case SIGN_IN_TEAMS, NETWORK, OFFLINE, MONITORED -> true;
            case APP_VERSION, OS_VERSION -> first;
            default -> false;
        };
    }
}
