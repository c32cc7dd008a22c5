package io.roombridge.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.eventhubs.HubPartition;
import io.roombridge.eventhubs.ReadingListener;
import io.roombridge.route.Outcomes;

/** Counts what happens while the inbox is read, and keeps the books of what is read elsewhere from now on (docs/metrics.md). */
public final class InboxMeters implements ReadingListener {

    private final MeterRegistry meters;
    private final Outcomes outcomes;

    public InboxMeters(MeterRegistry meters, Outcomes outcomes) {
        this.meters = meters;
        this.outcomes = outcomes;
    }

    @Override
    public void attemptFailed(HubPartition partition, long sequence, int attempt, Throwable failure) {
        HubMeters.countFailed(meters, failure);
    }

    @Override
    public void dropped(HubPartition partition, long sequence) {
        outcomes.handOver(partition.id(), sequence);
    }
}
