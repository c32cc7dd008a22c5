package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxrs.client.WebClient;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.junit.jupiter.api.Test;

/** Where calls go, and what travels with them: credentials to their own instance, and nothing of it to other clients. */
class CredentialsStayHomeTest extends OnScriptedInstance {

    @Test
    void noCredentialReachesAnotherHost() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":" + ROW + "}");
                ScriptedInstance foreign = always("{\"result\":{}}")) {
            Wire wire = new Wire(camel, settings(instance));
            Bus before = BusFactory.getAndSetThreadDefaultBus(wire.bus());
            try (wire) {
                // When: another address on the same bus, and one with a header that somebody else has set
                WebClient.create(foreign.url().toString()).get(String.class);
                WebClient.create(foreign.url().toString())
                        .header("Authorization", "Basic bGVha2Vk")
                        .header("X-SN-ApiKey", "leaked")
                        .get(String.class);
                wire.send(
                        Request.read("incident", SYS_ID, List.of("sys_id")),
                        Authorization.basic("bridge", "secret-word"));
            } finally {
                BusFactory.setThreadDefaultBus(before);
            }

            // Then
            assertThat(foreign.calls())
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call.headers()).doesNotContainKeys("authorization", "x-sn-apikey"));
            assertThat(instance.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.headers()).containsKey("authorization"));
        }
    }

    @Test
    void aCallThatIsLedAstrayCarriesNoCredential() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":" + ROW + "}");
                ScriptedInstance foreign = always("{\"result\":" + ROW + "}");
                Wire wire = new Wire(camel, settings(instance))) {
            // Given: something that sends the gateway's own call elsewhere
            wire.bus().getOutInterceptors().add(new AbstractPhaseInterceptor<>(Phase.PRE_LOGICAL) {
                @Override
                public void handleMessage(Message message) {
                    message.put(Message.ENDPOINT_ADDRESS, foreign.url() + "/api/now/table/incident");
                }
            });

            // When
            wire.send(
                    Request.read("incident", SYS_ID, List.of("sys_id")), Authorization.basic("bridge", "secret-word"));

            // Then
            assertThat(instance.calls()).isEmpty();
            assertThat(foreign.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.headers()).doesNotContainKey("authorization"));
        }
    }

    @Test
    void anotherPortIsAnotherInstance() throws Exception {
        try (ScriptedInstance instance = always("{}");
                ScriptedInstance foreign = always("{}")) {
            InstanceSettings settings = settings(instance);

            assertThat(settings.owns(instance.url().resolve("/api/now"))).isTrue();
            assertThat(settings.owns(foreign.url())).isFalse();
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (ScriptedInstance foreign = always("{\"result\":" + ROW + "}");
                ScriptedInstance instance =
                        new ScriptedInstance(call -> json(302, "", "Location: " + foreign.url() + "/login"));
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID));

            // Then
            assertThat(foreign.calls()).isEmpty();
        }
    }

    @Test
    void theApiKeyTravelsInItsOwnHeader() throws Exception {
        try (ScriptedInstance instance = always("{\"result\":" + ROW + "}")) {
            InstanceSettings settings = InstanceSettings.of("test", instance.url(), new Credentials.ApiKey("key-word"));
            try (ServiceNowGateway gateway = new ServiceNowGateway(camel, settings, Clock.systemUTC(), () -> 0)) {
                // When
                gateway.read(SYS_ID);
            }

            // Then
            assertThat(instance.calls().get(0).headers())
                    .containsEntry("x-sn-apikey", "key-word")
                    .doesNotContainKey("authorization");
        }
    }

    @Test
    void callsGoThroughTheProxy() throws Exception {
        try (ScriptedInstance proxy = always("{\"result\":" + ROW + "}");
                ScriptedInstance instance = always("{}")) {
            InstanceSettings settings = settings(instance)
                    .withProxy(new InetSocketAddress("127.0.0.1", proxy.url().getPort()));
            try (ServiceNowGateway gateway = new ServiceNowGateway(camel, settings, Clock.systemUTC(), () -> 0)) {
                // When
                gateway.read(SYS_ID);
            }

            // Then
            assertThat(instance.calls()).isEmpty();
            assertThat(proxy.calls())
                    .singleElement()
                    .satisfies(
                            call -> assertThat(call.target()).startsWith(instance.url() + "/api/now/table/incident/"));
        }
    }

    @Test
    void otherClientsOfTheProcessKeepTheirOwnBus() throws Exception {
        Bus before = BusFactory.getDefaultBus();
        BusFactory.setThreadDefaultBus(null);
        try (ScriptedInstance instance = always("{}");
                Wire wire = new Wire(camel, settings(instance))) {
            assertThat(BusFactory.getThreadDefaultBus(false)).isNotSameAs(wire.bus());
            assertThat(BusFactory.getDefaultBus(false)).isSameAs(before);
        }
    }

    @Test
    void theFirstGatewayIsNotTheDefaultOfOtherClients() throws Exception {
        BusFactory.setDefaultBus(null);
        BusFactory.setThreadDefaultBus(null);
        try (ScriptedInstance instance = always("{}");
                Wire wire = new Wire(camel, settings(instance))) {
            assertThat(BusFactory.getDefaultBus()).isNotSameAs(wire.bus());
        }
    }
}
