package io.roombridge.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is looked at on this machine. */
public final class BridgeSteps {

    private static final String AREA = "bridge";

    private BridgeSteps() {}

    /** @param storeFault why the store cannot be opened; asked only where no bridge runs */
    public static List<Step> of(Path dataDirectory, boolean bridgeRuns, Supplier<Optional<String>> storeFault) {
        return List.of(
                Step.of(AREA, "disk", new DiskSpace(dataDirectory)),
                Step.of(AREA, "store", new StoreReach(bridgeRuns, storeFault), "disk"));
    }
}
