package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator speaks the contract of docs/schemas, and its broken events really break it. */
final class ContractTest {

    private final ContractSchemas schemas = new ContractSchemas();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 42})
    void everyValidEventKeepsTheContractAndNoInvalidOneDoes(long seed) {
        CampusDays days = new CampusDays(Campus.of(seed), LocalDate.of(2026, 6, 4));
        List<PortalEvent> events = new ArrayList<>(days.next().events());
        events.addAll(days.next().events());

        for (PortalEvent event : events) {
            if (event.form() == PortalEvent.Form.VALID) {
                assertThat(faults(event))
                        .as(event.structured().toPrettyString())
                        .isEmpty();
            } else if (event.form() == PortalEvent.Form.INVALID) {
                assertThat(faults(event))
                        .as(event.structured().toPrettyString())
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7})
    void everyHeartbeatKeepsTheContract(long seed) {
        CampusDay.of(seed, LocalDate.of(2026, 6, 4)).steps().stream()
                .flatMap(step -> step.heartbeats().stream())
                .forEach(heartbeat -> assertThat(faults(heartbeat.on("3"))).isEmpty());
    }

    private List<Error> faults(PortalEvent event) {
        return schemas.faults(event.name(), event.structured());
    }
}
