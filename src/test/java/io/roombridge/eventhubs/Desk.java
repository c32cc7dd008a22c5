package io.roombridge.eventhubs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** The end of the test's route: remembers who came and who was done, and holds or fails events as the test asks. */
final class Desk {

    /** One presentation of an event. */
    record Visit(String event, int attempt, Instant firstAttemptAt) {}

    private final List<Visit> visits = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, CompletableFuture<Void>> gates = new HashMap<>();
    private final Map<String, Integer> failuresLeft = new HashMap<>();
    private final Map<String, Supplier<? extends Exception>> failures = new HashMap<>();

    void serve(Exchange exchange) throws Exception {
        String event = exchange.getMessage().getBody(String.class);
        CompletableFuture<Void> gate;
        synchronized (this) {
            visits.add(new Visit(
                    event,
                    exchange.getMessage().getHeader(RoombridgeEventHubsComponent.ATTEMPT, Integer.class),
                    exchange.getMessage().getHeader(RoombridgeEventHubsComponent.FIRST_ATTEMPT_AT, Instant.class)));
            gate = gates.getOrDefault(event, CompletableFuture.completedFuture(null));
        }
        gate.join();
        synchronized (this) {
            int left = failuresLeft.merge(event, -1, Integer::sum);
            if (left >= 0) {
                throw failures.get(event).get();
            }
            done.add(event);
        }
    }

    /** Keeps the event until {@link #release}. */
    synchronized void hold(String... events) {
        for (String event : events) {
            gates.put(event, new CompletableFuture<>());
        }
    }

    synchronized void release(String... events) {
        for (String event : events) {
            gates.get(event).complete(null);
        }
    }

    synchronized void fail(String event, int times, Supplier<? extends Exception> failure) {
        failuresLeft.put(event, times);
        failures.put(event, failure);
    }

    synchronized List<Visit> visits() {
        return List.copyOf(visits);
    }

    synchronized List<String> done() {
        return List.copyOf(done);
    }

    boolean begun(String event) {
        return visits().stream().anyMatch(visit -> visit.event().equals(event));
    }

    List<Integer> attempts(String event) {
        return visits().stream()
                .filter(visit -> visit.event().equals(event))
                .map(Visit::attempt)
                .toList();
    }
}
