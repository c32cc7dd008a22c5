package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowComponent;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real client of ServiceNow, camel-servicenow as it is published, works against the embedded one. */
class CamelServiceNowTest extends ServiceNowTest {

    private DefaultCamelContext camel;
    private ProducerTemplate template;

    @BeforeEach
    void startCamel() {
        ServiceNowConfiguration configuration = new ServiceNowConfiguration();
        configuration.setApiUrl(snow.url() + "/api");
        configuration.setUserName(snow.accounts().integration().name());
        configuration.setPassword(snow.accounts().integration().password());
        start(configuration);
    }

    private void start(ServiceNowConfiguration configuration) {
        ServiceNowComponent component = new ServiceNowComponent();
        component.setConfiguration(configuration);
        camel = new DefaultCamelContext();
        camel.addComponent("servicenow", component);
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stopCamel() {
        camel.stop();
    }

    private Object call(String resource, String action, Object body, Map<String, Object> more) {
        Map<String, Object> headers = new HashMap<>(more);
        headers.put(ServiceNowConstants.RESOURCE, resource);
        headers.put(ServiceNowConstants.ACTION, action);
        headers.put(ServiceNowConstants.PARAM_TABLE_NAME, "incident");
        return template.requestBodyAndHeaders("servicenow:embedded", body, headers);
    }

    private Map<?, ?> created(Map<String, String> values) {
        return (Map<?, ?>) call("table", "create", values, Map.of());
    }

    @Test
    void itCreatesUpdatesAndRetrieves() {
        Map<?, ?> created = created(Map.of("short_description", "No audio", "correlation_id", "rb-1"));
        Object sysId = created.get("sys_id");

        Map<?, ?> updated = (Map<?, ?>)
                call("table", "update", Map.of("state", "2"), Map.of(ServiceNowConstants.PARAM_SYS_ID, sysId));
        List<?> found = (List<?>) call(
                "table", "retrieve", null, Map.of(ServiceNowConstants.SYSPARM_QUERY, "correlation_id=rb-1^state=2"));

        assertThat(created.get("number").toString()).startsWith("INC");
        assertThat(updated.get("state")).isEqualTo("2");
        assertThat(found).hasSize(1);
        assertThat(((Map<?, ?>) found.get(0)).get("sys_id")).isEqualTo(sysId);
    }

    @Test
    void itUploadsFindsAndDownloadsAFile() throws Exception {
        Object incident = created(Map.of()).get("sys_id");
        byte[] bytes = {0, 1, 2, (byte) 0xFF};

        Map<?, ?> uploaded = (Map<?, ?>) call(
                "attachment",
                "upload",
                bytes,
                Map.of(
                        ServiceNowConstants.PARAM_TABLE_SYS_ID,
                        incident,
                        ServiceNowConstants.PARAM_FILE_NAME,
                        "room 4.12.bin",
                        ServiceNowConstants.CONTENT_TYPE,
                        "application/octet-stream"));
        List<?> found = (List<?>) call(
                "attachment", "retrieve", null, Map.of(ServiceNowConstants.SYSPARM_QUERY, "table_sys_id=" + incident));
        Object content =
                call("attachment", "content", null, Map.of(ServiceNowConstants.PARAM_SYS_ID, uploaded.get("sys_id")));

        assertThat(uploaded.get("file_name")).isEqualTo("room 4.12.bin");
        assertThat(found).hasSize(1);
        try (InputStream in = (InputStream) content) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void itCountsWithTheAggregateApi() {
        created(Map.of());

        Map<?, ?> stats = (Map<?, ?>) template.requestBodyAndHeaders(
                "servicenow:embedded?model.incident=java.util.Map",
                null,
                Map.of(
                        ServiceNowConstants.RESOURCE, "aggregate",
                        ServiceNowConstants.ACTION, "retrieve",
                        ServiceNowConstants.PARAM_TABLE_NAME, "incident",
                        ServiceNowConstants.SYSPARM_COUNT, true));

        assertThat(stats.toString()).contains("count=1");
    }

    @Test
    void itUnderstandsARefusal() {
        Object sysId = created(Map.of()).get("sys_id");

        assertThatThrownBy(() ->
                        call("table", "update", Map.of("state", "6"), Map.of(ServiceNowConstants.PARAM_SYS_ID, sysId)))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ServiceNowException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(403);
                    assertThat(refused.getDetail()).contains("Data Policy Exception");
                });
    }

    @Test
    void aConnectionThatDropsAfterTheCommitIsOnePostAndOneException() {
        created(Map.of("correlation_id", "rb-1"));
        snow.faults().on(RequestMatcher.writes()).next(1, Fault.timeoutAfterCommit());

        assertThatThrownBy(() -> created(Map.of("correlation_id", "rb-2"))).isInstanceOf(CamelExecutionException.class);

        assertThat(snow.requests().by("roombridge")).hasSize(2);
        assertThat(snow.desk().correlatedTo("rb-2")).hasSize(1);
    }

    @Test
    void itLogsInWithItsOwnOAuth() {
        camel.stop();
        ServiceNowConfiguration configuration = new ServiceNowConfiguration();
        configuration.setApiUrl(snow.url() + "/api");
        configuration.setOauthTokenUrl(snow.url() + "/oauth_token.do");
        configuration.setOauthClientId(snow.accounts().oauthClient().name());
        configuration.setOauthClientSecret(snow.accounts().oauthClient().password());
        configuration.setUserName(snow.accounts().integration().name());
        configuration.setPassword(snow.accounts().integration().password());
        start(configuration);

        assertThat(created(Map.of()).get("sys_created_by")).isEqualTo("roombridge");
        assertThat(snow.requests().where(request -> request.path().equals("/oauth_token.do")))
                .hasSize(1);
    }
}
