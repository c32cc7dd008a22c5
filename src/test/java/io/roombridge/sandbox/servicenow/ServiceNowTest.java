package io.roombridge.sandbox.servicenow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An instance of its own for every test, with a clock that stands still and the client of the integration user. */
abstract class ServiceNowTest {

    static final String INCIDENTS = "/api/now/table/incident";

    final TestClock clock = new TestClock("2026-06-01T08:00:00Z");
    EmbeddedServiceNow snow;
    Client client;
    Client admin;

    @BeforeEach
    void start() {
        snow = EmbeddedServiceNow.start(Setup.defaults().withClock(clock));
        client = new Client(snow.url(), snow.accounts().integration());
        admin = new Client(snow.url(), snow.accounts().admin());
    }

    @AfterEach
    void stop() {
        snow.close();
    }
}
