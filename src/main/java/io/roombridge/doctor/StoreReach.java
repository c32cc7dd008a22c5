package io.roombridge.doctor;

import java.util.List;
import java.util.function.Supplier;

/** Whether the store can be opened; beside a running bridge that is the bridge's to say. */
final class StoreReach implements Probe {

    private final boolean bridgeRuns;
    private final Supplier<String> opening;

    /** @param opening opens it and says how it stands; throws with the reason where it cannot be opened */
    StoreReach(boolean bridgeRuns, Supplier<String> opening) {
        this.bridgeRuns = bridgeRuns;
        this.opening = opening;
    }

    @Override
    public List<Finding> look() {
        if (bridgeRuns) {
            return List.of(Finding.green("a bridge runs here and has it open"));
        }
        try {
            return List.of(Finding.green(opening.get()));
        } catch (RuntimeException e) {
            return List.of(Finding.red(
                    e.getMessage(),
                    "a store that opens",
                    "check roombridge.store.url, .user and .password-file, and that the database runs"));
        }
    }
}
