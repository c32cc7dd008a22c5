package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With its defaults neither the bridge nor the sandbox can be reached from another machine. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's own list of sockets is read from /proc")
class LoopbackOnlyTest {

    /** As the kernel writes them: 127.x.x.x with its bytes turned round, ::1, and the first within IPv6. */
    private static final String LOOPBACK = "[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F";

    private static final String LISTENING = "0A";

    @TempDir
    private Path folder;

    @Test
    void everySocketThatListensIsOnLoopback() throws Exception {
        try (Sandbox sandbox =
                        Sandbox.start(folder.resolve("sandbox"), new Sandbox.Ports(0, 0, 0), Clock.systemUTC(), 1);
                Bridge bridge = Bridge.start(
                        SettingsFile.read(folder.resolve("none"), Map.of(), settings(sandbox)),
                        Clock.systemUTC(),
                        Clock.systemUTC())) {
            List<String> listening = listening();

            // The hubs, ServiceNow twice, the portal's contents, and the bridge's own Hazelcast member.
            assertThat(listening).hasSizeGreaterThanOrEqualTo(5).allMatch(address -> address.matches(LOOPBACK));
            assertThat(bridge.outcomes().counts()).isEmpty();
        }
    }

    private Map<String, String> settings(Sandbox sandbox) {
        Map<String, String> given = new HashMap<>();
        given.put("roombridge.mode", "live");
        given.put("roombridge.data-dir", folder.resolve("bridge").toString());
        given.put("roombridge.hub.connection-string", sandbox.hubs().connectionString(Sandbox.EVENTS));
        given.put("roombridge.hub.drain", "PT1S");
        given.put("roombridge.instances.main.url", sandbox.serviceNow().url().toString());
        given.put("roombridge.instances.main.auth", "basic");
        given.put("roombridge.instances.main.user", "roombridge");
        given.put(
                "roombridge.instances.main.password",
                sandbox.serviceNow().accounts().integration().password());
        return given;
    }

    /** The addresses of this process's listening sockets, in the kernel's hex. */
    private static List<String> listening() throws IOException {
        Set<String> own = ownSockets();
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/self/net", table);
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9 && columns[3].equals(LISTENING) && own.contains(columns[9])) {
                    addresses.add(columns[1].split(":")[0]);
                }
            }
        }
        return addresses;
    }

    private static Set<String> ownSockets() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(LoopbackOnlyTest::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    /** A descriptor may be closed while the list is read. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
