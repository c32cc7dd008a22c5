package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.ticket.Origin;
import io.roombridge.ticket.TicketKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MappingsTest {

    private static final TicketKey KEY =
            new TicketKey.RoomSignal("contoso", "room-12", "compute", "Display", "display-1");
    private static final Input INPUT = Examples.event().input();

    private static Mappings mappings;

    @BeforeAll
    static void load() {
        mappings = Mappings.load(MappingFolder.shipped());
    }

    @Test
    void aNewIncidentCarriesTheTicketIdAndAMachineLineThatHashesToIt() {
        // When
        IncidentFields fields = mappings.fields(IncidentWrite.CREATE, INPUT);
        // Then
        String lastLine = fields.values()
                .get("work_notes")
                .lines()
                .reduce((before, last) -> last)
                .orElseThrow();
        assertThat(fields.values()).containsEntry("correlation_id", KEY.id().value());
        assertThat(MachineLine.parse(lastLine))
                .contains(new MachineLine(
                        KEY.canonical(), "7B7365-EPDOLF", Origin.SYSTEM, Instant.parse("2026-06-01T08:00:00Z")));
    }

    @Test
    void routesStaySymbolicAndAreWrittenOnlyOnce() {
        // When
        IncidentFields created = mappings.fields(IncidentWrite.CREATE, INPUT);
        IncidentFields updated = mappings.fields(IncidentWrite.UPDATE, INPUT);
        // Then
        assertThat(created.references())
                .containsEntry(
                        "assignment_group",
                        new Reference(
                                "sys_user_group",
                                "name",
                                "AV Field Services",
                                Optional.of(new Reference("sys_user_group", "name", "Service Desk"))));
        assertThat(updated.references()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "incident-update.jslt, u_site",
        "incident-resolve.jslt, u_site",
        "incident-reopen.jslt, u_site",
        "incident-update.jslt, u_vendor",
        "incident-update.jslt, company",
        "incident-update.jslt, description",
        "incident-resolve.jslt, impact",
        "incident-reopen.jslt, urgency",
        "incident-reopen.jslt, short_description"
    })
    void whatANewIncidentGetsNoLaterWriteTouches(String file, String field, @TempDir Path folder) throws IOException {
        // Given
        Files.writeString(folder.resolve("routing.yaml"), "u_vendor: { as: value, default: none }\n");
        Files.writeString(folder.resolve("incident-create.jslt"), "{ \"u_site\": \"DE-01\", \"impact\": 3 }");
        Files.writeString(folder.resolve(file), "{ \"" + field + "\": \"2\" }");
        // Then
        assertThatThrownBy(() -> Mappings.load(MappingFolder.of(folder)))
                .isInstanceOf(BadMappings.class)
                .hasMessageContaining(file + ": '" + field + "' is ");
    }

    @Test
    void aFieldThatOnlyAnUpdateWritesIsTheBridges(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(folder.resolve("incident-update.jslt"), "{ \"u_portal_severity\": .ticket.severity }");
        // Then
        assertThat(Mappings.load(MappingFolder.of(folder))
                        .fields(IncidentWrite.UPDATE, INPUT)
                        .values())
                .containsEntry("u_portal_severity", "important");
    }

    @Test
    void aReopenedIncidentIsNewUnlessSomebodyHoldsIt() {
        assertThat(mappings.fields(IncidentWrite.REOPEN, INPUT).values()).containsEntry("state", "1");
        assertThat(mappings.fields(IncidentWrite.REOPEN, INPUT.assigned(true)).values())
                .containsEntry("state", "2");
    }

    @Test
    void aFollowUpNamesTheIncidentItContinues() {
        // When
        IncidentFields fields = mappings.fields(
                IncidentWrite.FOLLOW_UP, INPUT.following("0123456789abcdef0123456789abcdef", "INC0010001"));
        // Then
        assertThat(fields.values()).containsEntry("parent", "0123456789abcdef0123456789abcdef");
        assertThat(fields.values().get("description")).contains("INC0010001");
    }

    @Test
    void resolvingWithoutACloseCodeIsAMappingFailure() {
        assertThatThrownBy(() -> mappings.fields(IncidentWrite.RESOLVE, INPUT))
                .isInstanceOf(MappingFailed.class)
                .hasMessageContaining("incident-resolve.jslt")
                .hasMessageContaining("close code");
    }

    @Test
    void manyThreadsGetTheSameFields() {
        // Given
        IncidentFields once = mappings.fields(IncidentWrite.CREATE, INPUT);
        // When
        Set<IncidentFields> all = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(round -> mappings.fields(IncidentWrite.CREATE, INPUT))
                .collect(Collectors.toSet());
        // Then
        assertThat(all).containsExactly(once);
    }

    @Test
    void anEventWithoutAKnownSeverityIsAMappingFailure() {
        assertThatThrownBy(() -> mappings.fields(
                        IncidentWrite.CREATE,
                        Examples.with("{\"ticket\":{\"severity\":\"purple\"}}").input()))
                .isInstanceOf(MappingFailed.class)
                .hasMessageContaining("severity");
    }

    @Test
    void whatIsNoJsonIsAMappingFailure() {
        for (String broken : List.of("", "{", "[]", "null", "{}", "{\"data\":5}")) {
            assertThatThrownBy(() -> mappings.fields(IncidentWrite.CREATE, Input.of(broken, KEY, 1)))
                    .isInstanceOf(MappingFailed.class);
        }
    }
}
