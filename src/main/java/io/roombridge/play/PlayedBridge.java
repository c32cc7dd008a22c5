package io.roombridge.play;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.eventhubs.PartitionStatus;
import io.roombridge.route.Outcomes;
import java.util.List;

/** What a play has to know of the bridge it plays with, and may hurry. */
public interface PlayedBridge {

    /** How far each partition is read. */
    List<PartitionStatus> reading();

    CorrelationStore store();

    Outcomes outcomes();

    /** Keeps the appointments that are due by the clock now; how many there were. */
    int keepAppointments();

    /** Writes what automation said two minutes ago by the clock now; how many notes that made. */
    int writeGathered();
}
