package io.roombridge.sandbox.servicenow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The desk from inside, without the API: what stands in it, and the people who work there. Goes through the same rules
 * as a request, and is signed with the person's own user. Thread-safe.
 */
public final class Desk {

    private final Transactions transactions;
    private final Tables tables;
    private final Records records;
    private final Journals journals;
    private final Attachments attachments;
    private final People people;

    Desk(Platform platform) {
        this.transactions = platform.transactions;
        this.tables = platform.tables;
        this.records = platform.records;
        this.journals = platform.journals;
        this.attachments = platform.attachments;
        this.people = platform.people;
    }

    /**
     * Acts as this user, for example {@code as("beth.anglin")}.
     *
     * @throws IllegalArgumentException when there is no such user
     */
    public Person as(String userName) {
        User user = transactions
                .run(now -> people.user(userName))
                .orElseThrow(() -> new IllegalArgumentException("no such user: " + userName));
        return new Person(this, user);
    }

    /** All incidents, oldest first. */
    public List<Incident> incidents() {
        return transactions.run(
                now -> tables.rows(Incidents.TABLE).stream().map(Incident::of).toList());
    }

    /** Empty when there is none, or no longer. */
    public Optional<Incident> incident(String sysId) {
        return transactions.run(now -> tables.find(Incidents.TABLE, sysId).map(Incident::of));
    }

    /** The incidents with this {@code correlation_id}, oldest first. */
    public List<Incident> correlatedTo(String correlationId) {
        return incidents().stream()
                .filter(incident -> incident.correlationId().equals(correlationId))
                .toList();
    }

    /** Comments and work notes of a record, oldest first. */
    public List<JournalEntry> journal(String sysId) {
        return transactions.run(
                now -> journals.of(sysId).stream().map(JournalEntry::of).toList());
    }

    /** The files of a record, oldest first. */
    public List<Attachment> attachments(String sysId) {
        return transactions.run(now -> tables.rows(Attachments.TABLE).stream()
                .filter(row -> row.get("table_sys_id").equals(sysId))
                .map(row -> Attachment.of(row, attachments.content(row)))
                .toList());
    }

    /** The sys_id of the first row of a table whose field has this value, for example a group by its name. */
    public Optional<String> find(String table, String field, String value) {
        return transactions.run(now -> tables.findBy(table, field, value).map(Row::sysId));
    }

    Incident write(User user, String sysId, Map<String, String> values) {
        return act(user, session -> {
            Row after = records.update(session, tables.definition(Incidents.TABLE), row(sysId), values, false);
            return Incident.of(after);
        });
    }

    String insert(User user, String table, Map<String, String> values) {
        return act(
                user,
                session -> records.insert(session, tables.definition(table), values, false)
                        .sysId());
    }

    void delete(User user, String sysId) {
        act(user, session -> {
            records.delete(session, tables.definition(Incidents.TABLE), row(sysId));
            return sysId;
        });
    }

    String attach(User user, String sysId, String name, String type, byte[] bytes) {
        return act(
                user,
                session -> attachments
                        .add(session, Incidents.TABLE, row(sysId).sysId(), name, type, Content.of(bytes))
                        .sysId());
    }

    private Row row(String sysId) {
        return tables.find(Incidents.TABLE, sysId)
                .orElseThrow(() -> new IllegalArgumentException("no such incident: " + sysId));
    }

    private <T> T act(User user, Function<Session, T> act) {
        return transactions.run(now -> {
            try {
                return act.apply(new Session(user, now));
            } catch (ApiError refused) {
                throw new IllegalStateException(refused.getMessage() + ": " + refused.detail(), refused);
            }
        });
    }
}
