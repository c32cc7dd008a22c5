package io.roombridge.correlation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The two instants that say how far the store's knowledge goes. */
public final class StoreLife {

    private final Jdbi jdbi;

    public StoreLife(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Since when the store has lived unbroken. Whatever began later is wholly known here, so an incident for it needs no
     * search before it is created. Set at the first start; reset by rebuild, restore and rewind.
     */
    public Instant completeSince(Instant now) {
        return firstOf("complete_since", now);
    }

    /** When the bridge was activated; what was opened and healed before it creates nothing. */
    public Instant activation(Instant now) {
        return firstOf("activation", now);
    }

    /** When closing for inactivity was switched on first; no day before it is counted. */
    public Instant closingActivation(Instant now) {
        return firstOf("closing_activation", now);
    }

    /** Forgets {@code complete_since}: from now on older tickets are searched for before they are created. */
    public void brokenAt(Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update store_life set at = ? where name = 'complete_since'")
                .bind(0, Tickets.at(now))
                .execute());
    }

    /** The instant that stands there; nodes that start together agree on that of the first. */
    private Instant firstOf(String name, Instant now) {
        return known(name).orElseGet(() -> {
            UniqueKey.tryInsert(
                    jdbi,
                    handle -> handle.createUpdate("insert into store_life (name, at) values (?, ?)")
                            .bind(0, name)
                            .bind(1, Tickets.at(now)));
            return known(name).orElseThrow();
        });
    }

    private Optional<Instant> known(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select at from store_life where name = ?")
                .bind(0, name)
                .map((row, context) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .findOne());
    }
}
