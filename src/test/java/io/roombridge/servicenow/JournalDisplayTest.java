package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text that an incident shows for its journal becomes entries again, in every format and zone a user may have. */
class JournalDisplayTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";
    private static final Instant CREATED = Instant.parse("2026-06-06T20:00:00Z");
    private static final Instant FIRST = Instant.parse("2026-06-06T23:30:10Z");
    private static final Instant SECOND = Instant.parse("2026-06-09T08:00:00Z");

    static Stream<Arguments> formatsAndZones() {
        return DisplayTime.DATES.stream()
                .flatMap(date -> DisplayTime.TIMES.stream()
                        .flatMap(time -> Stream.of("UTC", "Europe/Zurich", "America/Los_Angeles", "Asia/Kathmandu")
                                .map(zone -> Arguments.of(date + " " + time, zone))));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("formatsAndZones")
    void entriesHaveTheirTimesBackOldestFirst(String format, String zone) {
        String text = entry(SECOND, "Beth Anglin", "Again dark", format, zone)
                + entry(FIRST, "Roombridge Integration", "It is dark.\n\nSince noon.", format, zone);

        assertThat(read(text, SECOND, format, zone))
                .extracting(entry -> entry.createdOn().orElseThrow(), JournalEntry::createdBy, JournalEntry::value)
                .containsExactly(
                        tuple(FIRST, "Roombridge Integration", "It is dark.\n\nSince noon."),
                        tuple(SECOND, "Beth Anglin", "Again dark"));
    }

    @Test
    void idsStayWhenTheUserMovesToAnotherZoneAndWhenEntriesAreAdded() {
        String one = entry(FIRST, "Beth Anglin", "Ping", "dd/MM/yyyy HH:mm:ss", "Europe/Zurich");
        String oneElsewhere = entry(FIRST, "Beth Anglin", "Ping", "yyyy-MM-dd HH:mm:ss", "UTC");
        String twice = entry(SECOND, "Beth Anglin", "Ping", "yyyy-MM-dd HH:mm:ss", "UTC") + oneElsewhere;

        List<JournalEntry> before = read(one, FIRST, "dd/MM/yyyy HH:mm:ss", "Europe/Zurich");
        List<JournalEntry> after = read(twice, SECOND, "yyyy-MM-dd HH:mm:ss", "UTC");

        assertThat(after).hasSize(2).extracting(JournalEntry::sysId).doesNotHaveDuplicates();
        assertThat(after.get(0)).isEqualTo(before.get(0));
    }

    @Test
    void aQuotedHeaderOfAnOlderEntryStaysInTheTextThatQuotesIt() {
        String format = "yyyy-MM-dd HH:mm:ss";
        String oldest = entry(FIRST, "Beth Anglin", "What do you see?", format, "UTC");
        String middle = entry(FIRST.plusSeconds(60), "Abel Tuter", "Nothing", format, "UTC");
        String newest = entry(SECOND, "Abel Tuter", "You asked:\n\n" + oldest.strip(), format, "UTC");
        String quotingTheLast = entry(SECOND, "Abel Tuter", "You asked:\n\n" + oldest.strip(), format, "UTC");

        assertThat(read(newest + middle + oldest, SECOND, format, "UTC"))
                .extracting(JournalEntry::value)
                .containsExactly("What do you see?", "Nothing", "You asked:\n\n" + oldest.strip());
        assertThat(read(quotingTheLast + oldest, SECOND, format, "UTC"))
                .extracting(JournalEntry::value)
                .containsExactly("What do you see?", "You asked:\n\n" + oldest.strip());
    }

    @Test
    void linesThatOnlyLookLikeHeadersStayInTheText() {
        String format = "yyyy-MM-dd HH:mm:ss";
        String text = "see\n\n2031-01-01 00:00:00 - Beth Anglin (Additional comments)\nfuture\n\n"
                + "2026-06-07 00:00:00 - Beth Anglin (Work notes)\nother label\n"
                + "2026-06-07 00:00:00 - Beth Anglin (Additional comments)\nno empty line before it";

        assertThat(read(entry(SECOND, "Abel Tuter", text, format, "UTC"), SECOND, format, "UTC"))
                .extracting(JournalEntry::value)
                .containsExactly(text);
    }

    @Test
    void aTextInAnUnknownFormatIsReportedAndGivesNoEntries() {
        Map<String, Object> row = row("le 6 juin - Abel (Commentaires)\nBonjour", SECOND, "yyyy-MM-dd HH:mm:ss", "UTC");

        JournalDisplay.Reading reading = JournalDisplay.read(List.of(row)).get(0);

        assertThat(reading.entries()).isEmpty();
        assertThat(reading.unreadable().orElseThrow()).contains("comments");
    }

    private static List<JournalEntry> read(String comments, Instant updated, String format, String zone) {
        JournalDisplay.Reading reading = JournalDisplay.read(List.of(row(comments, updated, format, zone)))
                .get(0);
        assertThat(reading.unreadable()).isEmpty();
        return reading.entries();
    }

    private static Map<String, Object> row(String comments, Instant updated, String format, String zone) {
        return Map.of(
                "sys_id", both(SYS_ID, SYS_ID),
                "sys_created_on", both(Row.time(CREATED), shown(CREATED, format, zone)),
                "sys_updated_on", both(Row.time(updated), shown(updated, format, zone)),
                "comments", both("", comments),
                "work_notes", both("", ""));
    }

    private static Map<String, String> both(String value, String shown) {
        return Map.of("value", value, "display_value", shown);
    }

    private static String entry(Instant time, String name, String text, String format, String zone) {
        return shown(time, format, zone) + " - " + name + " (Additional comments)\n" + text + "\n\n";
    }

    private static String shown(Instant time, String format, String zone) {
        return DateTimeFormatter.ofPattern(format, Locale.ENGLISH).format(time.atZone(ZoneId.of(zone)));
    }
}
