package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.core.credential.AccessToken;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import java.time.OffsetDateTime;
import org.apache.camel.component.azure.eventhubs.CredentialType;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class HubConnectionTest {

    private static final String KEY = ";SharedAccessKeyName=n;SharedAccessKey=a2V5;EntityPath=hub";

    private final EventHubsConfiguration configuration = new EventHubsConfiguration();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Endpoint=sb://localhost:5672;UseDevelopmentEmulator=true",
                "Endpoint=sb://127.0.0.1/;UseDevelopmentEmulator=true",
                "endpoint=sb://[::1]:5672;usedevelopmentemulator=TRUE",
                "Endpoint=sb://rooms.servicebus.windows.net/;UseDevelopmentEmulator=false",
                "Endpoint=sb://rooms.servicebus.windows.net/",
            })
    void emulatorFlagIsAllowedOnThisMachine(String connectionString) {
        configuration.setConnectionString(connectionString + KEY);

        assertThatCode(() -> HubConnection.refuseRemoteEmulator(configuration)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Endpoint=sb://rooms.servicebus.windows.net/;UseDevelopmentEmulator=true",
                "Endpoint=sb://10.0.0.7:5672;UseDevelopmentEmulator=true",
                "Endpoint=sb://localhost.example.com;usedevelopmentemulator= True ",
                "Endpoint=sb://127.0.0.1.example.com/;UseDevelopmentEmulator=true",
                "Endpoint=rooms.servicebus.windows.net;UseDevelopmentEmulator=true",
                "UseDevelopmentEmulator=true",
            })
    void emulatorFlagIsRefusedForAnyOtherHost(String connectionString) {
        configuration.setConnectionString(connectionString + KEY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubConnection.refuseRemoteEmulator(configuration))
                .withMessageContaining("UseDevelopmentEmulator=true")
                .withMessageContaining("Remove the flag")
                .withMessageNotContaining("a2V5");
    }

    @Test
    void allFourFormsOfCredentialsMakeAClient() {
        EventHubsConfiguration string = new EventHubsConfiguration();
        string.setConnectionString("Endpoint=sb://rooms.servicebus.windows.net/" + KEY);
        EventHubsConfiguration key = hub(null);
        key.setSharedAccessName("reader");
        key.setSharedAccessKey("a2V5");
        EventHubsConfiguration token = hub(CredentialType.TOKEN_CREDENTIAL);
        token.setTokenCredential(request -> Mono.just(new AccessToken("t", OffsetDateTime.MAX)));
        EventHubsConfiguration identity = hub(CredentialType.AZURE_IDENTITY);

        for (EventHubsConfiguration each : new EventHubsConfiguration[] {string, key, token, identity}) {
            assertThatCode(() -> build(HubConnection.of(each))).doesNotThrowAnyException();
        }
    }

    @Test
    void missingPartOfACredentialIsNamed() {
        EventHubsConfiguration key = hub(CredentialType.CONNECTION_STRING);
        key.setSharedAccessName("reader");
        EventHubsConfiguration token = hub(CredentialType.TOKEN_CREDENTIAL);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubConnection.of(key))
                .withMessageContaining("sharedAccessKey for the credential type CONNECTION_STRING");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubConnection.of(token))
                .withMessageContaining("tokenCredential for the credential type TOKEN_CREDENTIAL");
    }

    @Test
    void hubWithoutAPlaceForCheckpointsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubConnection.checkpointStore(configuration))
                .withMessageContaining("set checkpointStore, or blobContainerName");
    }

    private static EventHubsConfiguration hub(CredentialType type) {
        EventHubsConfiguration configuration = new EventHubsConfiguration();
        configuration.setNamespace("rooms");
        configuration.setEventHubName("portal-events");
        configuration.setCredentialType(type);
        return configuration;
    }

    private static void build(EventProcessorClientBuilder builder) {
        builder.consumerGroup("roombridge")
                .checkpointStore(new MemoryCheckpointStore())
                .processEvent(event -> {})
                .processError(error -> {})
                .buildEventProcessorClient();
    }
}
