package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes what a rebuild found into the store, empty or an old backup. Nothing that the store knows is taken away, and doing
 * it again changes nothing. For a stopped bridge: a cache in front of the store would not notice.
 */
public final class Recreation {

    private final Jdbi jdbi;

    public Recreation(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The ticket of an id, whatever its tenant: the id is a hash of both. */
    public Optional<Ticket> known(String instance, TicketId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select document, version from ticket where instance = ? and id = ?")
                        .bind(0, instance)
                        .bind(1, id.value())
                        .map((row, context) -> Tickets.read(row))
                        .findOne());
    }

    /** Whether a node has claimed a partition of the hub since then, and not given it back. */
    public boolean inUseSince(Instant time) {
        return jdbi.withHandle(handle ->
                handle.createQuery("select count(*) from hub_ownership where owner_id <> '' and modified_at > ?")
                                .bind(0, Tickets.at(time))
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** One ticket, in one transaction. */
    public void keep(Recreated found) {
        jdbi.useTransaction(handle -> {
            Tickets.write(handle, found.ticket());
            found.written().forEach(intent -> written(handle, intent));
            GatheredNotes.forgetSaid(
                    handle,
                    found.ticket(),
                    found.written().stream().map(Intent::reference).collect(Collectors.toSet()));
            found.heard().forEach(entry -> HeardEntries.add(handle, entry));
            found.files().forEach(file -> carried(handle, file));
        });
    }

    private static void written(Handle handle, Intent intent) {
        int known = handle.createQuery("select count(*) from intent where instance = ? and ticket_id = ?"
                        + " and reference = ? and result = 'DONE'")
                .bind(0, intent.instance())
                .bind(1, intent.ticket().value())
                .bind(2, intent.reference())
                .mapTo(Integer.class)
                .one();
        if (known == 0) {
            Intents.open(handle, intent);
            Intents.settle(handle, Settled.done(intent, intent.target().orElseThrow()));
        }
    }

    private static void carried(Handle handle, Recreated.Carried file) {
        boolean known = file.sysId()
                .filter(sysId -> FileCopies.knows(handle, file.offer().instance(), sysId))
                .isPresent();
        if (!known) {
            FileJobs.settled(handle, file.offer(), file.sysId())
                    .ifPresent(job -> FileCopies.record(handle, new FileCopy(job, file.sha256())));
        }
    }
}
