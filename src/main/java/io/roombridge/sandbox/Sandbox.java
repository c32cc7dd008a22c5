package io.roombridge.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.portal.SandboxPortal;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The endpoints of the sandbox, and the file that tells other programs where they are. Nothing outlives it: a sandbox
 * starts with an empty hub and an empty desk, so whatever an earlier one left in its data directory is removed.
 */
public final class Sandbox implements AutoCloseable {

    /** The hub of portal events, and the one of the commands that go back. */
    public static final String EVENTS = "portal-events";

    public static final String COMMANDS = "portal-commands";
    public static final String CONSUMER_GROUP = "roombridge";

    /** For whoever reads the commands in place of the sandbox's own relay. */
    public static final String RELAY_GROUP = "relay";

    /** The key is no secret: the endpoint is reachable from this machine only. */
    private static final String KEY_NAME = "RootManageSharedAccessKey";

    private static final String KEY = "SAS_KEY_VALUE";
    private static final int PARTITIONS = 4;
    private static final String MARKER = ".sandbox";
    private static final String ANNOUNCEMENT = "sandbox.json";

    private final EmbeddedEventHubs hubs;
    private final EmbeddedServiceNow serviceNow;
    private final SandboxPortal portal;
    private final Path directory;

    private Sandbox(EmbeddedEventHubs hubs, EmbeddedServiceNow serviceNow, SandboxPortal portal, Path directory) {
        this.hubs = hubs;
        this.serviceNow = serviceNow;
        this.portal = portal;
        this.directory = directory;
    }

    /** The ports to listen on; 0 for any free one. */
    public record Ports(int hubs, int serviceNow, int serviceNowHttps) {}

    /**
     * @param clock the time of the hub's events and of everything ServiceNow says and stores
     * @throws IOException when the directory holds anything that no sandbox made; it is left alone
     */
    public static Sandbox start(Path directory, Ports ports, Clock clock, long seed) throws IOException {
        empty(directory);
        EmbeddedEventHubs hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub(EVENTS, PARTITIONS, CONSUMER_GROUP)
                .withHub(COMMANDS, PARTITIONS, CONSUMER_GROUP, RELAY_GROUP)
                .withPort(ports.hubs())
                .withKey(KEY_NAME, KEY)
                .withClock(clock));
        try {
            return start(directory, ports, clock, seed, hubs);
        } catch (RuntimeException e) {
            hubs.close();
            throw e;
        }
    }

    private static Sandbox start(Path directory, Ports ports, Clock clock, long seed, EmbeddedEventHubs hubs) {
        EmbeddedServiceNow serviceNow = EmbeddedServiceNow.start(io.roombridge.sandbox.servicenow.Setup.defaults()
                .withHttpPort(ports.serviceNow())
                .withHttpsPort(ports.serviceNowHttps())
                .withClock(clock)
                .withSeed(seed));
        try {
            SandboxPortal portal = SandboxPortal.start(
                    new SandboxPortal.Hubs(hubs, EVENTS, COMMANDS), directory.resolve("portal-files"), clock, seed);
            return new Sandbox(hubs, serviceNow, portal, directory);
        } catch (RuntimeException e) {
            serviceNow.close();
            throw e;
        }
    }

    /** Only what an earlier sandbox left is removed; a directory of anybody else's is refused. */
    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            boolean ours = Files.exists(directory.resolve(MARKER));
            try (Stream<Path> content = Files.walk(directory)) {
                List<Path> deepestFirst =
                        content.sorted(Comparator.reverseOrder()).toList();
                if (!ours && deepestFirst.size() > 1) {
                    throw new IOException("the directory " + directory + " is not empty and was not made by a sandbox;"
                            + " choose another one with --data-dir");
                }
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
        Files.createFile(directory.resolve(MARKER));
    }

    public EmbeddedEventHubs hubs() {
        return hubs;
    }

    public EmbeddedServiceNow serviceNow() {
        return serviceNow;
    }

    /** The portal's side of the tickets, and the relay that takes the bridge's commands. */
    public SandboxPortal portal() {
        return portal;
    }

    /** Says that everything is ready: whoever waits for the file finds it whole. */
    public void announce() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), serviceNow.caPem());
        ObjectMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode file = json.createObjectNode();
        file.putObject("eventHubs").put("connectionString", hubs.connectionString(EVENTS));
        ObjectNode instance = file.putObject("serviceNow");
        instance.put("url", serviceNow.url().toString());
        instance.put("httpsUrl", serviceNow.httpsUrl().toString());
        instance.put("user", serviceNow.accounts().admin().name());
        instance.put("password", serviceNow.accounts().admin().password());
        ObjectNode integration = instance.putObject("integration");
        integration.put("user", serviceNow.accounts().integration().name());
        integration.put("password", serviceNow.accounts().integration().password());
        ObjectNode portalSide = file.putObject("portal");
        portalSide.put("contentUrl", portal.content().url().toString());
        portalSide.put("contentToken", portal.content().token());
        file.put("caFile", ca.toAbsolutePath().toString());
        Path written =
                Files.writeString(directory.resolve(ANNOUNCEMENT + ".new"), json.writeValueAsString(file) + "\n");
        Files.move(
                written,
                directory.resolve(ANNOUNCEMENT),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        portal.close();
        hubs.close();
        serviceNow.close();
    }
}
