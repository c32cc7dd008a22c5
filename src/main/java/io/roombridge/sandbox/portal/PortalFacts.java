package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What is known of rooms, devices and signals at one time of the day, as far as it decides about tickets. */
final class PortalFacts {

    private final Set<TicketName> suppressedSignals = new HashSet<>();
    private final Set<String> suppressedDevices = new HashSet<>();
    private final Set<String> onboardingDevices = new HashSet<>();
    private final Set<String> disabledSignals = new HashSet<>();

    void learn(PortalEvent event) {
        JsonNode data = event.data();
        String device = event.tenant() + "/" + data.at("/device/deviceId").asText();
        switch (event.name()) {
            case "signal.suppressed" -> suppressedSignals.add(signal(event));
            case "signal.unsuppressed" -> suppressedSignals.remove(signal(event));
            case "device.suppressed" -> suppressedDevices.add(device);
            case "device.unsuppressed" -> suppressedDevices.remove(device);
            case "device.onboarding" -> onboardingDevices.add(device);
            case "device.enrolled" -> onboardingDevices.remove(device);
            case "signal.disabled" -> disabledSignals.add(tenantSignal(event, data.path("signalType")));
            case "signal.enabled" -> disabledSignals.remove(tenantSignal(event, data.path("signalType")));
            default -> {
                // Renamed rooms and replaced devices decide nothing about tickets.
            }
        }
    }

    /** Why the event of a ticket may not open an incident now. */
    Optional<Truth.SetAside> against(PortalEvent event) {
        JsonNode ticket = event.data().path("ticket");
        String device =
                event.tenant() + "/" + event.data().at("/device/deviceId").asText();
        boolean silenced = ticket.path("suppressed").asBoolean()
                || suppressedDevices.contains(device)
                || event.ticket().filter(suppressedSignals::contains).isPresent();
        if (silenced) {
            return Optional.of(Truth.SetAside.SUPPRESSED);
        }
        if (onboardingDevices.contains(device)
                || event.data().at("/rooms/0/lifecycle").asText().equals(RoomNews.ONBOARDING)) {
            return Optional.of(Truth.SetAside.ONBOARDING);
        }
        if (disabledSignals.contains(tenantSignal(event, ticket.at("/key/signalType")))) {
            return Optional.of(Truth.SetAside.SIGNAL_DISABLED);
        }
        if (ticket.path("severity").asText().equals("recommended")) {
            return Optional.of(Truth.SetAside.RECOMMENDED_ONLY);
        }
        return Optional.empty();
    }

    private static String tenantSignal(PortalEvent event, JsonNode name) {
        String signal = Signal.named(name.asText()).map(Signal::label).orElse(name.asText());
        return event.tenant() + "/" + signal;
    }

    private static TicketName signal(PortalEvent event) {
        JsonNode key = event.data().path("key");
        return TicketName.ofSignal(
                event.tenant(),
                key.path("roomId").asText(),
                key.path("deviceRole").asText(),
                key.path("signalType").asText(),
                key.path("instance").asText());
    }
}
