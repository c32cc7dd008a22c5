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

    /** Everywhere a person may stand. */
    private static final List<Place> PLACES = List.of(
            new Place("ticket", "document", List.of("tenant", "instance"), "id"),
            new Place("history", "text", List.of(), "position"),
            new Place("dead_letter", "payload", List.of(), "position"),
            new Place("dead_letter", "detail", List.of(), "position"),
            new Place("gathered_note", "text", List.of(), "position"),
            new Place("inbox", "payload", List.of(), "position"),
            new Place("portal_command", "body", List.of(), "position"),
            new Place("shadow_write", "fields", List.of(), "position"),
            new Place("closing_record", "evidence", List.of(), "position"),
            new Place("device_place", "blocks", List.of("tenant"), "device"),
            new Place("adoption", "detail", List.of("tenant"), "portal_ticket_id"),
            new Place("adoption", "former_display", List.of("tenant"), "portal_ticket_id"),
            new Place("reconciliation", "report", List.of(), "position"));

    private final Jdbi jdbi;

    public Erasure(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many texts would change, by table; nothing is changed. */
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
        for (Place place : PLACES) {
            int texts = place.erase(handle, without, write);
            if (texts > 0) {
                changed.merge(place.table(), texts, Integer::sum);
            }
        }
        return changed;
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
