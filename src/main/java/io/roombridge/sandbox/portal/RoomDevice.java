package io.roombridge.sandbox.portal;

/** A device of a room as the portal's inventory lists it. */
record RoomDevice(
        String id,
        String role,
        Platform platform,
        String make,
        String model,
        String serial,
        String hostName,
        String appVersion,
        String osVersion) {

    /** The same place in the room, another piece of hardware. */
    RoomDevice replacedBy(String newId) {
        return new RoomDevice(
                newId, role, platform, make, model, "R" + newId.substring(0, 8), hostName, appVersion, osVersion);
    }

    /** What the device runs, in the words of the event contract. */
    enum Platform {
        WINDOWS("windows"),
        ANDROID("android");

        private final String label;

        Platform(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
