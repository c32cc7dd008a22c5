package io.roombridge.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the store can be opened; beside a running bridge that is the bridge's to say. */
final class StoreReach implements Probe {

    private final boolean bridgeRuns;
    private final Supplier<Optional<String>> fault;

    /** @param fault why it cannot be opened; opens nothing that was not there */
    StoreReach(boolean bridgeRuns, Supplier<Optional<String>> fault) {
        this.bridgeRuns = bridgeRuns;
        this.fault = fault;
    }

    @Override
    public List<Finding> look() {
        if (bridgeRuns) {
            return List.of(Finding.green("a bridge runs here and has it open"));
        }
        return List.of(fault.get()
                .map(why -> Finding.red(
                        why,
                        "a store that opens",
                        "check roombridge.store.url, .user and .password, and that the database runs"))
                .orElseGet(() -> Finding.green("the store opens")));
    }
}
