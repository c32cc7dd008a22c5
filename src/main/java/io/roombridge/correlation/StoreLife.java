package io.roombridge.correlation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
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

    /** The same without setting it: empty for a store that never saw a bridge. */
    public Optional<Instant> completeSince() {
        return jdbi.withHandle(handle -> known(handle, "complete_since"));
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

    private Instant firstOf(String name, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<Instant> known = known(handle, name);
            if (known.isEmpty()) {
                handle.createUpdate("insert into store_life (name, at) values (?, ?)")
                        .bind(0, name)
                        .bind(1, Tickets.at(now))
                        .execute();
            }
            return known.orElse(now);
        });
    }

    private static Optional<Instant> known(Handle handle, String name) {
        return handle.createQuery("select at from store_life where name = ?")
                .bind(0, name)
                .map((row, context) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .findOne();
    }
}
