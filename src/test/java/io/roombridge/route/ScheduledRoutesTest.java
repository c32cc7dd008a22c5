package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Duty;
import io.roombridge.correlation.FirstResponses;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.ticket.IncidentState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The routes {@code appointments} and {@code retention} as they stand in routes/; only the schedule is replaced. */
class ScheduledRoutesTest extends CamelMainTestSupport {

    private static final Path DIRECTORY = temporary();

    private Bench bench;

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.setProperty("roombridge.appointments.interval", "3600000");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
        configuration.replaceRouteFromWith("appointments", "direct:appointments");
        configuration.replaceRouteFromWith("retention", "direct:retention");
        configuration.replaceRouteFromWith("dead-letters", "direct:dead-letters");
        configuration.replaceRouteFromWith("inactivity", "direct:inactivity");
        configuration.replaceRouteFromWith("first-response", "direct:first-response");
        properties.setProperty("roombridge.closing.interval", "3600000");
        properties.setProperty("roombridge.closing.runs", "true");
        bench = new Bench(DIRECTORY.resolve(Long.toString(System.nanoTime())));
        configuration.withRegistryBinder(registry -> {
            bench.path().beans().forEach(registry::bind);
            registry.bind("oneNode", new OneNode(name -> Duty.ALONE));
            bench.inactivityBeans().forEach(registry::bind);
            registry.bind(
                    "firstResponse", new FirstResponse(new FirstResponses(bench.jdbi()), bench.meters(), bench.clock));
            registry.bind(
                    "retention",
                    new Retention(bench.books().purge(), Duration.ofDays(90), Duration.ofDays(30), bench.clock));
        });
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern(
                "file:routes/appointments.camel.yaml,file:routes/retention.camel.yaml,file:routes/inactivity.camel.yaml,"
                        + "file:routes/dead-letters.camel.yaml,file:routes/first-response.camel.yaml");
    }

    @AfterEach
    void stopTheBench() {
        bench.close();
    }

    @Test
    void aRecoveryThatHasHeldIsResolved() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        bench.deliver(
                PortalEvent.of("room-1", "Camera").at(bench.clock.instant()).resolved(2));
        bench.clock.advance(Duration.ofMinutes(14));
        template.sendBody("direct:appointments", null);
        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);

        bench.clock.advance(Duration.ofMinutes(1));
        template.sendBody("direct:appointments", null);

        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aTicketWithoutAResponseIsOverdueAfterFourHours() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        bench.clock.advance(Duration.ofHours(5));

        template.sendBody("direct:first-response", null);

        assertThat(bench.meters().get(FirstResponse.OVERDUE).gauge().value()).isEqualTo(1);
    }

    @Test
    void historyIsForgottenAfterItsTimeAndTheTicketNever() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        bench.clock.advance(Duration.ofDays(89));
        template.sendBody("direct:retention", null);
        assertThat(bench.store().history(bench.ticket("room-1", "Camera"))).hasSize(1);

        bench.clock.advance(Duration.ofDays(2));
        template.sendBody("direct:retention", null);

        assertThat(bench.store().history(bench.ticket("room-1", "Camera"))).isEmpty();
    }

    @Test
    void aDeadChangeThatAPersonAskedForIsAppliedByTheSchedule() {
        bench.serviceNow.switches().mandatoryOnInsert().add("business_service");
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        bench.serviceNow.switches().mandatoryOnInsert().clear();
        LetterFilter all = new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty());
        bench.letters().ask(all, "Beth Anglin", "The instance was mended", bench.clock.instant());

        template.sendBody("direct:dead-letters", null);

        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aTicketThatWaitsForItsCustomerIsLookedAtOnceAndThenWhenItsTimeComes() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        template.sendBody("direct:inactivity", null);

        assertThat(bench.closings().nextLook()).contains(Instant.parse("2026-06-03T07:00:00Z"));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "route-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
