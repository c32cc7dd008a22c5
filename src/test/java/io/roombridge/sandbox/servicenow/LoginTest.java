package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checklist 3, 25, 36 to 39, 67: who gets in, and what the others hear. */
class LoginTest extends ServiceNowTest {

    private static final String REFUSED = "{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":\"Required to"
            + " provide Auth information\"},\"status\":\"failure\"}";

    private Client.Answer token(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Client.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return client.with(Map.of())
                .send(
                        "POST",
                        "/oauth_token.do",
                        BodyPublishers.ofString(body),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private Client.Answer byClient() {
        return token(form("client_credentials", Map.of()));
    }

    private Client.Answer byPassword() {
        Accounts.Credentials user = snow.accounts().integration();
        return token(form("password", Map.of("username", user.name(), "password", user.password())));
    }

    private Map<String, String> form(String grant, Map<String, String> more) {
        Accounts.Credentials oauth = snow.accounts().oauthClient();
        Map<String, String> form = new HashMap<>(more);
        form.put("grant_type", grant);
        form.put("client_id", oauth.name());
        form.put("client_secret", oauth.password());
        return form;
    }

    private int statusWith(String token) {
        return client.with(Map.of("Authorization", "Bearer " + token))
                .get(INCIDENTS)
                .status();
    }

    @Test
    void withoutValidCredentialsTheAnswerIsAlwaysTheSame() {
        for (Client stranger : new Client[] {
            client.with(Map.of()),
            new Client(snow.url(), new Accounts.Credentials("roombridge", "wrong")),
            new Client(snow.url(), new Accounts.Credentials("nobody", "x")),
            client.with(Map.of("Authorization", "Bearer nothing")),
            client.with(Map.of("Authorization", "Basic ???"))
        }) {
            Client.Answer answer = stranger.get(INCIDENTS);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo(REFUSED);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("BASIC realm=\"Service-now\"");
        }
    }

    @Test
    void sixWrongPasswordsLockTheAccountForTheRightOneToo() {
        Client wrong = new Client(snow.url(), new Accounts.Credentials("roombridge", "wrong"));
        for (int i = 0; i < 5; i++) {
            wrong.get(INCIDENTS);
        }
        assertThat(client.get(INCIDENTS).status()).as("five are forgiven").isEqualTo(200);
        for (int i = 0; i < 6; i++) {
            wrong.get(INCIDENTS);
        }
        assertThat(client.get(INCIDENTS).status()).isEqualTo(401);
    }

    @Test
    void theBasicAuthGateAsksForARole() {
        snow.switches().basicAuthGate(true);

        assertThat(client.get(INCIDENTS).status()).isEqualTo(401);
        assertThat(admin.get(INCIDENTS).status()).isEqualTo(200);
        assertThat(statusWith(byClient().json().path("access_token").asText())).isEqualTo(200);
    }

    @Test
    void aCallerWithoutARoleMayNotUseTheApi() {
        Client.Answer answer = new Client(snow.url(), snow.accounts().of("abel.tuter")).get(INCIDENTS);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.detail()).isEqualTo("Failed API level ACL Validation");
    }

    @Test
    void whoMayNotWriteHearsOfTheAcl() {
        assertThat(client.post("/api/now/table/cmdb_ci", Map.of("name", "x")).detail())
                .isEqualTo("ACL Exception Insert Failed due to security constraints");
        String incident = INCIDENTS + "/" + client.incident(Map.of());
        assertThat(client.send("DELETE", incident, BodyPublishers.noBody(), Map.of())
                        .detail())
                .isEqualTo("ACL Exception Delete Failed due to security constraints");
        assertThat(admin.post("/api/now/table/cmdb_ci", Map.of("name", "x")).status())
                .isEqualTo(201);
    }

    @Test
    void clientCredentialsGiveATokenOfTheIntegrationUserWithoutARefreshToken() {
        Client.Answer answer = byClient();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.json().path("scope").asText()).isEqualTo("useraccount");
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(1799);
        Client bearer = client.with(Map.of(
                "Authorization", "Bearer " + answer.json().path("access_token").asText()));
        assertThat(bearer.post(INCIDENTS, Map.of()).field("sys_created_by")).isEqualTo("roombridge");
    }

    @Test
    void theSameTokenComesBackWhileItLives() {
        Client.Answer first = byClient();
        clock.advance(Duration.ofMinutes(10));
        Client.Answer second = byClient();

        assertThat(second.json().path("access_token")).isEqualTo(first.json().path("access_token"));
        assertThat(second.json().path("expires_in").asInt()).isEqualTo(1199);
    }

    @Test
    void aTokenEndsAfterHalfAnHourOfTheServersClock() {
        String token = byClient().json().path("access_token").asText();
        clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(statusWith(token)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(statusWith(token)).isEqualTo(401);
        assertThat(byClient().json().path("access_token").asText()).isNotEqualTo(token);
    }

    @Test
    void aRefreshTokenGivesANewAccessToken() {
        Client.Answer first = byPassword();
        clock.advance(Duration.ofHours(1));
        String refresh = first.json().path("refresh_token").asText();

        Client.Answer renewed = token(form("refresh_token", Map.of("refresh_token", refresh)));

        assertThat(renewed.json().path("access_token"))
                .isNotEqualTo(first.json().path("access_token"));
        assertThat(statusWith(renewed.json().path("access_token").asText())).isEqualTo(200);
        clock.advance(Duration.ofDays(101));
        assertThat(token(form("refresh_token", Map.of("refresh_token", refresh)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRevokedTokenIsRefused() {
        String token = byClient().json().path("access_token").asText();

        client.get("/oauth_revoke_token.do?token=" + token);

        assertThat(statusWith(token)).isEqualTo(401);
    }

    @Test
    void grantsCanBeSwitchedOffEachForItself() {
        snow.switches().disabledGrants().add("password");
        assertThat(byPassword().status()).isEqualTo(401);
        assertThat(byPassword().text())
                .isEqualTo("{\"error_description\":\"access_denied\",\"error\":\"server_error\"}");
        assertThat(byClient().status()).isEqualTo(200);

        snow.switches().disabledGrants().clear();
        snow.switches().disabledGrants().add("client_credentials");
        assertThat(byClient().status()).isEqualTo(401);
        assertThat(byPassword().status()).isEqualTo(200);
    }

    @Test
    void aWrongClientPasswordOrContentTypeGetsNoToken() {
        assertThat(token(Map.of("grant_type", "client_credentials", "client_id", "x", "client_secret", "y"))
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_client");
        assertThat(token(form("password", Map.of("username", "roombridge", "password", "wrong")))
                        .status())
                .isEqualTo(401);
        assertThat(client.post("/oauth_token.do", form("client_credentials", Map.of()))
                        .text())
                .contains("unspecified error");
    }

    @Test
    void theClientMayIdentifyItselfInABasicHeader() {
        Client.Answer answer = client.with(
                        Map.of("Authorization", Client.basic(snow.accounts().oauthClient())))
                .send(
                        "POST",
                        "/oauth_token.do",
                        BodyPublishers.ofString("grant_type=client_credentials"),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void whereScopesAreRequiredATokenWithoutOneOpensNothing() {
        snow.switches().scopeRequired(true);

        Client.Answer unscoped = byClient();
        Client.Answer scoped = token(form("client_credentials", Map.of("scope", "useraccount")));

        Client bearer = client.with(Map.of(
                "Authorization",
                "Bearer " + unscoped.json().path("access_token").asText()));
        assertThat(bearer.get(INCIDENTS).detail()).isEqualTo("Access to unscoped api is not allowed");
        assertThat(statusWith(scoped.json().path("access_token").asText())).isEqualTo(200);
    }

    @Test
    void anApiKeyOpensTheApiToo() {
        assertThat(client.with(Map.of("x-sn-apikey", snow.accounts().apiKey()))
                        .get(INCIDENTS)
                        .status())
                .isEqualTo(200);
        assertThat(client.with(Map.of("x-sn-apikey", "wrong")).get(INCIDENTS).status())
                .isEqualTo(401);
    }
}
