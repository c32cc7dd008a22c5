package io.roombridge.correlation;

import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.MapLoader;
import io.roombridge.ticket.Ticket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * The tickets of the cluster in a Hazelcast map. It loads what it does not have from SQL and never writes there: the
 * store's commit is the only write path. Memory stays bounded by eviction.
 */
final class HazelcastTickets implements TicketCache {

    static final String MAP = "tickets";
    private static final int MOST_ENTRIES_PER_NODE = 50_000;

    private final IMap<String, CachedTicket> map;

    HazelcastTickets(HazelcastInstance hazelcast) {
        this.map = hazelcast.getMap(MAP);
    }

    static MapConfig config(Jdbi jdbi) {
        return new MapConfig(MAP)
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
        return Optional.ofNullable(map.get(address.joined()))
                .map(cached -> TicketJson.read(cached.document(), cached.version()));
    }

    /**
     * A loop of compare-and-set, because two commits of one ticket may be refreshed in the wrong order: the higher version
     * stays.
     */
    @Override
    public void refresh(Ticket ticket) {
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
