package io.roombridge.sandbox.eventhubs;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All hubs with their events, and the faults that are switched on. Confined to the thread of {@link AmqpServer}, like
 * everything reachable from it.
 */
final class Namespace {

    private final Map<String, Hub> hubs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final EventCodec codec = new EventCodec();
    private final SasTokens tokens;
    private final Setup setup;
    private final Set<Claim> withheld = EnumSet.noneOf(Claim.class);
    private boolean deliveryPaused;
    private int sendsToReject;
    private String rejection = Conditions.SERVER_BUSY;

    Namespace(Setup setup) {
        this.setup = setup;
        this.tokens = new SasTokens(setup.keyName(), setup.key(), setup.wallClock());
        setup.hubs().forEach(hub -> hubs.put(hub.name(), new Hub(hub, setup.retention())));
    }

    EventCodec codec() {
        return codec;
    }

    SasTokens tokens() {
        return tokens;
    }

    /** Milliseconds since 1970 by the clock of the enqueued time. */
    long now() {
        return setup.clock().millis();
    }

    Hub hub(String name) throws Refusal {
        return Optional.ofNullable(hubs.get(name)).orElseThrow(() -> Refusal.notFound(name));
    }

    /** A lookup by name. */
    interface Lookup<T> {
        T find() throws Refusal;
    }

    /** What a caller in this process names should exist. */
    static <T> T existing(Lookup<T> lookup) {
        try {
            return lookup.find();
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    Stream<ReceiveLink> readers() {
        return hubs.values().stream().flatMap(hub -> hub.partitions().stream()).flatMap(Partition::allReaders);
    }

    boolean deliveryPaused() {
        return deliveryPaused;
    }

    void pauseDelivery(boolean paused) {
        deliveryPaused = paused;
        readers().forEach(ReceiveLink::wake);
    }

    void withhold(Claim claim) {
        withheld.add(claim);
    }

    /** Refuses what the key's policy does not allow, as the service does when a link is attached. */
    void requireClaim(Claim claim) throws Refusal {
        if (withheld.contains(claim)) {
            throw Refusal.unauthorized("The policy of the key lacks the claim " + claim + ".");
        }
    }

    void rejectNextSends(int count, String condition) {
        sendsToReject = count;
        rejection = condition;
    }

    /** The rejection that a fault demands for the send at hand, if one does. */
    Optional<Refusal> demandedRejection() {
        if (sendsToReject == 0) {
            return Optional.empty();
        }
        sendsToReject--;
        return Optional.of(Refusal.injected(rejection));
    }
}
