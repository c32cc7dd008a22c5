package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.mapping.MappingTests.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappingTestsTest {

    @Test
    void everyShippedTestPasses() {
        // When
        List<Result> results = MappingTests.run(MappingFolder.shipped());
        // Then
        assertThat(results).hasSizeGreaterThan(25).allMatch(Result::passed);
    }

    @Test
    void aTestThatExpectsSomethingElseSaysWhatCameOut(@TempDir Path folder) throws Exception {
        // Given
        Files.writeString(folder.resolve("incident-update.test.yaml"), """
                mapping: incident-update
                tests:
                  - name: wrong on purpose
                    expect: { urgency: 1 }
                    contains: { short_description: Rome }
                    absent: [ impact ]
                  - name: not rejected
                    rejected: anything
                """);
        // When
        List<Result> results = MappingTests.run(MappingFolder.of(folder)).stream()
                .filter(result -> result.file().equals("incident-update.test.yaml"))
                .toList();
        // Then
        assertThat(results).extracting(Result::line).containsExactly(3, 7);
        assertThat(results.get(0).differences())
                .containsExactly(
                        "urgency\n  expected: '1'\n  but was:  '2'",
                        "short_description\n  expected: something with 'Rome'\n"
                                + "  but was:  '[Berlin 4.12] Display 1 is not detected'",
                        "impact\n  expected: nothing\n  but was:  '3'");
        assertThat(results.get(1).differences()).containsExactly("expected: rejected: anything\nbut was:  accepted");
    }

    @Test
    void aTestFileThatCannotBeRunIsToldWithItsPlace(@TempDir Path folder) throws Exception {
        // Given
        Files.writeString(folder.resolve("own.test.yaml"), """
                tests:
                  - name: for nothing
                  - mapping: incident-creat
                  - mapping: note-relapse
                    bridge: { healthySince: yesterday }
                  - mapping: note-relapse
                    given: { ticket: { key: { signalType: " " } } }
                  - mapping: note-relapse
                    expects: { note: x }
                """);
        // When
        BadMappings bad = catchThrowableOfType(BadMappings.class, () -> MappingTests.run(MappingFolder.of(folder)));
        // Then
        assertThat(bad.faults()).extracting(MappingFault::line).containsExactly(2, 3, 4, 6, 9);
    }
}
