package io.roombridge.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What is looked at on this machine. */
public final class BridgeSteps {

    private static final String AREA = "bridge";

    private BridgeSteps() {}

    /** @param opening opens the store and says how it stands, or throws with the reason; asked only where no bridge runs */
    public static List<Step> of(Path dataDirectory, boolean bridgeRuns, Supplier<String> opening) {
        return List.of(
                Step.of(AREA, "disk", new DiskSpace(dataDirectory)),
                Step.of(AREA, "store", new StoreReach(bridgeRuns, opening), "disk"));
    }
}
