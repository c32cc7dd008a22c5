package io.roombridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.eventhubs.HubVisit.PartitionState;
import io.roombridge.servicenow.Inspection.ShownTime;
import io.roombridge.servicenow.JournalAccess;
import io.roombridge.tls.Presented;
import io.roombridge.tls.TestAuthority;
import io.roombridge.tls.TlsFront;
import io.roombridge.tls.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor makes of what it sees: every verdict that no sandbox plays. */
class VerdictsTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration EVERY_15_S = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void aTrustedProxyInFrontOfACloudIsNamed() throws Exception {
        TestAuthority authority = new TestAuthority();
        Path caFile = authority.caFile(folder);
        List<X509Certificate> own = Trust.authorities(caFile);
        try (TlsFront front = new TlsFront(
                authority.server("127.0.0.1", Instant.now().plus(90, ChronoUnit.DAYS)), "127.0.0.1", 0, 1)) {
            Presented presented = Presented.by("127.0.0.1", front.port(), Optional.of(caFile), Optional.empty());

            Finding inTheWay = Certificate.verdict(at("example.service-now.com"), presented, own, Instant.now());
            assertThat(inTheWay.level()).isEqualTo(Level.AMBER);
            assertThat(inTheWay.seen()).contains("'CN=Test CA'");
            assertThat(inTheWay.remedy()).contains("excepted from TLS inspection");
            assertThat(Certificate.verdict(at("servicenow.example.com"), presented, own, Instant.now())
                            .level())
                    .isEqualTo(Level.GREEN);
        }
    }

    @Test
    void whatSpeaksNoTlsIsRed() {
        Presented nothing = new Presented(List.of(), Optional.of("Unsupported or unrecognized SSL message"));
        assertThat(Certificate.verdict(at("example.service-now.com"), nothing, List.of(), NOON)
                        .level())
                .isEqualTo(Level.RED);
    }

    private static Certificate.Address at(String host) {
        return new Certificate.Address(host, 443, Optional.empty(), Optional.empty(), "roombridge.tls.ca-file");
    }

    @Test
    void clocksMayDifferALittle() {
        assertThat(clock(Optional.of(Duration.ofSeconds(-10)))).isEqualTo(Level.GREEN);
        assertThat(clock(Optional.of(Duration.ofSeconds(-11)))).isEqualTo(Level.AMBER);
        assertThat(clock(Optional.of(Duration.ofSeconds(-121)))).isEqualTo(Level.RED);
        assertThat(clock(Optional.empty())).isEqualTo(Level.UNPROVEN);
    }

    private static Level clock(Optional<Duration> ahead) {
        return ServerClock.verdict("ServiceNow", ahead).level();
    }

    @Test
    void anHourlyLimitHasToLeaveRoom() {
        assertThat(Rate.verdict(OptionalInt.of(342), 30, EVERY_15_S).level()).isEqualTo(Level.RED);
        assertThat(Rate.verdict(OptionalInt.of(343), 30, EVERY_15_S).level()).isEqualTo(Level.AMBER);
        assertThat(Rate.verdict(OptionalInt.of(720), 30, EVERY_15_S).level()).isEqualTo(Level.GREEN);
    }

    @Test
    void eventsThatTheHubForgotUnreadAreToldFromThoseThatWait() {
        List<PartitionState> held = List.of(new PartitionState("0", 100, 149, Optional.of(NOON)));
        assertThat(lag(held, OptionalLong.of(149)).seen()).isEqualTo("nothing waits to be read");
        assertThat(lag(held, OptionalLong.of(99)).seen()).isEqualTo("50 events wait to be read");
        assertThat(lag(held, OptionalLong.empty()).level()).isEqualTo(Level.GREEN);
        assertThat(lag(held, OptionalLong.of(89)))
                .returns(Level.RED, Finding::level)
                .extracting(Finding::seen)
                .asString()
                .contains("10 events that were never read");
    }

    private static Finding lag(List<PartitionState> held, OptionalLong checkpoint) {
        return HubLag.verdict(held, Map.of("0", checkpoint));
    }

    @Test
    void anEmptyPartitionHasNoLag() {
        PartitionState empty = new PartitionState("0", 0, -1, Optional.empty());
        assertThat(lag(List.of(empty), OptionalLong.empty()).seen()).isEqualTo("nothing waits to be read");
    }

    @Test
    void aTimeInAQueryThatIsNotUtcIsRed() {
        ShownTime gmt = new ShownTime("2026-06-01 12:00:00", "2026-06-01 12:00:00");
        assertThat(UserTime.verdict(gmt, true).level()).isEqualTo(Level.GREEN);
        assertThat(UserTime.verdict(gmt, false).level()).isEqualTo(Level.RED);
    }

    @Test
    void whatCannotBeSeenIsNotCalledGood() {
        assertThat(Autoclose.verdict(Map.of()).level()).isEqualTo(Level.UNPROVEN);
        assertThat(Autoclose.verdict(Map.of("glide.ui.autoclose.time", "0")).level())
                .isEqualTo(Level.GREEN);
        assertThat(Roles.verdict(List.of()).level()).isEqualTo(Level.UNPROVEN);
        assertThat(CloseCodes.verdict(List.of(), List.of("Solved"), Optional.empty(), "a", "b"))
                .singleElement()
                .returns(Level.UNPROVEN, Finding::level);
    }

    @Test
    void aValueThatIsDroppedIsAmberAndAStateThatIsPutBackIsRed() {
        Map<String, String> written = Map.of("category", "hardware", "state", "2");
        assertThat(Staying.verdict(written, Map.of("category", "", "state", "1")))
                .extracting(Finding::level)
                .containsExactlyInAnyOrder(Level.AMBER, Level.RED);
    }

    @Test
    void noEntryAtAllIsBothFieldsFault() {
        assertThat(JournalProof.verdict(JournalAccess.NO_ENTRIES, List.of()))
                .extracting(Finding::seen)
                .allMatch(seen -> seen.contains("is not there"))
                .hasSize(2);
    }

    @Test
    void aFullDiskIsRed() {
        assertThat(disk(true, 3000)).isEqualTo(Level.GREEN);
        assertThat(disk(true, 1000)).isEqualTo(Level.AMBER);
        assertThat(disk(true, 100)).isEqualTo(Level.RED);
        assertThat(disk(false, 3000)).isEqualTo(Level.RED);
    }

    private static Level disk(boolean writable, long megabytes) {
        return DiskSpace.verdict(Path.of("data"), writable, megabytes * 1024 * 1024)
                .level();
    }

    @Test
    void aProbeThatFailsOrHangsHidesNoOther() {
        List<Result> results = new Doctor(
                        List.of(
                                Step.of("hub", "fails", () -> {
                                    throw new IllegalStateException("broken");
                                }),
                                Step.of("hub", "hangs", VerdictsTest::waitForEver),
                                Step.of("hub", "depends", () -> List.of(Finding.green("never said")), "fails"),
                                Step.of("here", "depends", () -> List.of(Finding.green("another area")), "fails"),
                                Step.of("hub", "last", () -> List.of(Finding.green("good")))),
                        Duration.ofMillis(200))
                .examine();

        assertThat(results)
                .extracting(Result::level)
                .containsExactly(Level.RED, Level.RED, Level.UNPROVEN, Level.GREEN, Level.GREEN);
        assertThat(results.get(0).finding().seen()).contains("broken");
        assertThat(results.get(1).finding().seen()).contains("no result within");
    }

    private static List<Finding> waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}
