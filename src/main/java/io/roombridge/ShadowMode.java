package io.roombridge;

import io.roombridge.config.Settings;

/** What a command cannot do for a bridge in shadow mode. */
final class ShadowMode {

    private ShadowMode() {}

    /** @throws CannotStart in shadow mode */
    static void refuse(Settings settings, String why) {
        if (!Settings.Mode.writes(settings)) {
            throw new CannotStart("roombridge.mode is shadow: " + why, null);
        }
    }
}
