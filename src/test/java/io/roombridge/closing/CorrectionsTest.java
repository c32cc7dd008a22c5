package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionsTest {

    private static final Regions REGIONS = new Regions();
    private static final Corrections CORRECTIONS = Corrections.read(REGIONS);

    /** Goes red when a newer jollyday has learned a correction, or when one never did anything. */
    @Test
    void everyCorrectionStillChangesItsRegions() {
        PublicHolidays corrected = new PublicHolidays(REGIONS, CORRECTIONS.all());
        for (Correction one : CORRECTIONS.all()) {
            List<Correction> others = new ArrayList<>(CORRECTIONS.all());
            others.remove(one);
            PublicHolidays without = new PublicHolidays(REGIONS, others);

            assertThat(one.regions()).allSatisfy(code -> {
                Region region = REGIONS.find(code).toOptional().orElseThrow();
                assertThat(IntStream.range(2026, 2037))
                        .as(code + " " + one.name().orElse("removal") + ", " + one.reason())
                        .anyMatch(year -> !corrected.of(region, year).equals(without.of(region, year)));
            });
        }
    }

    @Test
    void namesTheReviewForTheRecordOfAClosing() throws IOException {
        String reviewed = CORRECTIONS.version().replaceFirst(".*jollyday ", "");

        assertThat(Files.readString(Path.of("pom.xml")))
                .as("another jollyday needs another review of the corrections")
                .contains("<jollyday.version>" + reviewed + "</jollyday.version>");
        assertThat(new Calendars().version()).isEqualTo(CORRECTIONS.version());
    }

    @Test
    void aCorrectionWithoutReasonOrSourceIsRefused() {
        assertThatThrownBy(() -> parse("{regions: [DE], add: Day, on: 01-02, source: none}"))
                .hasMessageContaining("needs a reason and a source");
        assertThatThrownBy(() -> parse("{regions: [DE], add: Day, on: 01-02, reason: some}"))
                .hasMessageContaining("needs a reason and a source");
    }

    @Test
    void aCorrectionThatNeitherAddsNorRemovesIsRefused() {
        assertThatThrownBy(() -> parse("{regions: [DE], on: 01-02, reason: some, source: none}"))
                .hasMessageContaining("must either add or remove");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-15, 2026, 2026-06-15",
        "01-30, 2027, 2027-01-30",
        "easter+1, 2026, 2026-04-06",
        "easter-47, 2027, 2027-02-09",
        "easter, 2038, 2038-04-25",
        "orthodox-easter, 2026, 2026-04-12",
        "orthodox-easter+1, 2027, 2027-05-03",
        "second monday of october, 2026, 2026-10-12",
        "last friday of october, 2026, 2026-10-30",
        "first tuesday of november+10, 2026, 2026-11-13",
        "third sunday of september+1, 2026, 2026-09-21",
        "monday closest to 02-01, 2026, 2026-02-02",
        "monday closest to 05-21, 2027, 2027-05-24",
    })
    void readsDaysAsPeopleWriteThem(String words, int year, String date) {
        assertThat(DayRule.parse(words).in(year)).hasToString("Optional[" + date + "]");
    }

    @Test
    void oneDateStandsForItsYearOnly() {
        assertThat(DayRule.parse("2026-06-15").in(2027)).isEmpty();
    }

    @Test
    void aDayThatCannotBeReadIsRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> DayRule.parse("midsummer"))
                .hasMessageContaining("\"midsummer\"")
                .hasMessageContaining("expected");
    }

    private static Correction parse(String yaml) throws JsonProcessingException {
        return Correction.parse(new YAMLMapper().readTree(yaml));
    }
}
