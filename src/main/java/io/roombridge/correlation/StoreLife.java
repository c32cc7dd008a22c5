package io.roombridge.correlation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/** The instants that say how far the store's knowledge goes. */
public final class StoreLife {

    private static final String ACTIVATION = "activation";
    private static final String SHADOW = "shadow";
    private static final String REBUILT = "rebuilt";
    private static final String LIVED = "lived";

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
        return known("complete_since");
    }

    /**
     * When the bridge was activated, or while it is in shadow mode, when that began; what was opened and healed before it
     * creates nothing.
     */
    public Instant activation(Instant now) {
        return activated().or(this::shadowSince).orElseGet(() -> firstOf(ACTIVATION, now));
    }

    /** When the bridge went live; empty for one that never did. */
    public Optional<Instant> activated() {
        return known(ACTIVATION);
    }

    /** When shadow mode began; empty for a bridge that was live from the start. */
    public Optional<Instant> shadowSince() {
        return known(SHADOW);
    }

    /** The bridge is in shadow mode. */
    public void shadowed(Instant now) {
        firstOf(SHADOW, now);
    }

    /** Within a transaction: whether the store has ever been in shadow mode. */
    static boolean wasShadow(Handle handle) {
        return read(handle, SHADOW).isPresent();
    }

    /** Within a transaction: the bridge goes live. Fails on a second one at the same time. */
    static void activate(Handle handle, Instant now) {
        insert(handle, ACTIVATION, now).execute();
    }

    /** When closing for inactivity was switched on first; no day before it is counted. */
    public Instant closingActivation(Instant now) {
        return firstOf("closing_activation", now);
    }

    /** When the store was last rebuilt from ServiceNow; empty for one that never was. */
    public Optional<Instant> rebuiltAt() {
        return known(REBUILT);
    }

    /**
     * The store was rebuilt: what it knows is whole only from now on, and older tickets are searched for before they are
     * created.
     *
     * @param oldest when the first incident of the bridge was made: it was activated then at the latest
     */
    public void rebuilt(Instant now, Instant oldest) {
        jdbi.useTransaction(handle -> {
            set(handle, "complete_since", now);
            set(handle, REBUILT, now);
            set(handle, LIVED, now);
            if (read(handle, ACTIVATION).filter(oldest::isAfter).isEmpty()) {
                set(handle, ACTIVATION, oldest);
            }
        });
    }

    /** The hub is read again from an earlier place: what began before is searched for before it is created. */
    public void rewound(Instant now) {
        jdbi.useTransaction(handle -> set(handle, "complete_since", now));
    }

    /** When the store was last known to be in use; empty for one that never was. */
    public Optional<Instant> lived() {
        return known(LIVED);
    }

    /** The store is in use; returns what it says of that from now on, which is never earlier than before. */
    public Instant lives(Instant now) {
        firstOf(LIVED, now);
        jdbi.useHandle(handle -> handle.createUpdate("update store_life set at = :now where name = :name and at < :now")
                .bind("name", LIVED)
                .bind("now", Tickets.at(now))
                .execute());
        return lived().orElseThrow();
    }

    /** The instant that stands there; nodes that start together agree on that of the first. */
    private Instant firstOf(String name, Instant now) {
        return known(name).orElseGet(() -> {
            UniqueKey.tryInsert(jdbi, handle -> insert(handle, name, now));
            return known(name).orElseThrow();
        });
    }

    private Optional<Instant> known(String name) {
        return jdbi.withHandle(handle -> read(handle, name));
    }

    private static Optional<Instant> read(Handle handle, String name) {
        return handle.createQuery("select at from store_life where name = ?")
                .bind(0, name)
                .map((row, context) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .findOne();
    }

    private static void set(Handle handle, String name, Instant at) {
        int rows = handle.createUpdate("update store_life set at = ? where name = ?")
                .bind(0, Tickets.at(at))
                .bind(1, name)
                .execute();
        if (rows == 0) {
            insert(handle, name, at).execute();
        }
    }

    private static Update insert(Handle handle, String name, Instant at) {
        return handle.createUpdate("insert into store_life (name, at) values (?, ?)")
                .bind(0, name)
                .bind(1, Tickets.at(at));
    }
}
