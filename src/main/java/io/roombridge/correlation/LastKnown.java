package io.roombridge.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** How something was when the audit told of it last, name by name, so that the next entry says which of them changed. */
record LastKnown(Map<String, String> before, Map<String, String> after) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Puts the present in the place of what was known, in the transaction of the entry. */
    static LastKnown replace(Handle handle, String subject, Map<String, String> present) {
        Optional<String> known = handle.createQuery("select state from audit_known where subject = ? for update")
                .bind(0, subject)
                .mapTo(String.class)
                .findOne();
        String sql = known.isPresent()
                ? "update audit_known set state = ? where subject = ?"
                : "insert into audit_known (state, subject) values (?, ?)";
        handle.createUpdate(sql).bind(0, write(present)).bind(1, subject).execute();
        return new LastKnown(known.map(LastKnown::read).orElse(Map.of()), present);
    }

    /** The names whose value is another, is new, or is gone. */
    Set<String> changed() {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> before.getOrDefault(name, "").equals(after.getOrDefault(name, "")));
        return changed;
    }

    private static String write(Map<String, String> state) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(state));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always writable", e);
        }
    }

    private static Map<String, String> read(String state) {
        try {
            return JSON.readValue(state, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the audit knew is not readable; was the database edited by hand?", e);
        }
    }
}
