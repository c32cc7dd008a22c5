package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A single node after a downtime: what was due meanwhile waits until the hub is read. */
class ColdStartTest {

    private static final String RESOLVED = "6";

    @TempDir
    Path directory;

    @Test
    void aSignalThatRelapsedDuringTheDowntimeIsNotResolvedByTheFirstSweep() throws Exception {
        Clock before = Clock.systemUTC();
        Clock after = Clock.offset(before, Duration.ofHours(1));
        try (Sandbox sandbox = Sandbox.start(directory.resolve("sandbox"), new Sandbox.Ports(0, 0, 0), before, 1)) {
            String ticket = sandbox.portal().open("Camera", 0);
            try (Bridge bridge = start(sandbox, before)) {
                eventually().until(() -> states(sandbox, ticket).size() == 1);
                sandbox.portal().recover(ticket);
                eventually().until(() -> bridge.store().nextAppointment().isPresent());
            }
            sandbox.portal().relapse(ticket);

            try (Bridge bridge = start(sandbox, after)) {
                assertThat(bridge.keepAppointments()).as("nothing is read yet").isZero();

                eventually().until(() -> bridge.store().nextAppointment().isEmpty());
                assertThat(states(sandbox, ticket)).doesNotContain(RESOLVED);
            }
        }
    }

    private static List<String> states(Sandbox sandbox, String ticket) {
        return sandbox.serviceNow().desk().correlatedTo(sandbox.portal().correlationId(ticket)).stream()
                .map(incident -> incident.state())
                .toList();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    /** Sweeps by itself once an hour only: the test is the schedule. */
    private Bridge start(Sandbox sandbox, Clock clock) {
        var account = sandbox.serviceNow().accounts().integration();
        Map<String, String> given = new HashMap<>();
        given.put("mode", "live");
        given.put("data-dir", directory.resolve("data").toString());
        given.put("hub.connection-string", sandbox.hubs().connectionString(Sandbox.EVENTS));
        given.put("instances.main.url", sandbox.serviceNow().url().toString());
        given.put("instances.main.auth", "basic");
        given.put("instances.main.user", account.name());
        given.put("instances.main.password", account.password());
        given.put("recovery.sweep", "PT1H");
        given.put("management.port", "0");
        Map<String, String> named = new HashMap<>();
        given.forEach((key, value) -> named.put("roombridge." + key, value));
        return Bridge.start(SettingsFile.read(directory.resolve("no-file"), Map.of(), named), clock, Clock.systemUTC());
    }
}
