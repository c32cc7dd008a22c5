package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.roombridge.closing.InactivityRule;
import io.roombridge.correlation.Backlog;
import io.roombridge.ops.Call;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.InstanceMeters;
import io.roombridge.ops.ManagementServer;
import io.roombridge.ops.Measures;
import io.roombridge.ops.Prometheus;
import io.roombridge.ops.RunningBridge;
import io.roombridge.ops.StoreEndpoints;
import io.roombridge.ops.TicketEndpoints;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.RetryLater;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads a bridge in trouble by the shipped rules, and calls people. */
class AlertsFireTest {

    private static final String[] TROUBLES = {
        "RoombridgeDeadLetterOld", "RoombridgeCommandsWait", "RoombridgePollBlocked", "RoombridgeServiceNowRefusesLogin"
    };

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path directory;

    private final Bench bench = Bench.inMemory();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void troubleThatAPersonHasToKnowOfIsCalledOut() throws Exception {
        Desk desk = bench.desks().all().get(0);
        new InstanceMeters(bench.meters()).watch(desk.name(), desk.gateway());
        Measures measures = new Measures(
                new Backlog(bench.jdbi()), Map::of, Runnable::run, bench.meters(), bench.clock, bench.machine);
        try (ManagementServer server = ManagementServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(),
                        directory,
                        new Endpoints(Stream.concat(
                                        bench.metricsEndpoints().stream(),
                                        StoreEndpoints.of(
                                                bench.jdbi(),
                                                InactivityRule.OF_THE_SERVICE,
                                                Optional.empty(),
                                                bench.clock)
                                                .stream())
                                .toList()),
                        new SecureRandom(),
                        Clock.systemUTC());
                Prometheus prometheus = Prometheus.reading(server.url(), directory)) {
            bench.deliver(opened("room-1"));
            bench.machine.advance(Duration.ofSeconds(10));
            bench.poll();
            measures.take();
            eventually().until(prometheus::reads);
            assertThat(prometheus.firing()).doesNotContain(TROUBLES);
            aStepIsMeasuredIn(TRACE);
            eventually()
                    .until(() ->
                            prometheus.traces("roombridge_step_seconds_bucket").contains(TRACE));

            bench.serviceNow.faults().on(RequestMatcher.method("PATCH")).next(1, refusal());
            bench.deliver(opened("room-1").message("m-1", "It is dark in here."));
            Incident incident = bench.incident("room-1", "Display");
            bench.serviceNow.desk().as("beth.anglin").comment(incident.sysId(), "I look.");
            bench.machine.advance(Duration.ofSeconds(10));
            bench.poll(command -> false);
            bench.pass(Duration.ofMinutes(31));
            bench.serviceNow.faults().on(RequestMatcher.anything()).always(Fault.unauthorized());
            refusedTwice();
            measures.take();

            eventually().until(() -> prometheus.firing().containsAll(List.of(TROUBLES)));

            // What docs/operations.md says to do next.
            RunningBridge running = RunningBridge.find(directory).orElseThrow();
            JsonNode ticket = running.ask(Call.get(TicketEndpoints.PATH, Map.of("name", incident.number())))
                    .get(0);
            assertThat(ticket.path("key").asText()).isEqualTo("1|contoso|room-1|compute|display|0");
            assertThat(ticket.path("waiting").findValuesAsText("text"))
                    .anyMatch(
                            why -> why.startsWith("refused-by-acl: Operation Failed") && why.endsWith("(dead show 1)"))
                    .anyMatch(why -> why.startsWith("message-add: the hub has not accepted it"));
            assertThat(ticket.path("last").findValuesAsText("text"))
                    .anyMatch(line -> line.startsWith("delivered (incident-created)"));
        }
    }

    private void aStepIsMeasuredIn(String trace) {
        SpanContext span =
                SpanContext.create(trace, "00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.getDefault());
        try (Scope within = Span.wrap(span).makeCurrent()) {
            assertThat(within).isNotNull();
            bench.meters()
                    .timer(StepTimes.METER, "route", "portal-events", "step", "deliver", "result", "ok")
                    .record(Duration.ofMillis(1));
        }
    }

    private void refusedTwice() {
        for (int i = 0; i < 2; i++) {
            try {
                bench.attempt(opened("room-3"));
            } catch (RetryLater later) {
                bench.machine.advance(later.after());
            }
        }
    }

    private PortalEvent opened(String room) {
        return PortalEvent.of(room, "Display").at(bench.clock.instant()).opened(1);
    }

    private static Fault refusal() {
        return Fault.forbidden("Operation Failed", "ACL Exception Insert Failed due to security constraints");
    }

    private static org.awaitility.core.ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(250));
    }
}
