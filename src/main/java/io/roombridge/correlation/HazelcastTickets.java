package io.roombridge.correlation;

import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.map.MapLoader;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.roombridge.ticket.Ticket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tickets of the cluster in a Hazelcast map. It loads what it does not have from SQL and never writes there: the
 * store's commit is the only write path. Memory stays bounded by eviction.
 */
final class HazelcastTickets implements TicketCache {

    static final String MAP = "tickets";
    private static final int MOST_ENTRIES_PER_NODE = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastTickets.class);

    private final IMap<String, CachedTicket> map;
    private final Jdbi jdbi;

    HazelcastTickets(HazelcastInstance hazelcast, Jdbi jdbi) {
        this.map = hazelcast.getMap(MAP);
        this.jdbi = jdbi;
    }

    static MapConfig config(Jdbi jdbi) {
        return new MapConfig(MAP)
                // What a node takes with it is loaded anew; a copy on another node would cost more than that.
                .setBackupCount(0)
                .setMergePolicyConfig(new MergePolicyConfig(DiscardMergePolicy.class.getName(), 1))
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                        .setSize(MOST_ENTRIES_PER_NODE))
                .setMapStoreConfig(new MapStoreConfig()
                        .setEnabled(true)
                        .setInitialLoadMode(MapStoreConfig.InitialLoadMode.LAZY)
                        .setImplementation(new Loader(jdbi)));
    }

    @Override
    public Optional<Ticket> get(TicketAddress address) {
        try {
            return Optional.ofNullable(map.get(address.joined()))
                    .map(cached -> TicketJson.read(cached.document(), cached.version()));
        } catch (HazelcastException | HazelcastInstanceNotActiveException e) {
            LOG.atDebug().setCause(e).log("the cache does not answer; the row is read");
            return jdbi.withHandle(handle -> Tickets.find(handle, address));
        }
    }

    /** What cannot be refreshed is stale or gone; both do no harm. */
    @Override
    public void refresh(Ticket ticket) {
        try {
            raise(ticket);
        } catch (HazelcastException | HazelcastInstanceNotActiveException e) {
            LOG.atDebug().setCause(e).log("the cache does not answer; it stays behind the row");
        }
    }

    /**
     * A loop of compare-and-set, because two commits of one ticket may be refreshed in the wrong order: the higher version
     * stays.
     */
    private void raise(Ticket ticket) {
        String key = TicketAddress.of(ticket).joined();
        CachedTicket newer = new CachedTicket(ticket.version(), TicketJson.write(ticket));
        while (true) {
            CachedTicket present = map.get(key);
            if (present == null ? map.putIfAbsent(key, newer) == null : present.version() >= newer.version()) {
                return;
            }
            if (present != null && map.replace(key, present, newer)) {
                return;
            }
        }
    }

    @Override
    public void forget(TicketAddress address) {
        try {
            map.evict(address.joined());
        } catch (HazelcastException | HazelcastInstanceNotActiveException e) {
            LOG.atDebug().setCause(e).log("the cache does not answer; it is asked again with the next try");
        }
    }

    /** What the map holds: text, so that nothing but strings and numbers is ever deserialised. */
    record CachedTicket(long version, String document) {}

    private static final class Loader implements MapLoader<String, CachedTicket> {

        private final Jdbi jdbi;

        Loader(Jdbi jdbi) {
            this.jdbi = jdbi;
        }

        @Override
        public CachedTicket load(String key) {
            return jdbi.withHandle(handle -> Tickets.find(handle, TicketAddress.parse(key)))
                    .map(ticket -> new CachedTicket(ticket.version(), TicketJson.write(ticket)))
                    .orElse(null);
        }

        @Override
        public Map<String, CachedTicket> loadAll(Collection<String> keys) {
            return keys.stream().filter(key -> load(key) != null).collect(Collectors.toMap(key -> key, this::load));
        }

        /** Nothing is loaded ahead: the map fills with what is asked for. */
        @Override
        public Iterable<String> loadAllKeys() {
            return List.of();
        }
    }
}
