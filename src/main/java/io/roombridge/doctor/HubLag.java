package io.roombridge.doctor;

import io.roombridge.eventhubs.HubVisit.PartitionState;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** How many events wait to be read, and whether some are lost because the hub no longer keeps them. */
public final class HubLag implements Probe {

    private static final long MANY = 10_000;

    private final Supplier<List<PartitionState>> partitions;
    private final Function<List<PartitionState>, Finding> judgement;

    private HubLag(Supplier<List<PartitionState>> partitions, Function<List<PartitionState>, Finding> judgement) {
        this.partitions = partitions;
        this.judgement = judgement;
    }

    /** By the checkpoints of each partition, empty for one without. */
    public static HubLag counted(HubUnderTest hub, Supplier<Map<String, OptionalLong>> checkpoints) {
        return new HubLag(hub::partitions, held -> verdict(held, checkpoints.get()));
    }

    /** As the running bridge says it, which holds the checkpoints. */
    public static HubLag told(HubUnderTest hub, Supplier<OptionalLong> waiting) {
        return new HubLag(hub::partitions, held -> {
            OptionalLong said = waiting.get();
            return said.isPresent()
                    ? waiting(said.getAsLong())
                    : Finding.unproven(
                            "the running bridge holds the checkpoints, and its metrics do not tell the lag yet");
        });
    }

    @Override
    public List<Finding> look() {
        return List.of(judgement.apply(partitions.get()));
    }

    static Finding verdict(List<PartitionState> partitions, Map<String, OptionalLong> checkpoints) {
        long waiting = 0;
        long lost = 0;
        for (PartitionState partition : partitions) {
            OptionalLong kept = checkpoints.getOrDefault(partition.id(), OptionalLong.empty());
            long before = partition.first() - 1;
            waiting += Math.max(0, partition.last() - Math.max(kept.orElse(before), before));
            lost += kept.isPresent() ? Math.max(0, before - kept.getAsLong()) : 0;
        }
        return lost == 0
                ? waiting(waiting)
                : Finding.red(
                        "the hub no longer keeps " + lost + " events that were never read",
                        "events are read before the hub's retention takes them",
                        "run reconcile, which asks the portal for snapshots; lengthen the retention (Azure portal › Event"
                                + " Hubs › namespace › the hub › Configuration)");
    }

    private static Finding waiting(long events) {
        return events > MANY
                ? Finding.amber(
                        events + " events wait to be read",
                        "few; it drains while the bridge runs",
                        "see that the bridge runs (docs/operations.md, After a long outage of ServiceNow)")
                : Finding.green(events == 0 ? "nothing waits to be read" : events + " events wait to be read");
    }
}
