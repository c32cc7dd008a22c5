package io.roombridge.correlation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Who or what changed how the bridge acts, and why (docs/operations.md, "Audit"). Rows are only appended. What was done with
 * dead letters, the brake and forced mapping files is recorded where it happens, and shown here with the rest.
 */
public final class Audit {

    /** What is written where no person acted. */
    public static final String BRIDGE = LetterAct.BRIDGE;

    private static final String EVERYTHING =
            "(select at, position, by_name, act, subject, was, became, reason from audit_entry"
                    + " union all select at, position, by_name, 'DEAD_LETTER_' || act, change_id, was,"
                    + " case act when 'FAILED_AGAIN' then 'DEAD' else act end, reason from dead_letter_act"
                    + " union all select at, position, by_name, 'BRAKE_RELEASED', tenant, 'HELD', 'RELEASED', reason from brake_release"
                    + " union all select at, 0, released_by, 'MAPPING_FORCED', 'mapping files', '', version, '' from mapping_release) a";

    /** Every name of an act, as {@link Entry} has it. */
    public static final List<String> ACTS = Stream.of(
                    Arrays.stream(Act.values()).map(Enum::name),
                    Arrays.stream(LetterAct.Act.values()).map(act -> "DEAD_LETTER_" + act.name()),
                    Stream.of("BRAKE_RELEASED", "MAPPING_FORCED"))
            .flatMap(names -> names)
            .map(Audit::shown)
            .toList();

    private static final String MODE = "mode";
    private static final String SETTINGS = "settings";
    private static final String FILES = "mapping files";
    private static final String SCOPE = "scope.yaml";

    /** Where the version of all files stands among the digests of each. */
    private static final String WHOLE = "";

    private static final int LONGEST_REASON = 8000;

    private final Jdbi jdbi;

    public Audit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What was done. */
    public enum Act {
        STARTED,
        ACTIVATED,
        MAPPING_ACTIVATED,
        SCOPE_CHANGED,
        PAUSED,
        RESUMED,
        MUTED,
        UNMUTED,
        ADOPTION_PLANNED,
        ADOPTION_DECIDED,
        ADOPTION_ROLLED_BACK,
        ERASED
    }

    /**
     * One line.
     *
     * @param by a person, or {@link #BRIDGE}
     * @param act lower case with dashes
     * @param subject what it was done to
     * @param was how that was before, or its hash; empty text where there is nothing to compare
     * @param became how it is since
     * @param reason what the person said, or what followed
     */
    public record Entry(Instant at, String by, String act, String subject, String was, String became, String reason) {}

    /** What an act changed: from what to what. */
    record Shift(String subject, String was, String became) {}

    static void record(Handle handle, Instant at, String by, Act act, String subject, String reason) {
        record(handle, at, by, act, new Shift(subject, "", ""), reason);
    }

    static void record(Handle handle, Instant at, String by, Act act, Shift shift, String reason) {
        handle.createUpdate("insert into audit_entry (at, by_name, act, subject, was, became, reason)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .bind(0, Tickets.at(at))
                .bind(1, by)
                .bind(2, act.name())
                .bind(3, shift.subject())
                .bind(4, shift.was())
                .bind(5, shift.became())
                .bind(6, reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…")
                .execute();
    }

    /**
     * The bridge started: with the same settings as before, or others.
     *
     * @param name of all settings together
     * @param settings a hash of each, by its key; secrets do not count
     */
    public void started(Instant at, String mode, String name, Map<String, String> settings) {
        jdbi.useTransaction(handle -> {
            LastKnown ofMode = LastKnown.replace(handle, MODE, Map.of(WHOLE, mode));
            Shift modes = new Shift(MODE, ofMode.before().getOrDefault(WHOLE, ""), mode);
            record(handle, at, BRIDGE, Act.STARTED, modes, "");
            Map<String, String> present = new HashMap<>(settings);
            present.put(WHOLE, name);
            LastKnown known = LastKnown.replace(handle, SETTINGS, present);
            Shift shift = new Shift(SETTINGS, known.before().getOrDefault(WHOLE, ""), name);
            record(handle, at, BRIDGE, Act.STARTED, shift, told(known, "settings as before"));
        });
    }

    /**
     * These mapping files are in force; told once, whichever node takes them first. A change of the scope has an entry of its
     * own, because it decides which tickets get an incident.
     *
     * @param version of all files together
     * @param files a hash of each, by its path
     */
    void mappings(Instant at, String by, String version, Map<String, String> files) {
        jdbi.useTransaction(handle -> {
            Map<String, String> present = new HashMap<>(files);
            present.put(WHOLE, version);
            LastKnown known = LastKnown.replace(handle, FILES, present);
            if (known.changed().isEmpty()) {
                return;
            }
            Shift shift = new Shift(FILES, known.before().getOrDefault(WHOLE, ""), version);
            record(handle, at, by, Act.MAPPING_ACTIVATED, shift, told(known, ""));
            known.changed().stream()
                    .filter(path -> path.equals(SCOPE) || path.endsWith("/" + SCOPE))
                    .map(path -> new Shift(
                            path,
                            known.before().getOrDefault(path, "none"),
                            known.after().getOrDefault(path, "none")))
                    .forEach(scope -> record(handle, at, by, Act.SCOPE_CHANGED, scope, ""));
        });
    }

    private static String told(LastKnown known, String same) {
        Set<String> changed = known.changed();
        changed.remove(WHOLE);
        boolean first = known.before().isEmpty();
        return first ? "the first time" : changed.isEmpty() ? same : "changed: " + String.join(", ", changed);
    }

    /**
     * Everything since then, the newest first.
     *
     * @param act one of {@link #ACTS}; empty for all
     */
    public List<Entry> since(Instant time, Optional<String> act, int limit) {
        String ofAct = act.isPresent() ? " and act = :act" : "";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("select * from " + EVERYTHING + " where at >= :time" + ofAct
                            + " order by at desc, position desc limit :limit")
                    .bind("time", Tickets.at(time))
                    .bind("limit", limit);
            act.ifPresent(
                    name -> query.bind("act", name.toUpperCase(Locale.ROOT).replace('-', '_')));
            return query.map((row, context) -> read(row)).list();
        });
    }

    /** Everything since then, the newest first. */
    public List<Entry> since(Instant time, int limit) {
        return since(time, Optional.empty(), limit);
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("by_name"),
                shown(row.getString("act")),
                row.getString("subject"),
                row.getString("was").toLowerCase(Locale.ROOT),
                row.getString("became").toLowerCase(Locale.ROOT),
                row.getString("reason"));
    }

    private static String shown(String act) {
        return act.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
