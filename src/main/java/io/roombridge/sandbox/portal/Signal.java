package io.roombridge.sandbox.portal;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fourteen signals of the seeds with the words the portal uses for them (facts/portal.md, sections 2.1, 2.2 and 7).
 * Severities mix the seed's vocabulary and the newer one on purpose: the bridge has to follow the event.
 */
enum Signal {
    DISPLAY(
            "Display",
            "Front of Room",
            "Display",
            "important",
            "Display is not detected",
            "The room system detects fewer displays than are configured. Typical causes: a display switched off, a loose"
                    + " or broken HDMI cable, a display that cannot be detected while it sleeps.",
            "Switch the display on, reseat the HDMI cable at both ends and check that it wakes on signal."),
    CONFERENCE_MICROPHONE(
            "Conference microphone",
            "Conferencing microphone",
            "Hardware and peripherals",
            "important",
            "Conference microphone is not detected",
            "The configured microphone is not connected. People in the meeting cannot hear the room.",
            "Check the USB cable of the microphone and that it is the configured conference device."),
    CONFERENCE_SPEAKER(
            "Conference speaker",
            "Conferencing speaker",
            "Hardware and peripherals",
            "important",
            "Conference speaker is not detected",
            "The configured speaker is not connected. The room cannot hear the meeting.",
            "Check the USB cable of the speaker and select a supported conference speaker, not the display's."),
    CAMERA(
            "Camera",
            "Room Camera",
            "Hardware and peripherals",
            "important",
            "Room camera is not detected",
            "The configured camera is not connected. People in the meeting cannot see the room.",
            "Check the USB cable and the power of the camera, then compare default and configured device."),
    HDMI_INGEST(
            "HDMI Ingest",
            "HDMI ingest",
            "Hardware and peripherals",
            "important",
            "HDMI ingest is unhealthy",
            "The module that takes in a laptop's picture does not work. A loose cable of a laptop does not raise this.",
            "Find out whether the module is in the console or separate, check its power and reseat its cables."),
    SIGN_IN_EXCHANGE(
            "Sign-In (Exchange)",
            "Sign in (Exchange)",
            "Account management",
            "critical",
            "The room account cannot sign in to Exchange",
            "The room's calendar is not read. Typical causes: an expired password, multi-factor authentication on the"
                    + " room account, a missing mailbox.",
            "Look up event 2001 in the room system's log and the sign-in log of the room account."),
    SIGN_IN_TEAMS(
            "Sign-In (Teams)",
            "Sign in (Teams)",
            "Account management",
            "critical",
            "The room account cannot sign in to Teams",
            "The room cannot join meetings. Typical causes: an expired password, conditional access, a missing licence.",
            "Check the sign-in log of the room account; turn password expiry off and assign a Teams Rooms licence."),
    SIGN_IN_SKYPE(
            "Sign-In (Skype for Business)",
            "Sign in (Skype for Business)",
            "Account management",
            "important",
            "The room account cannot sign in to Skype for Business",
            "The room cannot join Skype for Business meetings.",
            "Check the password of the room account and its Skype for Business pool."),
    PROXIMITY_SENSOR(
            "Proximity Sensor",
            "Motion sensor",
            "Hardware and peripherals",
            "important",
            "Proximity sensor is not detected",
            "The console does not wake when somebody enters the room.",
            "Check the cable of the console and restart the room system."),
    APP_VERSION(
            "App version",
            "Meeting app version",
            "OS, firmware, and apps",
            "warning",
            "The Teams Rooms app is out of date",
            "The app is two or more versions behind.",
            "Let the nightly update run or update the app by hand."),
    OS_VERSION(
            "OS version",
            "OS version",
            "OS, firmware, and apps",
            "warning",
            "The operating system is out of date",
            "The build of the operating system is not a certified one.",
            "Check that updates are neither paused nor blocked by a policy."),
    NETWORK(
            "Network",
            "Network",
            "Connectivity",
            "warning",
            "The network connection is poor",
            "High latency or packet loss between the room and the service.",
            "Prefer a wired connection and check that the required endpoints can be reached."),
    MONITORED(
            "Monitored",
            "Monitoring",
            "Connectivity",
            "important",
            "The room is not monitored",
            "The monitoring agent has not reached the cloud for an hour. The room may still work.",
            "Check the agent's scheduled tasks, the proxy and port 443, and keep the report of the agent test tool."),
    OFFLINE(
            "Offline",
            "Offline",
            "Connectivity",
            "important",
            "The room is offline",
            "Neither the Teams service nor the portal has heard of the room recently.",
            "Check power and network of the room; many rooms of a floor at once mean an outage of the building.");

    /** The instances of the one signal that exists for each display of a room (facts/portal.md, section 2.4). */
    static final List<String> DISPLAYS = List.of("display-1", "display-2", "console");

    private final String label;
    private final String newerName;
    private final String category;
    private final String severity;
    private final String title;
    private final String description;
    private final String recommendedAction;

    Signal(
            String label,
            String newerName,
            String category,
            String severity,
            String title,
            String description,
            String recommendedAction) {
        this.label = label;
        this.newerName = newerName;
        this.category = category;
        this.severity = severity;
        this.title = title;
        this.description = description;
        this.recommendedAction = recommendedAction;
    }

    /** The seed's name: the one in the identity of a ticket. */
    String label() {
        return label;
    }

    /** The name the portal uses today, which is another word for the same signal. */
    String newerName() {
        return newerName;
    }

    String category() {
        return category;
    }

    /** Usual severity on the platform: Android rooms take connectivity more seriously (facts/portal.md, section 2.1). */
    String severity(RoomDevice.Platform platform) {
        if (platform != RoomDevice.Platform.ANDROID) {
            return severity;
        }
        return switch (this) {
            case NETWORK -> "important";
            case OFFLINE -> "critical";
            default -> severity;
        };
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    String recommendedAction() {
        return recommendedAction;
    }

    /** The signal under its old or new name, whatever the case. */
    static Optional<Signal> named(String name) {
        return Optional.ofNullable(Names.SIGNALS.get(normal(name)));
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** A holder, because an enum's constants exist before its static fields. */
    private static final class Names {

        private static final Map<String, Signal> SIGNALS = new HashMap<>();

        static {
            for (Signal signal : Signal.values()) {
                SIGNALS.put(normal(signal.label), signal);
                SIGNALS.put(normal(signal.newerName), signal);
            }
        }
    }
}
