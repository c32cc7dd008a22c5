package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who recorded an issue, and which accounts are rooms. */
final class AccountsTest {

    private static final String RECORDED = "\"ticket\":{\"origin\":\"customer\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'customer','upn':'Megan@Contoso.example','id':'u-17'} | megan@contoso.example",
                "{'type':'partner','email':'p@fabrikam.example'} | p@fabrikam.example",
                "{'type':'customer','id':'megan@contoso.example'} | megan@contoso.example",
                "{'type':'customer','id':'u-17'} |",
                "{'type':'bot','upn':'bot@contoso.example'} |",
                "{'type':'service','upn':'soc@contoso.example'} |"
            })
    void theReporterIsThePersonWithAnAddress(String actor, String reporter) {
        Accounts accounts = Accounts.of(Examples.with("{" + RECORDED + ",\"actor\":" + actor.replace('\'', '"') + "}")
                .input()
                .event());

        assertThat(accounts.reporter().orElse(null)).isEqualTo(reporter);
    }

    @Test
    void whoWritesToATicketOfTelemetryOrLaterIsNoReporter() {
        String megan = "\"actor\":{\"type\":\"customer\",\"upn\":\"megan@contoso.example\"}";

        assertThat(accounts("{" + megan + "}").reporter()).isEmpty();
        assertThat(accounts("{" + RECORDED + "," + megan
                                + ",\"event\":{\"type\":\"io.roombridge.portal.ticket.message-added.v1\"}}")
                        .reporter())
                .isEmpty();
    }

    @Test
    void aRoomIsKnownByItsAddressAndByTheNameInIt() {
        Accounts accounts = accounts("{}");

        assertThat(accounts.isRoom("Berlin-4-12@contoso.example")).isTrue();
        assertThat(accounts.isRoom("berlin-4-12")).isTrue();
        assertThat(accounts.isRoom("berlin")).isFalse();
        assertThat(accounts.isRoom("")).isFalse();
    }

    @Test
    void accountsAreNotShown() {
        assertThat(accounts("{}").toString()).doesNotContain("@");
    }

    private static Accounts accounts(String changes) {
        return Accounts.of(Examples.with(changes).input().event());
    }
}
