package io.roombridge.ticket;

import java.util.Map;

/**
 * Signals that the portal renamed over the years, so that a renamed signal keeps its ticket. The seed's name is the
 * canonical one (facts/portal.md, section 2.1). Entries may be added, never changed or removed: they are part of the
 * identity of tickets.
 */
final class SignalNames {

    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("front of room", "display"),
            Map.entry("display, front of room", "display"),
            Map.entry("conferencing microphone", "conference microphone"),
            Map.entry("conferencing speaker", "conference speaker"),
            Map.entry("room camera", "camera"),
            Map.entry("camera, room", "camera"),
            Map.entry("sign in (exchange)", "sign-in (exchange)"),
            Map.entry("sign in (teams)", "sign-in (teams)"),
            Map.entry("sign in (skype for business)", "sign-in (skype for business)"),
            Map.entry("motion sensor", "proximity sensor"),
            Map.entry("meeting app version", "app version"),
            Map.entry("monitoring", "monitored"));

    private SignalNames() {}

    /** The canonical name of an already normalised signal name; unknown names stand for themselves. */
    static String canonical(String name) {
        return RENAMED.getOrDefault(name, name);
    }
}
