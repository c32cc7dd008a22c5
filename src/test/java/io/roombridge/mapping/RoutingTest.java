package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.Routing.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutingTest {

    private static final Routing RULES = Tables.read("""
            assignment_group:
              table: sys_user_group
              by: name
              rules:
                - when: { signal: [offline, monitored], building: "Berlin*" }
                  use: Berlin Network
                - when: { category: Network }
                  use: Network
                - when: { tag: VIP }
                  use: White Glove
              default: Service Desk
            cmdb_ci:
              table: cmdb_ci
              by: name
              rules:
                - when: { room: Aula }
                  use: Aula System
            """, Routing::read);

    @ParameterizedTest
    @CsvSource({
        "offline, Network,  berlin hq, VIP,  Berlin Network, 'rule 1: signal is offline and building is berlin hq'",
        "offline, Network,  Rome,      VIP,  Network,        'rule 2: category is Network'",
        "camera,  Hardware, Berlin HQ, vip,  White Glove,    'rule 3: tag is vip'",
        "camera,  Hardware, Berlin HQ, none, Service Desk,   'default: no rule matches'"
    })
    void theFirstRuleThatMatchesWins(
            String signal, String category, String building, String tag, String group, String reason) {
        // When
        Choice choice = RULES.decide(
                        Tables.traits("signal", signal, "category", category, "building", building, "tag", tag))
                .get("assignment_group");
        // Then
        assertThat(choice.reference().map(Reference::shown)).contains("sys_user_group with name '" + group + "'");
        assertThat(choice.reason()).isEqualTo(reason);
    }

    @Test
    void withoutARuleOrADefaultTheFieldStaysEmpty() {
        assertThat(RULES.decide(Tables.traits("room", "Office"))).doesNotContainKey("cmdb_ci");
    }

    @Test
    void oneOfSeveralRoomsIsEnough() {
        assertThat(RULES.decide(Tables.traits("room", "Office,aula"))).containsKey("cmdb_ci");
    }

    @Test
    void signsOfAPatternLanguageAreOnlyText() {
        // Given
        Routing literal = Tables.read(
                "x: { table: t, by: f, rules: [ { when: { room: 'A.(1)\\E*' }, use: y } ] }", Routing::read);
        // Then
        assertThat(literal.decide(Tables.traits("room", "A.(1)\\E north"))).containsKey("x");
        assertThat(literal.decide(Tables.traits("room", "AB(1)"))).isEmpty();
    }
}
