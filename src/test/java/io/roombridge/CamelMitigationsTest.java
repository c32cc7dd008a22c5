package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.netty.util.Version;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Database;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The holes of Camel 4.17.0 and of its parts stay closed (docs/operations.md, "Security"). */
class CamelMitigationsTest {

    /** Every identifier that is known to touch this set of versions. */
    private static final List<String> KNOWN = List.of(
            "CVE-2026-43865",
            "CVE-2026-78162",
            "CVE-2026-85251",
            "CVE-2026-85316",
            "CVE-2026-84176",
            "CVE-2026-40022",
            "CVE-2026-55831",
            "CVE-2026-59900",
            "CVE-2026-107725",
            "CVE-2026-107726");

    /** An object that nobody but an attacker would put there. */
    private record Stranger(String name) implements Serializable {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.camel.component.http.HttpComponent",
                "org.apache.camel.component.platform.http.PlatformHttpComponent",
                "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer",
                "org.apache.camel.component.platform.http.main.MainHttpServer"
            })
    void theVulnerablePartIsNotThere(String type) {
        assertThat(CamelMitigationsTest.class.getResource("/" + type.replace('.', '/') + ".class"))
                .isNull();
    }

    @Test
    void theOwnHazelcastMemberReadsNoStrangersAndFindsNone() {
        try (Database database = Database.open("jdbc:h2:mem:mitigations", "sa", "");
                Cluster cluster = Cluster.alone(Jdbi.create(database.dataSource()), "mitigations")) {
            HazelcastInstance member = cluster.hazelcast();
            assertThat(member.getConfig()
                            .getNetworkConfig()
                            .getJoin()
                            .getMulticastConfig()
                            .isEnabled())
                    .isFalse();
            assertThat(member.getConfig()
                            .getNetworkConfig()
                            .getJoin()
                            .getAutoDetectionConfig()
                            .isEnabled())
                    .isFalse();
            IMap<String, Object> map = member.getMap("strangers");
            map.put("x", new Stranger("x"));

            assertThatThrownBy(() -> map.get("x"))
                    .isInstanceOf(HazelcastSerializationException.class)
                    .hasStackTraceContaining("not allowed");
        }
    }

    /** Addresses of endpoints stand in the files; a message cannot name one, nor bring a script. */
    @Test
    void noRouteTakesAnAddressOrAScriptFromAMessage() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            List<Path> all = routes.toList();
            assertThat(all).isNotEmpty();
            for (Path route : all) {
                assertThat(Files.readString(route))
                        .as(route.toString())
                        .doesNotContain(
                                "toD",
                                "recipientList",
                                "routingSlip",
                                "dynamicRouter",
                                "nrich",
                                "groovy",
                                "script:",
                                "hazelcast");
            }
        }
    }

    @Test
    void overriddenPartsAreTheOnesOnTheClassPath() {
        assertThat(Version.identify().values())
                .allSatisfy(netty -> assertThat(patch(netty.artifactVersion())).isGreaterThanOrEqualTo(137));
        assertThat(com.hazelcast.instance.BuildInfoProvider.getBuildInfo().getVersion())
                .isGreaterThanOrEqualTo("5.7.0");
        assertThat(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString())
                .startsWith("2.21.");
    }

    private static int patch(String version) {
        return Integer.parseInt(version.split("\\.")[2]);
    }

    @Test
    void thePageNamesEveryKnownHoleAndTestsThatExist() throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("docs", "operations.md")).stream()
                .filter(line -> line.startsWith("| CVE-"))
                .map(line -> line.split("\\|"))
                .toList();

        assertThat(rows).extracting(row -> row[1].strip()).containsExactlyInAnyOrderElementsOf(KNOWN);
        assertThat(rows)
                .flatExtracting(row -> Arrays.asList(row[4].strip().split(", ")))
                .isNotEmpty()
                .allMatch(CamelMitigationsTest::isTestClass);
    }

    private static boolean isTestClass(String name) {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.anyMatch(file -> file.getFileName().toString().equals(name + ".java"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
