package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.json;

import io.roombridge.ticket.TicketId;
import java.time.Clock;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One Camel for each test class, and instances that answer from a script. */
abstract class OnScriptedInstance {

    static final String SYS_ID = "0123456789abcdef0123456789abcdef";
    static final TicketId TICKET = new TicketId("rb-0123456789abcdef0123456789abcdef01234567");
    static final String ROW = "{\"sys_id\":\"" + SYS_ID + "\",\"number\":\"INC0010001\",\"state\":\"1\","
            + "\"impact\":\"3\",\"urgency\":\"1\",\"priority\":\"3\",\"assigned_to\":\"\",\"assignment_group\":"
            + "{\"link\":\"https://elsewhere.example/x\",\"value\":\"aaaa\"},\"hold_reason\":\"\",\"close_code\":\"\","
            + "\"parent\":\"\",\"correlation_id\":\"" + TICKET + "\",\"active\":\"true\","
            + "\"short_description\":\"Kamera, Zürich\",\"sys_mod_count\":\"4\","
            + "\"sys_created_on\":\"2026-06-01 08:00:00\",\"sys_updated_on\":\"2026-06-01 08:00:59\","
            + "\"caller_id\":\"bbbb\"}";

    static DefaultCamelContext camel;

    @BeforeAll
    static void startCamel() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stopCamel() {
        camel.stop();
    }

    static ScriptedInstance always(String answer) {
        return new ScriptedInstance(call -> json(200, answer));
    }

    static ServiceNowGateway gateway(ScriptedInstance instance) {
        return new ServiceNowGateway(camel, settings(instance), Clock.systemUTC(), () -> 0);
    }

    static InstanceSettings settings(ScriptedInstance instance) {
        return InstanceSettings.of("test", instance.url(), new Credentials.Basic("bridge", "secret-word"));
    }
}
