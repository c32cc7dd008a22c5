package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.portal.Posting;
import io.roombridge.portal.TeamsAlerts;
import io.roombridge.report.DecisionReport;
import io.roombridge.report.Format;
import io.roombridge.report.Period;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The report against what the test itself knows it did, and what stands at the desk (docs/operations.md, "Report"). The
 * bench's world begins on Monday, 1 June 2026, at 9 o'clock UTC.
 */
class ReportTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** Quoted or not; no test here has a quotation mark in a cell. */
    private static final Pattern CELL = Pattern.compile("(?<=^|,)(?:\"([^\"]*)\"|([^,\"]*))(?=,|$)");

    private static final Period THE_DAY = new Period(MONDAY, MONDAY, UTC);

    private Bench bench = Bench.inMemory();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private String written(Period period, Format format) {
        bench.counts().write();
        return new DecisionReport(bench.jdbi()).of(period, format);
    }

    /** The tidy table, by section, what and key. */
    private Map<String, Long> numbers(Period period) {
        return written(period, Format.CSV)
                .lines()
                .skip(1)
                .map(ReportTest::cells)
                .filter(cells -> cells[3].matches("\\d+"))
                .collect(Collectors.toMap(
                        cells -> String.join("/", Arrays.copyOf(cells, 3)),
                        cells -> Long.parseLong(cells[3]),
                        Long::sum,
                        LinkedHashMap::new));
    }

    private static String[] cells(String line) {
        return CELL.matcher(line)
                .results()
                .map(cell -> cell.group(1) == null ? cell.group(2) : cell.group(1))
                .toArray(String[]::new);
    }

    private static long sum(Map<String, Long> numbers, String prefix) {
        return numbers.entrySet().stream()
                .filter(number -> number.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private PortalEvent now(String room, String signal) {
        return PortalEvent.of(room, signal).at(bench.clock.instant());
    }

    /** Two rooms: one relapses within the hold-down and once after it, the other is what it seems. */
    private void anEventfulMorning() {
        bench.deliver(now("room-1", "Camera").opened(1));
        bench.deliver(now("room-1", "Camera").resolved(2));
        bench.deliver(now("room-1", "Camera").reopened(3, 2));
        bench.deliver(now("room-1", "Camera").resolved(4));
        bench.pass(Duration.ofMinutes(16));
        bench.deliver(now("room-1", "Camera").reopened(5, 3));
        bench.deliver(now("room-2", "Display").opened(1));
        bench.deliver(now("room-2", "Display").sequence(1).message("m-1", "My number is +49 30 901820"));
        bench.attempt(now("room-2", "Display").opened(1).bytes().clone());
        bench.attempt("no event".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theNumbersAreThoseOfWhoeverCountsBesideTheBridge() {
        anEventfulMorning();

        Map<String, Long> numbers = numbers(THE_DAY);

        assertThat(numbers)
                .containsEntry("headline/reports of faults/", 4L)
                .containsEntry("headline/incidents/", (long)
                        bench.serviceNow.desk().incidents().size())
                .containsEntry("headline/repeats without a new incident/", 2L)
                .containsEntry("incidents-by-day/one for each report/2026-06-01", 4L)
                .containsEntry("incidents-by-day/Roombridge/2026-06-01", 2L)
                .containsEntry("ended/incidents/the signal was healthy, and stayed so", 1L)
                .containsEntry("conversation/to ServiceNow/comments and messages", 1L);
    }

    /** Seven changes that were new, one copy, and one that nobody can read. */
    @Test
    void everyEventIsAccountedFor() {
        anEventfulMorning();

        Map<String, Long> numbers = numbers(THE_DAY);

        assertThat(sum(numbers, "events/events of the portal/")).isEqualTo(9);
        assertThat(numbers)
                .containsEntry("event-reasons/events/this event was applied before (duplicate)", 1L)
                .containsEntry("event-reasons/events/the event does not keep the contract (dead)", 1L);
    }

    @Test
    void theSectionsAgree() {
        anEventfulMorning();

        Map<String, Long> numbers = numbers(THE_DAY);

        assertThat(sum(numbers, "reports/")).isEqualTo(numbers.get("headline/reports of faults/"));
        assertThat(sum(numbers, "incidents-by-cause/")).isEqualTo(numbers.get("headline/incidents/"));
        assertThat(sum(numbers, "event-reasons/")).isEqualTo(sum(numbers, "events/events of the portal/"));
        assertThat(sum(numbers, "rooms/")).isEqualTo(sum(numbers, "signals/")).isEqualTo(4);
    }

    @Test
    void theSameStoreAndDaysGiveTheSameBytes() {
        anEventfulMorning();

        for (Format format : Format.values()) {
            String first = written(THE_DAY, format);
            bench.clock.advance(Duration.ofHours(1));

            assertThat(written(THE_DAY, format)).isEqualTo(first);
        }
    }

    @Test
    void anEventAtMidnightCountsInOneOfTwoNeighbouringReports() {
        Instant midnight = MONDAY.plusDays(1).atStartOfDay(BERLIN).toInstant();
        bench.reach(midnight.minusNanos(1000));
        bench.deliver(now("room-1", "Camera").opened(1));
        bench.reach(midnight);
        bench.deliver(now("room-2", "Camera").opened(1));

        Map<String, Long> monday = numbers(new Period(MONDAY, MONDAY, BERLIN));
        Map<String, Long> tuesday = numbers(new Period(MONDAY.plusDays(1), MONDAY.plusDays(1), BERLIN));

        assertThat(monday)
                .containsEntry("headline/reports of faults/", 1L)
                .containsEntry("rooms/reports/Room room-1", 1L);
        assertThat(tuesday)
                .containsEntry("headline/reports of faults/", 1L)
                .containsEntry("rooms/reports/Room room-2", 1L);
    }

    @Test
    void theDayOnWhichTheClocksAreSetBackHas25Hours() {
        LocalDate sunday = LocalDate.of(2026, 10, 25);
        Period day = new Period(sunday, sunday, BERLIN);
        bench.reach(day.begin());
        bench.deliver(now("room-1", "Camera").opened(1));
        bench.reach(day.begin().plus(Duration.ofMinutes(24 * 60 + 30)));
        bench.deliver(now("room-2", "Camera").opened(1));

        assertThat(Duration.between(day.begin(), day.end())).isEqualTo(Duration.ofHours(25));
        assertThat(numbers(day)).containsEntry("incidents-by-day/one for each report/2026-10-25", 2L);
    }

    @Test
    void aTimeInWhichNothingHappenedSaysSo() {
        anEventfulMorning();
        Period before = new Period(MONDAY.minusDays(7), MONDAY.minusDays(1), UTC);

        assertThat(numbers(before)).containsEntry("headline/reports of faults/", 0L);
        assertThat(written(before, Format.MARKDOWN)).contains("The oldest decision in the store is of 2026-06-01T09:");
        assertThat(written(before, Format.HTML)).doesNotContain("NaN");
    }

    @Test
    void roomsOfOneFloorThatGoOfflineTogetherAreOneOutage() {
        for (String room : List.of("room-1", "room-2", "room-3")) {
            bench.deliver(now(room, "Offline").onFloor("Isarforum", "Floor 2").opened(1));
            bench.pass(Duration.ofMinutes(4));
        }
        bench.deliver(now("room-4", "Offline").onFloor("Isarforum", "Floor 3").opened(1));

        assertThat(written(THE_DAY, Format.CSV))
                .contains("outages,rooms,\"2026-06-01 09:00, Isarforum, Floor 2\",3\n")
                .doesNotContain("Floor 3");
    }

    @Test
    void anOutageAtMidnightIsOneOfTheDayOnWhichItBegan() {
        bench.reach(MONDAY.plusDays(1).atStartOfDay(UTC).toInstant().minus(Duration.ofMinutes(5)));
        for (String room : List.of("room-1", "room-2", "room-3")) {
            bench.deliver(now(room, "Offline").onFloor("Isarforum", "Floor 2").opened(1));
            bench.pass(Duration.ofMinutes(4));
        }

        assertThat(written(THE_DAY, Format.CSV)).contains("outages,rooms,\"2026-06-01 23:55, Isarforum, Floor 2\",3\n");
        assertThat(written(new Period(MONDAY.plusDays(1), MONDAY.plusDays(1), UTC), Format.CSV))
                .doesNotContain("outages,");
    }

    @Test
    void shadowModeReportsTheIncidentsThatItImagined() {
        bench.close();
        bench = Bench.inShadow();
        anEventfulMorning();
        long imagined = bench.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from shadow_write where kind = 'CREATE'")
                        .mapTo(Long.class)
                        .one());

        assertThat(numbers(THE_DAY)).containsEntry("headline/incidents that would exist/", imagined);
        assertThat(written(THE_DAY, Format.MARKDOWN)).contains("would have opened 2 incidents");
    }

    @Test
    void aNameFromOutsideIsTextInEveryFormat() {
        bench.deliver(now("room-1", "Camera")
                .named("=cmd|'/c calc'!A1 <script>alert(1)</script> [x](http://evil) \u202e`&amp;")
                .opened(1));

        assertThat(written(THE_DAY, Format.HTML))
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("&amp;amp;");
        assertThat(written(THE_DAY, Format.CSV)).contains(",'=cmd|'/c calc'!A1 <script>");
        assertThat(written(THE_DAY, Format.MARKDOWN))
                .contains("=cmd\\|'/c calc'!A1 \\<script\\>alert(1)\\</script\\> \\[x\\](http://evil)")
                .doesNotContain("\u202e");
    }

    @Test
    void whatPeopleWroteAndWhoTheyAreIsNotInIt() {
        anEventfulMorning();

        for (Format format : Format.values()) {
            assertThat(written(THE_DAY, format)).doesNotContain("901820").doesNotContain("Megan");
        }
    }

    @Test
    void whatIsSaidAtTheDeskIsCountedByDirection() {
        bench.deliver(now("room-1", "Camera").opened(1));
        bench.poll();
        String incident = bench.incident("room-1", "Camera").sysId();
        bench.machine.advance(Duration.ofMinutes(1));
        bench.serviceNow.desk().as("beth.anglin").comment(incident, "We are on our way");
        bench.serviceNow.desk().as("beth.anglin").workNote(incident, "Third time this week");
        bench.machine.advance(Duration.ofMinutes(1));
        bench.poll();
        bench.serviceNow.desk().as("beth.anglin").resolve(incident, "Resolved by caller", "Done");
        bench.machine.advance(Duration.ofMinutes(1));
        bench.poll();

        assertThat(numbers(THE_DAY))
                .containsEntry("conversation/to the portal/comments and messages", 1L)
                .containsEntry("conversation/to the portal/work notes that stayed in ServiceNow", 1L)
                .containsEntry("ended/incidents/resolved by a person in ServiceNow", 1L);
    }

    @Test
    void aChangeThatWaitsForAPersonStandsInIt() {
        bench.serviceNow
                .faults()
                .on(RequestMatcher.writes())
                .next(1, Fault.forbidden("Operation Failed", "Error during insert of incident"));
        bench.deliver(now("room-1", "Camera").opened(1));
        bench.deliver(now("room-1", "Camera").resolved(2));

        Map<String, Long> numbers = numbers(THE_DAY);

        assertThat(numbers).containsEntry("headline/changes wait for a person/", 2L);
        assertThat(sum(numbers, "dead-letters/")).isEqualTo(2);
        assertThat(sum(numbers, "events/events of the portal/")).isEqualTo(2);
    }

    /** The report of the ticket was held back while a person could still decide. */
    @Test
    void anIncidentOfAnotherIntegrationIsTakenOverAndNotOpenedEvenWhenItIsGivenBack() {
        bench.close();
        bench = Bench.inShadow();
        CutOver cutOver = new CutOver(bench);
        String sysId = cutOver.nativeIncident(2, "room-2");
        cutOver.exported("room-2", cutOver.number(sysId));
        cutOver.importIt();
        bench.goLive();
        bench.deliver(now("room-2", "Camera").opened(1));
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(now("room-1", "Camera").opened(1));

        assertThat(numbers(THE_DAY))
                .containsEntry("headline/incidents/", 1L)
                .containsEntry("incidents-by-cause/incidents/anything else", 0L)
                .containsEntry("taken-over/incidents/taken over", 1L);
        assertThat(written(THE_DAY, Format.MARKDOWN))
                .contains("| **0\u00a0%** | fewer incidents |")
                .contains("1 incident of another integration, taken over");

        bench.planAdoption().rollBack(Optional.empty(), Optional.empty(), "Beth Anglin", "not yet");
        bench.pass(Duration.ofMinutes(1));

        assertThat(numbers(THE_DAY))
                .containsEntry("headline/incidents/", 1L)
                .containsEntry("taken-over/incidents/taken over", 1L)
                .containsEntry("taken-over/incidents/given back", 1L);
    }

    @Test
    void anIncidentBeforeMidnightWhoseReportIsRecordedAfterItIsNoNegativeNumber() {
        bench.deliver(now("room-1", "Camera").opened(1));
        Instant midnight = MONDAY.plusDays(1).atStartOfDay(UTC).toInstant();
        bench.jdbi()
                .useHandle(handle ->
                        handle.execute("update change_outcome set at = ?", midnight.atOffset(ZoneOffset.UTC)));

        assertThat(written(new Period(MONDAY.plusDays(1), MONDAY.plusDays(1), UTC), Format.CSV))
                .contains("incidents-by-cause,incidents,anything else,0\n");
    }

    private void teamsSaysOffline(String room) {
        String alert = """
                {"AlertTitle": "Device went offline", "DeviceLoggedInUserId": "a1", "DeviceId": "dev-%s",
                 "MetricValues": {"DeviceHealthStatus": "Offline"}, "RuleName": "Device state rule", "RuleType": "DeviceState",
                 "TenantId": "contoso", "AlertRaisedAt": "%s"}""".formatted(room, bench.clock.instant());
        Posting posting = new TeamsAlerts()
                .posting(
                        alert.getBytes(StandardCharsets.UTF_8),
                        bench.machine.instant().plus(Duration.ofDays(30)));
        String event = ((Posting.Readable) posting).events().get(0).payload();
        bench.attempt(event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anOutageOfWhichTwoSourcesTellIsOneReportAndOneOutageOfTheFloor() {
        List<String> rooms = List.of("room-1", "room-2", "room-3");
        for (String room : rooms) {
            bench.deliver(RoomEvent.ofDevice("enrolled", room, bench.clock.instant()));
        }
        bench.pass(Duration.ofHours(1));
        rooms.forEach(this::teamsSaysOffline);
        bench.pass(Duration.ofHours(3));
        for (String room : rooms) {
            bench.deliver(now(room, "Offline").onFloor("Isarforum", "Floor 2").opened(1));
        }

        Map<String, Long> numbers = numbers(THE_DAY);

        assertThat(numbers)
                .containsEntry("headline/reports of faults/", 3L)
                .containsEntry("headline/incidents/", 3L)
                .containsEntry("incidents-by-cause/incidents/anything else", 0L)
                .containsEntry("reports-by-source/reports/the Teams admin centre, first or alone", 3L);
        assertThat(sum(numbers, "signals/")).isEqualTo(3);
        assertThat(numbers).containsEntry("outages/rooms/2026-06-01 10:00, Isarforum, Floor 2", 3L);
        assertThat(sum(numbers, "outages/rooms")).isEqualTo(3);
    }
}
