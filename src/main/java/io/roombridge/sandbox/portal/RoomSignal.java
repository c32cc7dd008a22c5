package io.roombridge.sandbox.portal;

/** One thing that can go wrong in one room: what a portal ticket that was not recorded by a person is about. */
record RoomSignal(MeetingRoom room, RoomDevice device, Signal signal, String instance) {

    /** The instance of a signal that exists once for each device. */
    static final String ONLY_INSTANCE = "0";

    TicketName name() {
        return TicketName.ofSignal(room.tenant(), room.id(), device.role(), signal.label(), instance);
    }

    String severity() {
        return signal.severity(device.platform());
    }
}
