package io.roombridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised in texts, what is left alone, and what a person reads in its place. */
final class PrivacyTest {

    private static final Privacy STRICT = Privacy.STRICTEST;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "The password is: Winter2026! Please try.|The password is: [password removed] Please try.",
                "admin password = \"two words\" then|admin password = [password removed] then",
                "{\"password\": \"hunter2\"}|{\"password\": [password removed]}",
                "The password is Winter2026!|The password is [password removed]",
                "wifi_password=hunter2|wifi_password=[password removed]",
                "PIN 4711 opens it|PIN [password removed] opens it",
                "default credentials are admin / sfb|default credentials are [password removed]",
                "proxy http://bob:s3cret@proxy:8080 fails|proxy http://[password removed]@proxy:8080 fails",
                "client secret: abc.def~1|client secret: [secret removed]",
                "Endpoint=sb://x/;SharedAccessKey=aGVsbG8=|Endpoint=sb://x/;SharedAccessKey=[secret removed]",
                "Authorization: Bearer abc.def|Authorization: [secret removed]",
                "with Bearer 0abcdefgh1 it works|with Bearer [token removed] it works",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig-x is it|[token removed] is it",
                "see https://a.blob.core.windows.net/c/log.zip?sv=1&sig=abc%3D now|see [signed address removed] now",
                "Attendees: Alice, Bob|Attendees: [meeting content removed]",
                "Meeting subject: the merger|Meeting subject: [meeting content removed]",
                "at 52.520008, 13.404954 in Berlin|at [exact position removed] in Berlin",
                "join https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0 now|join [meeting link removed] now",
                "from room.4-12@contoso.example, again|from [e-mail address removed], again",
                "sip:Bob.O'Neil@contoso.co.uk|sip:[e-mail address removed]",
                "MAC 00:1A:2b:3c:4d:5e is seen|MAC [MAC address removed] is seen",
                "it has 10.20.30.40.|it has [IP address removed].",
                "public host: 20.50.60.70|public host: [IP address removed]",
                "fe80::1ff:fe23:4567:890a answers|[IP address removed] answers",
                "call +49 (30) 123456-78 or|call [phone number removed] or",
                "call 425-555-0123|call [phone number removed]",
                "device id 5d2c7a3e-0000-4000-8000-000000000012 is|device id [device identity removed] is",
                "hostname: BER-MTR-412, online|hostname: [device identity removed], online",
            })
    void whatMustNotBeEverywhereIsTakenOut(String text, String clean) {
        assertThat(STRICT.clean(text, Destination.COMMENTS)).isEqualTo(clean);
        assertThat(STRICT.clean(clean, Destination.COMMENTS)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sign-in failed: the password is expired. Password: expired.",
                "The password of the account has to be changed; password reset required",
                "App version 5.3.113.0 is older than 5.4.2.10, OS 10.0.22631",
                "Basic troubleshooting: bearer capability",
                "Unhealthy since 2026-06-01 08:05:30 UTC, 12:30:45",
                "INC0010001, portal ticket 7B7365-EPDOLF, occurrence 3",
                "https://portal.rooms.microsoft.com/tickets/7B7365-EPDOLF?view=all",
                "[Berlin 4.12 +2] Display 1 is not detected",
                "rb1 1|contoso|room-12|compute|display|0 7B7365 system 2026-06-01T08:00:00Z",
                "ref rb-0123456789abcdef",
                "5d2c7a3e-0000-4000-8000-000000000012",
                "CPU 99.5%, 1024 x 768, std::vector, token ring, the secret of success",
                "Room 10.2, floor 3, +1, 2 of 3 displays; temperatures 21.5, 22.5",
            })
    void whatOnlyLooksLikeItStays(String text) {
        assertThat(STRICT.clean(text, Destination.PORTAL)).isEqualTo(text);
    }

    @Test
    void restrictedDataStandsWhereTheRulesAllowItAndSecretsNowhere() {
        Privacy privacy = new Privacy(
                Map.of(),
                Map.of(
                        Sensitive.E_MAIL_ADDRESS, Set.of(Destination.WORK_NOTES),
                        Sensitive.PASSWORD, Set.of(Destination.WORK_NOTES)));
        String text = "room@contoso.example, password: hunter2";
        assertThat(privacy.clean(text, Destination.WORK_NOTES))
                .isEqualTo("room@contoso.example, password: [password removed]");
        assertThat(privacy.clean(text, Destination.COMMENTS))
                .isEqualTo("[e-mail address removed], password: [password removed]");
        assertThat(privacy.found(text, Set.of())).isEqualTo(Map.of(Sensitive.E_MAIL_ADDRESS, 1, Sensitive.PASSWORD, 1));
    }

    @Test
    void theNamesOfItsDeviceAreTakenOutOfATextAsWholeWords() {
        Set<String> identities = Set.of("BER-MTR-412", "abc");
        assertThat(STRICT.clean("ber-mtr-412 is away, BER-MTR-4123 is not, abc", Destination.FIELDS, identities))
                .isEqualTo("[device identity removed] is away, BER-MTR-4123 is not, abc");
    }

    @Test
    void aFileKeepsItsExtension() {
        assertThat(Privacy.fileName("log of 10.1.2.3.zip")).isEqualTo("log of [IP address removed].zip");
        assertThat(Privacy.fileName("password=abc.zip")).isEqualTo("password=[password removed].zip");
        assertThat(Privacy.fileName("room@contoso.example.zip")).isEqualTo("[e-mail address removed].zip");
        assertThat(Privacy.fileName("photo.jpg")).isEqualTo("photo.jpg");
        assertThat(Privacy.fileName("README")).isEqualTo("README");
    }
}
