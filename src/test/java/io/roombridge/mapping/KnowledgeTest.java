package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KnowledgeTest {

    private static final Knowledge SHIPPED = Tables.shipped(Knowledge.FILE, Knowledge::read);

    @Test
    void fieldNotesAreMarkedAndComeAfterWhatIsConfirmed() {
        assertThat(SHIPPED.of("monitored")).last().asString().startsWith("Unverified field note: ");
        assertThat(SHIPPED.of("monitored")).first().asString().startsWith("The room may still work");
    }

    @Test
    void aSignalIsFoundByAnyOfItsNames() {
        // Given
        Knowledge knowledge = Tables.read("topics: [ { signals: [Room Camera], actions: [Look] } ]", Knowledge::read);
        // Then
        assertThat(knowledge.of("camera")).containsExactly("Look");
        assertThat(knowledge.of("display")).isEmpty();
    }

    @Test
    void everySignalOfTheFilesKnowledgeIsInTheListOfSignals() {
        // Given
        Signals signals = Tables.shipped(Signals.FILE, Signals::read);
        // Then
        assertThat(SHIPPED.signals()).isSubsetOf(signals.keys());
    }
}
