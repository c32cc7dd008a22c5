package io.roombridge.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.ticket.IncidentState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The incidents that shadow mode would have made: each is the sum of the writes that were decided for it, and those are kept
 * as the record of what would have happened (design, section 3.7; docs/operations.md, "Going live"). Nobody works on them,
 * so none is ever assigned, commented on or closed.
 */
public final class ImaginedIncidents implements IncidentTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> JOURNALS = List.of("comments", "work_notes");

    private final Jdbi jdbi;
    private final String instance;
    private final String user;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /**
     * @param instance whose incidents these would be
     * @param user who would have written them: the integration user
     */
    public ImaginedIncidents(Jdbi jdbi, String instance, String user, InstantSource clock, Supplier<UUID> ids) {
        this.jdbi = jdbi;
        this.instance = instance;
        this.user = user;
        this.clock = clock;
        this.ids = ids;
    }

    /** A write as it is kept. */
    private record Decided(long position, String sysId, String number, Map<String, String> fields, Instant at) {}

    @Override
    public IncidentRecord create(Map<String, String> fields) {
        String sysId = ids.get().toString().replace("-", "");
        String number = "SHADOW-" + sysId.substring(0, 8).toUpperCase(Locale.ROOT);
        keep(sysId, number, fields.getOrDefault("correlation_id", ""), "CREATE", fields);
        return read(sysId).orElseThrow();
    }

    @Override
    public IncidentRecord update(String sysId, Map<String, String> fields) {
        IncidentRecord before =
                read(sysId).orElseThrow(() -> new IllegalStateException(sysId + " is no incident of shadow mode"));
        keep(sysId, before.number(), before.correlationId(), "UPDATE", fields);
        return read(sysId).orElseThrow();
    }

    @Override
    public Optional<IncidentRecord> read(String sysId) {
        List<Decided> writes = writes(sysId);
        return writes.isEmpty() ? Optional.empty() : Optional.of(IncidentRecord.of(sum(writes)));
    }

    @Override
    public List<IncidentRecord> correlatedTo(String id) {
        return jdbi
                .withHandle(handle -> handle.createQuery(
                                "select sys_id from shadow_write where instance = ? and correlation_id = ?"
                                        + " and kind = 'CREATE' order by position")
                        .bind(0, instance)
                        .bind(1, id)
                        .mapTo(String.class)
                        .list())
                .stream()
                .flatMap(sysId -> read(sysId).stream())
                .toList();
    }

    @Override
    public List<JournalEntry> journal(String sysId, Collection<String> elements, int limit) {
        List<JournalEntry> entries = new ArrayList<>();
        for (Decided write : writes(sysId)) {
            for (String element : JOURNALS) {
                String text = write.fields().getOrDefault(element, "");
                if (elements.contains(element) && !text.isBlank()) {
                    String entry = String.format("%031x%d", write.position(), JOURNALS.indexOf(element));
                    entries.add(new JournalEntry(entry, sysId, element, text, user, Optional.of(write.at())));
                }
            }
        }
        Collections.reverse(entries);
        return entries.stream().limit(limit).toList();
    }

    /** The incident as the Table API would show it after these writes. */
    private Map<String, String> sum(List<Decided> writes) {
        Decided first = writes.get(0);
        Decided last = writes.get(writes.size() - 1);
        Map<String, String> row =
                new HashMap<>(Map.of("state", IncidentState.NEW.value(), "impact", "3", "urgency", "3"));
        for (Decided write : writes) {
            row.putAll(write.fields());
            if (IncidentState.RESOLVED.value().equals(write.fields().get("state"))) {
                row.put("resolved_at", Row.time(write.at()));
            }
        }
        JOURNALS.forEach(row::remove);
        row.put("sys_id", first.sysId());
        row.put("number", first.number());
        row.put("active", "true");
        row.put("sys_mod_count", Integer.toString(writes.size() - 1));
        row.put("sys_created_on", Row.time(first.at()));
        row.put("sys_updated_on", Row.time(last.at()));
        row.put("sys_updated_by", user);
        return row;
    }

    private List<Decided> writes(String sysId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from shadow_write where instance = ? and sys_id = ? order by position")
                .bind(0, instance)
                .bind(1, sysId)
                .map((row, context) -> decided(row))
                .list());
    }

    private static Decided decided(ResultSet row) throws SQLException {
        try {
            return new Decided(
                    row.getLong("position"),
                    row.getString("sys_id"),
                    row.getString("number"),
                    JSON.readValue(row.getString("fields"), new TypeReference<Map<String, String>>() {}),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a decision of shadow mode is not readable", e);
        }
    }

    private void keep(String sysId, String number, String ticket, String kind, Map<String, String> fields) {
        jdbi.useHandle(handle -> insert(handle, sysId, number, ticket, kind, fields));
    }

    private void insert(
            Handle handle, String sysId, String number, String ticket, String kind, Map<String, String> fields) {
        try {
            handle.createUpdate("insert into shadow_write (instance, sys_id, number, correlation_id, kind, fields, at)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, instance)
                    .bind(1, sysId)
                    .bind(2, number)
                    .bind(3, ticket)
                    .bind(4, kind)
                    .bind(5, JSON.writeValueAsString(new TreeMap<>(fields)))
                    .bind(6, clock.instant().atOffset(ZoneOffset.UTC))
                    .execute();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a decision of shadow mode cannot be kept", e);
        }
    }
}
