package io.roombridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped rules and the dashboard: they are valid, they use metrics that exist, and a person finds what to do. */
class PrometheusRulesTest {

    private static final Path ALERTS = Path.of("config/prometheus/alerts.rules.yml");
    private static final Path RECORDING = Path.of("config/prometheus/recording.rules.yml");
    private static final Path DASHBOARD = Path.of("config/grafana/roombridge.json");
    private static final Path ALERT_TESTS = Path.of("src/test/resources/prometheus/alerts.test.yml");
    private static final Pattern METRIC = Pattern.compile("roombridge_[a-z_]+");
    private static final Pattern RECORDED = Pattern.compile("roombridge:[a-z0-9_:]+");

    @TempDir
    Path directory;

    @Test
    void everyAlertFiresForItsCauseAndAHealthyBridgeRaisesNone() throws Exception {
        Files.copy(ALERT_TESTS, directory.resolve("alerts.test.yml"));

        Prometheus.promtool(
                directory, List.of("check", "rules", "rules/alerts.rules.yml", "rules/recording.rules.yml"));
        Prometheus.promtool(directory, List.of("test", "rules", "alerts.test.yml"));

        assertThat(Files.readString(ALERT_TESTS)).contains(alerts());
    }

    @Test
    void everyAlertTellsWhatToDo() throws IOException {
        String operations = Files.readString(Path.of("docs/operations.md"));

        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(operations).contains("### " + alert + "\n");
            assertThat(Files.readString(ALERTS)).contains("runbook: docs/operations.md#" + alert.toLowerCase());
        });
        assertThat(found(Pattern.compile("(?m)^### (Roombridge\\w+)$"), operations, 1))
                .as("sections without an alert")
                .isSubsetOf(alerts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/prometheus/alerts.rules.yml",
                "config/prometheus/recording.rules.yml",
                "config/grafana/roombridge.json"
            })
    void onlyMetricsThatExistAreUsed(Path file) throws IOException {
        Set<String> known = MetricsPage.documented().entrySet().stream()
                .flatMap(metric -> metric.getValue().startsWith("histogram")
                        ? Stream.of("_bucket", "_sum", "_count", "_max").map(metric.getKey()::concat)
                        : Stream.of(metric.getKey()))
                .collect(Collectors.toSet());
        String text = Files.readString(file);

        assertThat(found(METRIC, text, 0)).isNotEmpty().isSubsetOf(known);
        assertThat(found(RECORDED, text, 0)).isSubsetOf(found(RECORDED, Files.readString(RECORDING), 0));
    }

    @Test
    void theDashboardIsWholeAndEveryPanelAsksForSomething() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));

        assertThat(dashboard.path("uid").asText()).isEqualTo("roombridge");
        assertThat(dashboard.path("panels")).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("type").asText().equals("row")
                            || panel.path("targets").size() > 0)
                    .as(panel.path("title").asText())
                    .isTrue();
        });
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    private static String[] alerts() throws IOException {
        return found(Pattern.compile("(?m)^ +- alert: (\\w+)$"), Files.readString(ALERTS), 1)
                .toArray(String[]::new);
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
