package io.roombridge.doctor;

import io.roombridge.eventhubs.HubVisit.PartitionState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is looked at on the hubs, in its order. */
public final class HubSteps {

    private static final String AREA = "hub";
    private static final String CERTIFICATE = "certificate";
    private static final String EVENTS = "events";

    private HubSteps() {}

    /**
     * @param certificate empty for the sandbox's hub, which is spoken to in the clear
     * @param commands empty where none are sent
     */
    public static List<Step> of(
            Optional<Probe> certificate,
            HubUnderTest events,
            String consumerGroup,
            Optional<HubUnderTest> commands,
            HubLag lag,
            Clock machine) {
        List<Step> steps = new ArrayList<>();
        certificate.ifPresent(probe -> steps.add(Step.of(AREA, CERTIFICATE, probe)));
        steps.add(Step.of(AREA, EVENTS, new HubReach(events), CERTIFICATE));
        steps.add(Step.of(AREA, "clock", () -> clock(events, machine), CERTIFICATE, EVENTS));
        steps.add(Step.of(AREA, "consumer group", new HubGroup(events, consumerGroup), CERTIFICATE, EVENTS));
        steps.add(Step.of(AREA, "lag", lag, CERTIFICATE, EVENTS));
        commands.ifPresent(hub -> steps.add(Step.of(AREA, "commands", new HubSend(hub), CERTIFICATE)));
        return steps;
    }

    /** A hub tells its time only by its newest event: that can prove this machine's clock to be behind, and never ahead. */
    private static List<Finding> clock(HubUnderTest events, Clock machine) {
        Instant now = machine.instant();
        return List.of(events.partitions().stream()
                .map(PartitionState::lastAt)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .filter(newest -> newest.isAfter(now))
                .map(newest -> ServerClock.verdict("Event Hubs", Optional.of(Duration.between(now, newest))))
                .orElseGet(() -> Finding.green("no event is ahead of this machine's clock")));
    }
}
