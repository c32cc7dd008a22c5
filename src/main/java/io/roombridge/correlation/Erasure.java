package io.roombridge.correlation;

import io.roombridge.correlation.Audit.Act;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes a person's name and texts from the bridge's store (docs/operations.md, "Erase"). Hashes and decisions stay, and so do
 * the names of those who answer for something in the audit.
 */
public final class Erasure {

    private static final int SHOWN = 16;

    /** Everywhere a person may stand, as table and column. */
    private static final Map<String, List<String>> PLACES = Map.of(
            "ticket", List.of("document"),
            "history", List.of("text"),
            "dead_letter", List.of("payload", "detail"),
            "gathered_note", List.of("text"),
            "inbox", List.of("payload"),
            "portal_command", List.of("body"),
            "shadow_write", List.of("fields"),
            "closing_record", List.of("evidence"),
            "reconciliation", List.of("report"));

    private final Jdbi jdbi;

    public Erasure(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many different texts would change, by table; nothing is changed. */
    public Map<String, Integer> look(String person) {
        return jdbi.withHandle(handle -> places(handle, new WithoutPerson(person), false));
    }

    /** Does it in one transaction. The audit tells of the person by a hash only. */
    public Map<String, Integer> erase(String person, String by, String reason, Instant now) {
        return jdbi.inTransaction(handle -> {
            Map<String, Integer> changed = places(handle, new WithoutPerson(person), true);
            Audit.record(handle, now, by, Act.ERASED, "a person, sha256 " + hash(person), reason + " " + changed);
            return changed;
        });
    }

    private static Map<String, Integer> places(Handle handle, WithoutPerson without, boolean write) {
        Map<String, Integer> changed = new TreeMap<>();
        PLACES.forEach((table, columns) -> columns.forEach(column -> {
            int texts = place(handle, table, column, without, write);
            if (texts > 0) {
                changed.merge(table, texts, Integer::sum);
            }
        }));
        return changed;
    }

    private static int place(Handle handle, String table, String column, WithoutPerson without, boolean write) {
        List<String> found = handle.createQuery("select " + column + " from " + table).mapTo(String.class).stream()
                .filter(text -> !without.of(text).equals(text))
                .distinct()
                .toList();
        // A ticket in a cache is another version from now on, so that no step writes back what was erased.
        String version = table.equals("ticket") ? ", version = version + 1" : "";
        if (write) {
            found.forEach(text -> handle.createUpdate(
                            "update " + table + " set " + column + " = ?" + version + " where " + column + " = ?")
                    .bind(0, without.of(text))
                    .bind(1, text)
                    .execute());
        }
        return found.size();
    }

    private static String hash(String person) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(person.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
