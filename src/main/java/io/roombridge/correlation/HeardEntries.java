package io.roombridge.correlation;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The ledger of journal entries: which were heard, and which texts are the bridge's own. */
public final class HeardEntries {

    private static final int AT_A_TIME = 500;

    private final Jdbi jdbi;

    public HeardEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A text the bridge wrote or is about to write.
     *
     * @param bodyHash of the text without its reference; empty for writes that carry none
     * @param open whether it is not known yet if it was written
     */
    public record OwnText(Optional<String> bodyHash, boolean open) {}

    /**
     * Those of the entries that were heard before. By whole keys, because H2 uses no more than the first column of the
     * primary key for {@code instance = … and sys_id in (…)}, and would read every entry of the instance each time.
     */
    public Set<String> known(String instance, Collection<String> sysIds) {
        Set<String> known = new HashSet<>();
        List<Key> all = sysIds.stream().map(sysId -> new Key(instance, sysId)).toList();
        for (int from = 0; from < all.size(); from += AT_A_TIME) {
            List<Key> some = all.subList(from, Math.min(all.size(), from + AT_A_TIME));
            known.addAll(jdbi.withHandle(handle -> handle.createQuery(
                            "select sys_id from journal_entry where (instance, sys_id) in (<keys>)")
                    .bindMethodsList("keys", some, List.of("instance", "sysId"))
                    .mapTo(String.class)
                    .list()));
        }
        return known;
    }

    /** Public for Jdbi, which asks it by reflection. */
    public record Key(String instance, String sysId) {}

    /**
     * Whether the entry was heard when the journal was read the other way: from the table, or from what the incident shows.
     * Its sys_id was another one then; the same second of the same journal is taken for the same entry.
     */
    public boolean knownOtherwise(
            String instance, String incident, boolean comment, boolean fromDisplay, Instant createdOn) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from journal_entry where instance = ?"
                                + " and incident = ? and created_on = ? and comment = ? and from_display <> ?")
                        .bind(0, instance)
                        .bind(1, incident)
                        .bind(2, Tickets.at(createdOn))
                        .bind(3, comment)
                        .bind(4, fromDisplay)
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }

    /** What the bridge wrote under a reference, if it did; an open write wins. */
    public Optional<OwnText> ownText(String instance, String reference) {
        return jdbi.withHandle(handle -> handle
                .createQuery("select body_hash, result from intent where instance = ? and reference = ?"
                        + " and (result is null or result = 'DONE')")
                .bind(0, instance)
                .bind(1, reference)
                .map((row, context) ->
                        new OwnText(Optional.ofNullable(row.getString("body_hash")), row.getString("result") == null))
                .list()
                .stream()
                .max((a, b) -> Boolean.compare(a.open(), b.open())));
    }

    /**
     * The incidents that have to be heard again. A look reads the last minutes of a journal, and none of an incident that is
     * over, so these have to be asked for by name.
     *
     * @param since one that was asked for before is not there any more
     */
    public List<String> toLookAt(String instance, Instant since) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select incident from look_again where instance = ? and asked_at >= ?")
                        .bind(0, instance)
                        .bind(1, Tickets.at(since))
                        .mapTo(String.class)
                        .list());
    }

    /** The entries whose letters a person had replayed: they are heard for a second time, and were counted before. */
    public Set<String> givenBack(String instance, Instant since) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select substring(change_id from position('#' in change_id) + 1) as entry"
                                + " from dead_letter where kind = 'ENTRY' and lane = 'CONVERSATION'"
                                + " and state = 'REPLAYED' and instance = ? and settled_at >= ?")
                        .bind(0, instance)
                        .bind(1, Tickets.at(since))
                        .mapTo(String.class)
                        .set());
    }

    /** The incident was heard again. */
    public void lookedAt(String instance, String incident) {
        jdbi.useHandle(handle -> forgetLook(handle, instance, incident));
    }

    static void lookAgain(Handle handle, LookAgain look) {
        forgetLook(handle, look.instance(), look.incident());
        handle.createUpdate("insert into look_again (instance, incident, asked_at) values (?, ?, ?)")
                .bind(0, look.instance())
                .bind(1, look.incident())
                .bind(2, Tickets.at(look.at()))
                .execute();
    }

    private static void forgetLook(Handle handle, String instance, String incident) {
        handle.createUpdate("delete from look_again where instance = ? and incident = ?")
                .bind(0, instance)
                .bind(1, incident)
                .execute();
    }

    /** The entry is heard as if for the first time; the letter's change names it. */
    static void forget(Handle handle, DeadLetter letter) {
        String change = letter.change().value();
        handle.createUpdate("delete from journal_entry where instance = ? and sys_id = ?")
                .bind(0, letter.instance())
                .bind(1, change.substring(change.indexOf('#') + 1))
                .execute();
    }

    static void add(Handle handle, HeardEntry entry) {
        int known = handle.createQuery("select count(*) from journal_entry where instance = ? and sys_id = ?")
                .bind(0, entry.instance())
                .bind(1, entry.sysId())
                .mapTo(Integer.class)
                .one();
        if (known == 0) {
            handle.createUpdate("insert into journal_entry (instance, sys_id, tenant, ticket_id, incident, comment,"
                            + " origin, outcome, reason, created_on, heard_at, from_display) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                            + " ?)")
                    .bind(0, entry.instance())
                    .bind(1, entry.sysId())
                    .bind(2, entry.tenant())
                    .bind(3, entry.ticket().value())
                    .bind(4, entry.incident())
                    .bind(5, entry.comment())
                    .bind(6, entry.origin().name())
                    .bind(7, entry.outcome().label())
                    .bind(8, entry.outcome().reason().name())
                    .bind(9, Tickets.at(entry.createdOn()))
                    .bind(10, Tickets.at(entry.heardAt()))
                    .bind(11, entry.fromDisplay())
                    .execute();
        }
    }
}
