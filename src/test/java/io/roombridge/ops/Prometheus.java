package io.roombridge.ops;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus on loopback, from Debian's package {@code prometheus}, and its promtool. */
public final class Prometheus implements AutoCloseable {

    private static final Path RULES = Path.of("config/prometheus");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;

    private Prometheus(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Reads {@code target} each second by the shipped rules, but lets nobody wait before an alert fires. */
    public static Prometheus reading(URI target, Path directory) throws IOException {
        required("prometheus");
        Path rules = rulesIn(directory);
        for (Path file : files(rules)) {
            Files.writeString(file, Files.readString(file).replaceAll("(?m)^ +for: .*\\R", ""));
        }
        Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["rules/*.yml"]
                scrape_configs:
                  - job_name: roombridge
                    metrics_path: /observe/metrics
                    static_configs: [{targets: ["%s"]}]
                """.formatted(target.getAuthority()));
        int port = freePort();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=exemplar-storage",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, URI.create("http://127.0.0.1:" + port));
    }

    /** Runs promtool in a directory that has the shipped rules below {@code rules}; fails with what it says. */
    public static void promtool(Path directory, List<String> arguments) throws IOException, InterruptedException {
        required("promtool");
        rulesIn(directory);
        Process promtool = new ProcessBuilder(
                        Stream.concat(Stream.of("promtool"), arguments.stream()).toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes());
        if (promtool.waitFor() != 0) {
            fail(said);
        }
    }

    /** Names of the alerts that fire now; empty also while it is starting. */
    public Set<String> firing() {
        return names("ALERTS{alertstate=\"firing\"}", "alertname");
    }

    /** Whether it has read its target. */
    public boolean reads() {
        return !names("up == 1", "job").isEmpty();
    }

    /** The traces that samples of a metric name as their examples; empty also while it is starting. */
    public List<String> traces(String metric) {
        return ask("/api/v1/query_exemplars", metric).findValuesAsText("trace_id");
    }

    private Set<String> names(String query, String label) {
        Set<String> names = new TreeSet<>();
        ask("/api/v1/query", query)
                .path("result")
                .forEach(sample -> names.add(sample.path("metric").path(label).asText()));
        return names;
    }

    private JsonNode ask(String path, String query) {
        try {
            return new ObjectMapper()
                    .readTree(client.send(
                                    HttpRequest.newBuilder(url.resolve(path))
                                            .header("Content-Type", "application/x-www-form-urlencoded")
                                            .POST(HttpRequest.BodyPublishers.ofString(
                                                    "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .path("data");
        } catch (IOException starting) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path rulesIn(Path directory) throws IOException {
        Path rules = Files.createDirectories(directory.resolve("rules"));
        for (Path file : files(RULES)) {
            Files.writeString(rules.resolve(file.getFileName()), Files.readString(file));
        }
        return rules;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".rules.yml")).toList();
        }
    }

    /** Where it is missing the calling test is skipped with a word why, but fails on the build server. */
    private static void required(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            String why = program + " is not on the path; install Debian's package prometheus";
            if ("true".equals(System.getenv("CI"))) {
                fail(why);
            }
            abort(why);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
