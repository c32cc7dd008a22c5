package io.roombridge.play;

import io.roombridge.ClusterNode;
import io.roombridge.sandbox.Sandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The nodes of a cluster, each a JVM of its own, on one PostgreSQL and one sandbox. */
final class ClusterProcesses implements AutoCloseable {

    private final Path directory;
    private final Sandbox sandbox;
    private final EmbeddedPostgres store;
    private final Map<String, String> settings;
    private final double machineSpeed;
    private final Instant since;
    private final List<Node> nodes = new ArrayList<>();

    private static final class Node {
        private final int port;
        private Process process;
        private Path ready;
        private int starts;

        Node(int port) {
            this.port = port;
        }
    }

    /** @param settings besides where everything is, without the prefix */
    ClusterProcesses(
            Path directory, Sandbox sandbox, int size, Map<String, String> settings, double machineSpeed, Instant since)
            throws IOException {
        this.directory = directory;
        this.sandbox = sandbox;
        this.settings = settings;
        this.machineSpeed = machineSpeed;
        this.since = since;
        this.store = EmbeddedPostgres.start();
        freePorts(size).forEach(port -> nodes.add(new Node(port)));
        for (int number = 0; number < size; number++) {
            Files.deleteIfExists(log(number));
        }
    }

    int size() {
        return nodes.size();
    }

    EmbeddedPostgres store() {
        return store;
    }

    void start(int number) throws IOException {
        Node node = nodes.get(number);
        Path home = Files.createDirectories(directory.resolve("node-" + number));
        node.ready = home.resolve("ready-" + node.starts++);
        Path file = home.resolve("settings.properties");
        Files.writeString(file, properties(number));
        node.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@src/main/jvm/modules.args",
                        "-Xmx256m",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ClusterNode.class.getName(),
                        file.toString(),
                        node.ready.toString(),
                        Double.toString(machineSpeed),
                        since.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(number).toFile()))
                .start();
    }

    boolean running(int number) {
        Node node = nodes.get(number);
        if (!node.process.isAlive()) {
            throw new IllegalStateException("node " + number + " has ended by itself with exit code "
                    + node.process.exitValue() + ", see " + log(number));
        }
        return Files.exists(node.ready);
    }

    /** Outlives the test, for whoever has to find out what a node did. */
    private static Path log(int number) {
        return Path.of("target", "cluster-node-" + number + ".log");
    }

    /** SIGKILL. */
    void kill(int number) {
        Process process = nodes.get(number).process;
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private String properties(int number) {
        var account = sandbox.serviceNow().accounts().integration();
        Map<String, String> all = new TreeMap<>();
        all.put("mode", "live");
        all.put("data-dir", directory.resolve("node-" + number).resolve("data").toString());
        all.put("hub.connection-string", sandbox.hubs().connectionString(Sandbox.EVENTS));
        all.put("store.url", store.getJdbcUrl("postgres", "postgres"));
        all.put("store.user", "postgres");
        all.put("cluster.join", "tcp");
        all.put("management.port", "0");
        all.put("cluster.port", Integer.toString(nodes.get(number).port));
        all.put(
                "cluster.members",
                nodes.stream().map(node -> "127.0.0.1:" + node.port).collect(Collectors.joining(",")));
        all.put("instances.sandbox.url", sandbox.serviceNow().url().toString());
        all.put("instances.sandbox.auth", "basic");
        all.put("instances.sandbox.user", account.name());
        all.put("instances.sandbox.password", account.password());
        all.put("files.content-url", sandbox.portal().content().url().toString());
        all.put("files.content-token", sandbox.portal().content().token());
        all.put("files.allow-loopback", "true");
        all.putAll(settings);
        return all.entrySet().stream()
                .map(each -> "roombridge." + each.getKey() + "=" + each.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return open.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : open) {
                socket.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        IntStream.range(0, nodes.size())
                .filter(number -> nodes.get(number).process != null)
                .forEach(this::kill);
        store.close();
    }
}
