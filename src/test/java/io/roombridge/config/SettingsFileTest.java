package io.roombridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.config.BadConfiguration.Fault;
import io.roombridge.config.Settings.Mode;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    private static final Map<String, String> LEAST = Map.of(
            "roombridge.mode", "live",
            "roombridge.hub.connection-string", "Endpoint=sb://x/",
            "roombridge.instances.main.url", "https://example.service-now.com",
            "roombridge.instances.main.auth", "basic",
            "roombridge.instances.main.user", "roombridge",
            "roombridge.instances.main.password", "s3cret");

    @TempDir
    Path directory;

    @Test
    void theLeastConfigurationTakesDefaultsForTheRest() {
        Settings settings = SettingsFile.read(directory.resolve("none"), Map.of(), LEAST);

        assertThat(settings.mode()).contains(Mode.LIVE);
        assertThat(settings.hub().consumerGroup()).isEqualTo("roombridge");
        assertThat(settings.instances().get("main").tenants()).containsExactly("*");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = written("roombridge.hub.events=from-file");

        Settings settings = SettingsFile.read(file, Map.of("ROOMBRIDGE_HUB_EVENTS", "from-environment"), LEAST);

        assertThat(settings.hub().events()).isEqualTo("from-environment");
    }

    @Test
    void severalNodesNeedOneStoreAndKnowEachOther() {
        List<Fault> faults = faultsOf(
                directory.resolve("none"),
                Map.of(),
                Map.of("roombridge.cluster.join", "tcp", "roombridge.cluster.lease", "PT0.1S"));

        assertThat(faults)
                .extracting(Fault::toString)
                .anyMatch(fault -> fault.startsWith("roombridge.store.url: must be jdbc:postgresql://HOST/DATABASE"))
                .contains(
                        "roombridge.cluster.members: is required with join = tcp: HOST:PORT,HOST:PORT",
                        "roombridge.cluster.lease = PT0.1S: must be at least PT1S");
    }

    @Test
    void everyFaultIsReportedAtOnceWithKeyValueAndWhatWasExpected() throws IOException {
        Path file = written(
                "roombridge.hub.evnts=x",
                "roombridge.hub.window=many",
                "roombridge.instances.main.auth=magic",
                "roombridge.instances.main.url=https://x",
                "roombridge.recovery.sweep=soon");

        List<Fault> faults = faultsOf(file, Map.of("ROOMBRIDGE_HUBB", "1"), Map.of());

        assertThat(faults)
                .extracting(Fault::toString)
                .contains(
                        "ROOMBRIDGE_HUBB: names no setting; config/roombridge.properties shows every one",
                        "roombridge.hub.evnts: is not a setting; did you mean roombridge.hub.events?",
                        "roombridge.hub.window = many: must be a whole number",
                        "roombridge.instances.main.user: is required: the integration user",
                        "roombridge.hub.connection-string: is required, here or in a file named by"
                                + " roombridge.hub.connection-string-file",
                        "roombridge.recovery.sweep = soon: cannot be read; a duration is written like PT30S, PT15M or P90D")
                .anyMatch(fault -> fault.startsWith("roombridge.instances.main.auth = magic: must be one of "))
                .anyMatch(fault -> fault.startsWith("roombridge.mode: is required: shadow"));
    }

    @Test
    void aSecretIsNeverShownNotEvenAWrongOne() throws IOException {
        Path file = written("roombridge.instances.main.password-file=/nowhere/at/all");

        String text = new BadConfiguration(faultsOf(file, Map.of(), LEAST)).getMessage();

        assertThat(text).contains("roombridge.instances.main.password").doesNotContain("s3cret");
    }

    @Test
    void aSecretMayStandInAFileWithATrailingLineBreak() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "from file\n");

        assertThat(Secrets.read("key", Optional.empty(), Optional.of(secret)))
                .contains(new Secret("from file"))
                .get()
                .hasToString("********");
    }

    @Test
    void plainHttpIsRefusedExceptOnLoopback() throws IOException {
        assertThat(faultsOf(written("roombridge.instances.main.url=http://example.com"), Map.of(), without("url")))
                .extracting(Fault::expected)
                .contains("must be https://HOST (plain http only on loopback)");
    }

    @Test
    void aQueryForAdoptionIsConditionsAndNothingElse() throws IOException {
        String key = "roombridge.instances.main.adoption-query";
        assertThat(SettingsFile.read(written(key + "=active=true^sys_created_by=mtr.integration"), Map.of(), LEAST)
                        .instances()
                        .get("main")
                        .adoptionQuery())
                .contains("active=true^sys_created_by=mtr.integration");
        for (String wrong : List.of("mtr", "a=1^ORDERBYnumber", "a=1^NQb=2", "^a=1", "a=javascript:gs.log()")) {
            assertThat(faultsOf(written(key + "=" + wrong), Map.of(), LEAST))
                    .as(wrong)
                    .anyMatch(
                            fault -> fault.key().equals(key) && fault.expected().startsWith("expected conditions"));
        }
    }

    @Test
    void twoInstancesCannotServeTheSameTenant() throws IOException {
        Path file = written(
                "roombridge.instances.other.url=https://other",
                "roombridge.instances.other.auth=basic",
                "roombridge.instances.other.user=u",
                "roombridge.instances.other.password=p");

        assertThat(faultsOf(file, Map.of(), LEAST))
                .singleElement()
                .satisfies(fault -> assertThat(fault.expected()).contains("a tenant has exactly one"));
    }

    @Test
    void theSettingsFileOfTheRepositoryShowsEveryKey() throws IOException {
        Properties shown = new Properties();
        String uncommented =
                Files.readString(Path.of("config/roombridge.properties")).replaceAll("(?m)^#(roombridge\\.)", "$1");
        try (Reader reader = new StringReader(uncommented)) {
            shown.load(reader);
        }

        assertThat(shown.stringPropertyNames().stream()
                        .map(key -> key.replaceAll("(instances|sources)\\.[a-z]+\\.", "$1.*."))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(SettingKeys.ALL));
    }

    @Test
    void aPortForHooksNeedsSourcesEachWithALongTokenOfItsOwn() {
        String token = "0123456789abcdef0123456789abcdef";

        assertThat(faultsOf(directory.resolve("none"), Map.of(), with("roombridge.hooks.port", "0")))
                .extracting(Fault::toString)
                .containsExactly("roombridge.hooks.sources.NAME.token: at least one source is required with a port");
        assertThat(faultsOf(
                        directory.resolve("none"),
                        Map.of(),
                        with(
                                "roombridge.hooks.port", "0",
                                "roombridge.hooks.sources.relay.token", "short",
                                "roombridge.hooks.sources.teams.takes", "teams-alerts")))
                .extracting(Fault::toString)
                .anyMatch(fault ->
                        fault.startsWith("roombridge.hooks.sources.relay.token = ********: must be 32 to 200 letters"))
                .anyMatch(fault -> fault.startsWith("roombridge.hooks.sources.teams.token: is required"));
        assertThat(faultsOf(
                        directory.resolve("none"),
                        Map.of(),
                        with(
                                "roombridge.hooks.port", "0",
                                "roombridge.hooks.sources.relay.token", token,
                                "roombridge.hooks.sources.teams.token", token)))
                .extracting(Fault::toString)
                .anyMatch(fault -> fault.contains("each source needs its own"))
                .noneMatch(fault -> fault.contains(token));
    }

    private static Map<String, String> with(String... more) {
        Map<String, String> all = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private List<Fault> faultsOf(Path file, Map<String, String> environment, Map<String, String> given) {
        return catchThrowableOfType(BadConfiguration.class, () -> SettingsFile.read(file, environment, given))
                .faults();
    }

    private static Map<String, String> without(String suffix) {
        return LEAST.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("." + suffix))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Path written(String... lines) throws IOException {
        return Files.write(directory.resolve("roombridge.properties"), List.of(lines));
    }
}
