package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Java SDK never does: other clients' dialects, and clients that do not play by the rules. */
class WireTest {

    private static final String PARTITION = "hub/ConsumerGroups/$Default/Partitions/0";

    private EmbeddedEventHubs hubs;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        hubs = EmbeddedEventHubs.start(Setup.ofHubs("hub", "other").withKey("root", "SANDBOX_KEY"));
        client = new RawClient(hubs.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        hubs.close();
    }

    @Test
    void withoutATokenNothingCanBeSentOrRead() throws IOException {
        Sender sender = client.sendTo("hub");
        Receiver receiver = client.receiveFrom(PARTITION, "reader");

        assertRefused(sender, Conditions.UNAUTHORIZED);
        assertRefused(receiver, Conditions.UNAUTHORIZED);
        assertThat(sender.getRemoteTarget()).isNull();
        assertThat(receiver.getRemoteSource()).isNull();
        assertThat(hubs.subscribers()).isEmpty();
    }

    @Test
    void anAnswerFindsItsWayByTheNameOfTheLink() throws IOException {
        assertThat(putToken("hub")).containsEntry("status-code", 202);
    }

    @Test
    void aTokenOpensItsOwnHubOnly() throws IOException {
        putToken("hub");

        Sender own = client.sendTo("sb://localhost:1/hub/Partitions/0");
        Sender foreign = client.sendTo("other");

        assertThat(own.getRemoteTarget()).isNotNull();
        assertThat(own.getRemoteState()).isEqualTo(EndpointState.ACTIVE);
        assertRefused(foreign, Conditions.UNAUTHORIZED);
    }

    @Test
    void aForgedTokenIsAnsweredWithStatusAndCondition() throws IOException {
        String forged = AccessTest.token(
                "sb://localhost/hub", "root", "guessed", Instant.now().plusSeconds(60));

        assertThat(putToken("hub", forged))
                .containsEntry("status-code", 401)
                .containsEntry("error-condition", Symbol.valueOf(Conditions.UNAUTHORIZED));
    }

    @Test
    void managementTellsNothingWithoutAToken() throws IOException {
        Sender requests = client.sendTo("$management");
        Receiver answers = client.receiveFrom("$management", "answers");

        Message answer = client.request(
                requests, answers, Map.of("operation", "READ", "type", "com.microsoft:eventhub", "name", "hub"), "[]");

        assertThat(answer.getApplicationProperties().getValue()).containsEntry("status-code", 401);
        assertThat(answer.getBody()).isNull();
    }

    @Test
    void aReaderIsGoneOnceItsLinkIsClosed() throws IOException {
        // Given
        putToken("hub");
        Receiver receiver = client.receiveFrom(PARTITION, "reader");
        assertThat(hubs.subscribers()).hasSize(1);

        // When
        receiver.close();
        client.exchangeUntil(() -> receiver.getRemoteState() == EndpointState.CLOSED);

        // Then
        assertThat(hubs.subscribers()).isEmpty();
    }

    @Test
    void aPathThatIsNoPathIsRefused() throws IOException {
        putToken("hub");

        assertRefused(client.receiveFrom("hub/Partitions/0", "a"), Conditions.NOT_FOUND);
        assertRefused(client.receiveFrom(null, "b"), Conditions.NOT_IMPLEMENTED);
        assertRefused(client.sendTo("hub/ConsumerGroups/$Default"), Conditions.NOT_FOUND);
    }

    private Map<String, Object> putToken(String hub) throws IOException {
        return putToken(
                hub,
                AccessTest.token(
                        "sb://localhost/" + hub,
                        "root",
                        "SANDBOX_KEY",
                        Instant.now().plusSeconds(60)));
    }

    private Map<String, Object> putToken(String hub, String token) throws IOException {
        Sender requests = client.sendTo("$cbs");
        Receiver answers = client.receiveFrom("$cbs", "cbs-answers");
        Map<String, Object> properties = Map.of(
                "operation", "put-token",
                "type", "servicebus.windows.net:sastoken",
                "name", "sb://localhost/" + hub);
        return client.request(requests, answers, properties, token)
                .getApplicationProperties()
                .getValue();
    }

    private void assertRefused(Link link, String condition) throws IOException {
        client.exchangeUntil(() -> link.getRemoteState() == EndpointState.CLOSED);
        assertThat(link.getRemoteCondition().getCondition().toString()).isEqualTo(condition);
    }
}
