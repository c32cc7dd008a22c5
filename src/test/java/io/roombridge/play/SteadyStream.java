package io.roombridge.play;

import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.portal.Author;
import io.roombridge.sandbox.portal.SandboxPortal;
import io.roombridge.sandbox.portal.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Something happens all the time: customers and agents write and attach files, signals of other rooms recover and relapse,
 * new ones become unhealthy. Everything that is said is different; what happens next is drawn from the seed.
 */
final class SteadyStream implements AutoCloseable {

    private static final int CONVERSATIONS = 10;
    private static final int SIGNALS = 5;
    private static final List<String> AGENTS = List.of("beth.anglin", "david.loo");

    /** ServiceNow knows the order of entries to the second only. */
    private static final Duration BETWEEN_ENTRIES = Duration.ofSeconds(2);

    private final Sandbox sandbox;
    private final SandboxPortal portal;
    private final Random random;
    private final Clock clock;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final List<String> conversations = new ArrayList<>();
    private final List<String> signals = new ArrayList<>();
    private final Map<String, Boolean> unhealthy = new HashMap<>();
    private final Map<String, Instant> lastAtDesk = new HashMap<>();
    private ScheduledFuture<?> speaking;
    private int said;

    SteadyStream(Sandbox sandbox, long seed, Clock clock) {
        this.sandbox = sandbox;
        this.portal = sandbox.portal();
        this.random = new Random(seed);
        this.clock = clock;
    }

    /** Tickets people talk about. */
    List<String> conversations() {
        return List.copyOf(conversations);
    }

    /** Tickets that are left to telemetry, and whether their signal is unhealthy now. */
    Map<String, Boolean> signals() {
        return Map.copyOf(unhealthy);
    }

    int said() {
        return said;
    }

    void start(Duration each) {
        for (int i = 0; i < CONVERSATIONS; i++) {
            conversations.add(portal.open("Display", i));
        }
        for (int i = 0; i < SIGNALS; i++) {
            String ticket = portal.open("Camera", i);
            signals.add(ticket);
            unhealthy.put(ticket, true);
        }
        speaking = pace.scheduleAtFixedRate(this::happen, 0, each.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing more happens when this returns; fails as the stream failed. */
    void end() throws Exception {
        speaking.cancel(false);
        pace.shutdown();
        if (!pace.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stream does not end");
        }
        if (!speaking.isCancelled()) {
            speaking.get();
        }
    }

    private void happen() {
        String ticket = conversations.get(random.nextInt(conversations.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 ->
                portal.post(ticket, Author.customer("Ana Sousa"), Visibility.CUSTOMER, words("customer"));
            case 4, 5, 6, 7, 8 -> atDesk(ticket).ifPresent(sysId -> deskSays(ticket, sysId));
            case 9 -> addFile(ticket);
            default -> turn(signals.get(random.nextInt(signals.size())));
        }
        said++;
    }

    private void deskSays(String ticket, String sysId) {
        var agent = sandbox.serviceNow().desk().as(AGENTS.get(random.nextInt(AGENTS.size())));
        lastAtDesk.put(ticket, clock.instant());
        switch (random.nextInt(6)) {
            case 0 -> agent.workNote(sysId, words("internal"));
            case 1 -> agent.attach(sysId, words("desk") + ".png", "image/png", picture(said));
            default -> agent.comment(sysId, words("agent"));
        }
    }

    private void addFile(String ticket) {
        try {
            portal.addFile(
                    ticket,
                    Author.customer("Ana Sousa"),
                    words("portal") + ".png",
                    "image/png",
                    new ByteArrayInputStream(picture(said)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(String ticket) {
        boolean sick = unhealthy.get(ticket);
        if (sick) {
            portal.recover(ticket);
        } else {
            portal.relapse(ticket);
        }
        unhealthy.put(ticket, !sick);
    }

    /** The incident of the ticket, if nobody has written there just now. */
    private Optional<String> atDesk(String ticket) {
        Instant last = lastAtDesk.getOrDefault(ticket, Instant.MIN);
        return last.isAfter(clock.instant().minus(BETWEEN_ENTRIES)) ? Optional.empty() : incident(ticket);
    }

    private Optional<String> incident(String ticket) {
        return sandbox.serviceNow().desk().correlatedTo(portal.correlationId(ticket)).stream()
                .map(incident -> incident.sysId())
                .findFirst();
    }

    private String words(String who) {
        return who + "-" + said;
    }

    /** The signature of a PNG and bytes of its own. */
    private static byte[] picture(int number) {
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        byte[] bytes = ("........ picture " + number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(signature, 0, bytes, 0, signature.length);
        return bytes;
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }
}
