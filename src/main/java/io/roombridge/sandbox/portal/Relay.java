package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.sandbox.eventhubs.StoredEvent;
import io.roombridge.sandbox.portal.CommandRecord.Outcome;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from their hub and has them performed, as docs/events.md demands of a relay: each id once, in the order of
 * its partition, and whatever comes of it carries the id as {@code correlationid}. One thread; reads in process.
 */
final class Relay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final String COMMAND = "command.";
    private static final long LOOK_EVERY_MS = 10;
    private static final long LONGEST_GOODBYE_MS = 10_000;
    private static final int KEPT = 100_000;

    private final SandboxPortal.Hubs hubs;
    private final RelayActs acts;
    private final PortalVoice voice;
    private final Contract contract;
    private final InstantSource clock;
    private final Map<String, Long> next = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    // Only the relay's thread.
    private final Set<String> settled = new HashSet<>();
    // Guarded by itself.
    private final Deque<CommandRecord> records = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "portal-relay");
    private volatile boolean paused;

    Relay(SandboxPortal.Hubs hubs, RelayActs acts, PortalVoice voice, Contract contract, InstantSource clock) {
        this.hubs = hubs;
        this.acts = acts;
        this.voice = voice;
        this.contract = contract;
        this.clock = clock;
        hubs.endpoint().partitions(hubs.commands()).forEach(partition -> next.put(partition, 0L));
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void pause(boolean nowPaused) {
        paused = nowPaused;
    }

    /** Whether every command that stands in the hub has its outcome, and its events stand in theirs. */
    boolean idle() {
        return next.entrySet().stream()
                .allMatch(entry ->
                        entry.getValue() == 1 + hubs.endpoint().lastSequenceNumber(hubs.commands(), entry.getKey()));
    }

    List<CommandRecord> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    private void run() {
        try {
            while (stopped.getCount() > 0) {
                if (paused || !takeNews()) {
                    stopped.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (stopped.getCount() > 0) {
                log.atError().setCause(e).log("the relay of the sandbox failed; no further command is taken");
            }
        }
    }

    private boolean takeNews() {
        boolean any = false;
        for (String partition : List.copyOf(next.keySet())) {
            for (StoredEvent message : hubs.endpoint().events(hubs.commands(), partition, next.get(partition))) {
                if (stopped.getCount() == 0 || paused) {
                    return any;
                }
                take(message);
                next.put(partition, message.sequenceNumber() + 1);
                any = true;
            }
        }
        return any;
    }

    private void take(StoredEvent message) {
        List<ObjectNode> commands = Wire.events(message);
        if (commands.isEmpty()) {
            record(Blocks.object(), message, Outcome.INVALID, "the message holds no JSON object");
        }
        for (ObjectNode command : commands) {
            String id = command.path("id").asText();
            Optional<String> invalid = settled.contains(id) ? Optional.empty() : whyInvalid(command);
            if (settled.contains(id)) {
                record(command, message, Outcome.REPEATED, "the id was settled before");
            } else if (invalid.isPresent()) {
                record(command, message, Outcome.INVALID, invalid.get());
            } else {
                settled.add(id);
                perform(command, id, message);
            }
        }
    }

    private Optional<String> whyInvalid(ObjectNode command) {
        String name = name(command);
        if (!Contract.COMMANDS.contains(name)) {
            return Optional.of(
                    "there is no command of the type '" + command.path("type").asText() + "'");
        }
        Optional<String> faults = contract.faults(COMMAND + name, command);
        JsonNode ticketId = command.at("/data/ticketId");
        if (faults.isPresent() || ticketId.isMissingNode()) {
            return faults;
        }
        String tenant = command.path("tenantid").asText();
        boolean known = voice.ask(memory -> memory.ticket(ticketId.asText())
                .filter(ticket -> ticket.tenant().equals(tenant))
                .isPresent());
        return known
                ? Optional.empty()
                : Optional.of("the portal has no ticket " + ticketId.asText() + " of the tenant " + tenant);
    }

    private void perform(ObjectNode command, String id, StoredEvent message) {
        try {
            Optional<String> refusal = acts.perform(name(command), command);
            refusal.ifPresent(reason -> acts.sayRefused(command, name(command), reason));
            record(command, message, refusal.isPresent() ? Outcome.REFUSED : Outcome.APPLIED, refusal.orElse(""));
        } catch (IllegalArgumentException e) {
            log.atWarn().addKeyValue("command", id).setCause(e).log("a command cannot be told as an event");
            record(command, message, Outcome.REFUSED, e.getMessage());
        }
    }

    private void record(ObjectNode command, StoredEvent message, Outcome outcome, String reason) {
        CommandRecord record = new CommandRecord(
                command.path("id").asText(),
                name(command),
                command.at("/data/ticketId").asText(),
                outcome,
                reason,
                message.partition(),
                clock.instant());
        synchronized (records) {
            records.add(record);
            if (records.size() > KEPT) {
                records.remove();
            }
        }
    }

    private static String name(ObjectNode command) {
        String name = PortalMemory.name(command);
        return name.startsWith(COMMAND) ? name.substring(COMMAND.length()) : "";
    }

    /** Takes no further command. */
    void stop() {
        stopped.countDown();
    }

    /** Waits for the command that is under way. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(LONGEST_GOODBYE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
