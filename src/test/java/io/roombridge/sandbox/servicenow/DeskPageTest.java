package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages for a person's browser. */
class DeskPageTest extends ServiceNowTest {

    private Client browser() {
        return client.with(Map.of());
    }

    @Test
    void theFirstPageListsTheIncidentsForAnybodyOnThisMachine() {
        client.incident(Map.of("short_description", "No audio", "impact", "1", "correlation_display", "Room 4.12"));

        Client.Answer page = browser().get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text())
                .contains("<a href=\"/incident/INC0010001\">INC0010001</a>", "No audio", "3 - Moderate", "Room 4.12")
                .contains("http-equiv=\"refresh\" content=\"5\"");
    }

    @Test
    void anIncidentIsShownWithItsFieldsItsJournalAndItsFiles() {
        String sysId = client.incident(Map.of("short_description", "No audio", "comments", "Since this morning"));
        snow.desk().as("beth.anglin").attach(sysId, "photo.png", "image/png", new byte[3]);

        assertThat(browser().get("/incident/INC0010001").text())
                .contains("Since this morning", "Additional comments", "photo.png", "Roombridge Integration");
        assertThat(browser().get("/incident/INC9999999").status()).isEqualTo(404);
    }

    @Test
    void nothingThatSomebodyWroteBecomesMarkup() {
        String markup = "<script>alert('x')</script>\"&";
        client.incident(Map.of(
                "short_description", markup, "comments", markup, "correlation_display", markup, "number", "INC<b>"));

        for (String page : new String[] {"/", "/incident/INC%3Cb%3E"}) {
            Client.Answer answer = browser().get(page);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text())
                    .doesNotContain("<script", "<b>")
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        }
    }

    @Test
    void thePagesAreReadOnly() {
        assertThat(browser()
                        .send("POST", "/", BodyPublishers.noBody(), Map.of())
                        .status())
                .isEqualTo(405);
    }
}
