package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CampusDayTest {

    private static final LocalDate DATE = LocalDate.of(2026, 6, 4);

    private static final Map<Long, CampusDay> DAYS = new ConcurrentHashMap<>();

    private static CampusDay day(long seed) {
        return DAYS.computeIfAbsent(seed, missing -> CampusDay.of(missing, DATE));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @Test
    void theSameSeedMakesTheSameBytes() {
        assertThat(transcript(CampusDay.of(7, DATE))).isEqualTo(transcript(CampusDay.of(7, DATE)));
    }

    @Test
    void anotherSeedOrDateMakesAnotherDay() {
        List<String> day = transcript(CampusDay.of(7, DATE));

        assertThat(transcript(CampusDay.of(8, DATE))).isNotEqualTo(day);
        assertThat(transcript(CampusDay.of(7, DATE.plusDays(1)))).isNotEqualTo(day);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDayHasEverySignalAndEveryKindOfNews(long seed) {
        CampusDay day = day(seed);

        assertThat(day.events()).hasSizeBetween(250, 400);
        assertThat(signalsThatFail(day))
                .containsExactlyInAnyOrder(
                        Arrays.stream(Signal.values()).map(Signal::label).toArray(String[]::new));
        assertThat(day.events().stream().map(PortalEvent::name).collect(Collectors.toSet()))
                .contains(
                        "ticket.opened",
                        "ticket.updated",
                        "ticket.status-changed",
                        "ticket.severity-changed",
                        "ticket.message-added",
                        "ticket.remediation",
                        "ticket.resolved",
                        "ticket.reopened",
                        "ticket.closed",
                        "signal.suppressed",
                        "signal.unsuppressed",
                        "signal.disabled",
                        "signal.enabled",
                        "device.suppressed",
                        "device.unsuppressed",
                        "device.enrolled",
                        "device.onboarding",
                        "device.replaced",
                        "room.changed");
        assertThat(day.events().stream().map(PortalEvent::form).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(PortalEvent.Form.class));
        assertThat(postings(day).map(Posting::mode).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Posting.Mode.class));
        assertThat(day.truth().tickets().stream()
                        .flatMap(ticket -> ticket.setAside().stream())
                        .collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Truth.SetAside.class));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSequenceOfATicketRisesInEqualStepsThatLeaveTheRelayRoom(long seed) {
        Map<TicketName, Long> last = new HashMap<>();

        day(seed)
                .events()
                .forEach(event -> event.ticket().ifPresent(ticket -> {
                    long sequence = event.sequence().orElseThrow();
                    assertThat(sequence).isEqualTo(last.getOrDefault(ticket, 0L) + TrackedTicket.SEQUENCE_STEP);
                    last.put(ticket, sequence);
                }));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void someEventsComeTwiceLateOrOutOfOrder(long seed) {
        CampusDay day = day(seed);
        Set<String> ids = new HashSet<>();
        Map<TicketName, Long> highest = new HashMap<>();
        int twice = 0;
        int lower = 0;
        for (PortalEvent event : published(day)) {
            boolean again = !ids.add(event.id());
            twice += again ? 1 : 0;
            if (!again && event.ticket().isPresent()) {
                long sequence = event.sequence().orElseThrow();
                long before = highest.merge(event.ticket().orElseThrow(), sequence, Math::max);
                lower += sequence < before ? 1 : 0;
            }
        }

        assertThat(twice).isEqualTo(12);
        assertThat(lower).isBetween(3, 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingUpToAWatermarkWasPublishedBeforeIt(long seed) {
        Set<String> sent = new HashSet<>();
        CampusDay day = day(seed);

        for (CampusDay.Step step : day.steps()) {
            step.postings().forEach(posting -> posting.events().forEach(event -> sent.add(event.id())));
            for (Heartbeat heartbeat : step.heartbeats()) {
                assertThat(day.events())
                        .filteredOn(event -> !event.time().isAfter(heartbeat.watermark()))
                        .allMatch(event -> sent.contains(event.id()));
                assertThat(heartbeat.watermark()).isAfter(step.at().minus(Duration.ofMinutes(20)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noEventIsPublishedBeforeItHappensOrOutsideTheDay(long seed) {
        CampusDay day = day(seed);
        Instant last = Instant.MIN;
        for (CampusDay.Step step : day.steps()) {
            assertThat(step.at()).isAfter(last).isBetween(day.start(), day.end());
            step.postings()
                    .forEach(posting -> assertThat(posting.events())
                            .allMatch(event -> !event.time().isAfter(step.at())));
            last = step.at();
        }
    }

    /** Near the end of the hold-down it would be a matter of timing whether a relapse counts. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noRelapseComesNearTheEndOfTheHoldDown(long seed) {
        Map<TicketName, Instant> healthySince = new HashMap<>();
        for (PortalEvent event : day(seed).events()) {
            TicketName ticket = event.ticket().orElse(null);
            if (event.name().equals("ticket.resolved")) {
                healthySince.put(ticket, event.time());
            } else if (event.name().equals("ticket.reopened")) {
                long minutes =
                        Duration.between(healthySince.get(ticket), event.time()).toMinutes();
                assertThat(minutes).matches(gap -> gap < 9 || gap > 28);
            }
        }
    }

    @Test
    void theNextDayGoesOnWithTheTicketsOfTheLast() {
        CampusDays days = new CampusDays(Campus.of(7), DATE);
        Map<TicketName, Long> last = new HashMap<>();
        Set<String> ids = new HashSet<>();

        for (int number = 0; number < 5; number++) {
            for (PortalEvent event : days.next().events()) {
                assertThat(ids.add(event.id())).isTrue();
                event.ticket().ifPresent(ticket -> {
                    long sequence = event.sequence().orElseThrow();
                    assertThat(sequence).isEqualTo(last.getOrDefault(ticket, 0L) + TrackedTicket.SEQUENCE_STEP);
                    last.put(ticket, sequence);
                });
            }
        }
    }

    @Test
    void twoTenantsShareNothing() {
        CampusDay day = new CampusDays(Campus.of(3, 2), DATE).next();

        assertThat(Campus.of(3, 2).tenants()).hasSize(2);
        assertThat(day.events()).hasSizeBetween(500, 800);
        assertThat(day.events().stream().map(PortalEvent::tenant).distinct())
                .containsExactlyInAnyOrderElementsOf(Campus.of(3, 2).tenants());
    }

    private static Stream<Posting> postings(CampusDay day) {
        return day.steps().stream().flatMap(step -> step.postings().stream());
    }

    private static List<PortalEvent> published(CampusDay day) {
        return postings(day).flatMap(posting -> posting.events().stream()).toList();
    }

    private static Set<String> signalsThatFail(CampusDay day) {
        return day.events().stream()
                .filter(event ->
                        event.form() == PortalEvent.Form.VALID && event.name().equals("ticket.opened"))
                .map(event -> event.data().at("/ticket/key/signalType").asText())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Everything a day does, down to the bytes of each message. */
    private static List<String> transcript(CampusDay day) {
        return day.steps().stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step.at() + " " + step.heartbeats() + " " + step.deskActions()),
                        step.postings().stream()
                                .map(posting -> posting.partitionKey() + " " + posting.mode() + " "
                                        + posting.events().stream()
                                                .map(event -> event.form()
                                                        + event.structured().toString())
                                                .toList())))
                .toList();
    }
}
