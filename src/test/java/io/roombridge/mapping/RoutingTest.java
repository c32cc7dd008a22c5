package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.Routing.Choice;
import java.util.Optional;
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
    void rowsOfTheNativeIntegrationAreRules() {
        // Given
        Routing rows = Tables.read("""
                assignment_group:
                  table: sys_user_group
                  by: name
                  rules:
                    - when: { tag: VIP }
                      use: White Glove
                    - per: group
                      rows:
                        EMEA rooms: EMEA Service Desk
                        APAC rooms: 287ebd7da9fe198100f92cc8d1d2154e
                  default: Service Desk
                severity:
                  as: value
                  rules:
                    - per: ring
                      rows: { Executive: 1, General: 3 }
                """, Routing::read);
        // When
        var emea = rows.decide(Tables.traits("group", "emea rooms", "ring", "Executive"));
        var apac = rows.decide(Tables.traits("group", "APAC rooms", "ring", "Staging"));
        // Then
        assertThat(emea.get("assignment_group").reason()).isEqualTo("rule 2: group is emea rooms");
        assertThat(emea.get("assignment_group").value()).isEqualTo("EMEA Service Desk");
        assertThat(emea.get("severity")).isEqualTo(new Choice(Optional.empty(), "1", "rule 1: ring is Executive"));
        assertThat(apac.get("assignment_group").value()).isEqualTo("287ebd7da9fe198100f92cc8d1d2154e");
        assertThat(apac).doesNotContainKey("severity");
    }

    @Test
    void behindARecordStandsTheDefaultAndBehindTheReporterTheRulesBelow() {
        // Given
        Routing callers = Tables.read("""
                caller_id:
                  table: sys_user
                  by: user_name
                  rules:
                    - { when: { origin: customer }, use: $reporter, by: email }
                    - { when: { building: HQ }, use: alva.berg }
                  default: rooms.contact
                """, Routing::read);
        // When
        Reference first = callers.decide(Tables.traits("origin", "customer", "building", "HQ"))
                .get("caller_id")
                .reference()
                .orElseThrow();
        // Then
        Reference contact = new Reference("sys_user", "user_name", "rooms.contact");
        Reference ofTheSite = new Reference("sys_user", "user_name", "alva.berg", Optional.of(contact));
        assertThat(first).isEqualTo(new Reference("sys_user", "email", Reference.REPORTER, Optional.of(ofTheSite)));
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
