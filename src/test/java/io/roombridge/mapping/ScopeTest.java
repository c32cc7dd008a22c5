package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScopeTest {

    private static final Traits BERLIN =
            Tables.traits("tenant", "contoso", "building", "Berlin HQ", "tag", "vip,lab", "severity", "warning");

    private static Scope scope(String text) {
        return Tables.read(text, Scope::read);
    }

    @Test
    void withoutARuleEveryTicketIsInScope() {
        assertThat(Tables.shipped(Scope.FILE, Scope::read).holdsAll()).isTrue();
        assertThat(scope("include: []").outside(BERLIN)).isEmpty();
    }

    @Test
    void anInclusionLeavesOutWhatItDoesNotName() {
        Scope scope = scope("include: [ { building: Paris }, { tenant: contoso, building: \"berlin*\" } ]");

        assertThat(scope.outside(BERLIN)).isEmpty();
        assertThat(scope.outside(Tables.traits("tenant", "contoso", "building", "Rome")))
                .contains("no rule includes it");
    }

    @Test
    void whatAnEventDoesNotTellMatchesNoRule() {
        assertThat(scope("include: [ { building: \"*\" } ]").outside(Tables.traits("tenant", "contoso")))
                .contains("no rule includes it");
        assertThat(scope("exclude: [ { building: \"*\" } ]").outside(Tables.traits("tenant", "contoso")))
                .isEmpty();
    }

    @Test
    void anExclusionHasTheLastWordAndSaysWhy() {
        Scope scope =
                scope("include: [ { tenant: contoso } ]\nexclude: [ { tag: lab, severity: [ warning, important ] } ]");

        assertThat(scope.outside(BERLIN)).contains("excluded: tag is lab and severity is warning");
        assertThat(scope.outside(Tables.traits("tenant", "contoso", "tag", "lab", "severity", "critical")))
                .isEmpty();
    }
}
