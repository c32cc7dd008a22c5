package io.roombridge.route;

import io.roombridge.route.ChaosBooks.Became;
import io.roombridge.route.ChaosBooks.Kept;
import io.roombridge.sandbox.servicenow.Write;
import io.roombridge.sandbox.servicenow.Write.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be found out about a scenario from outside: the history of all writes of ServiceNow, and the bridge's books. */
final class ChaosEvidence {

    private static final Pattern MARK = Pattern.compile("«([a-z0-9-]+)»");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^ref (rb-[0-9a-f]{16})\\s*\\z");

    /** Closed and canceled. */
    static final Set<String> ENDED = Set.of("7", "8");

    final List<Write> history;
    final ChaosBooks books;
    private final Set<Long> unseen;
    private final String bridge;

    /** The last outcome of every event, by the end of its change id. */
    final Map<String, Became> became = new HashMap<>();

    final Map<String, Kept> kept = new HashMap<>();

    /** The ticket an incident belongs to, by its sys_id. */
    final Map<String, String> ticketOf = new LinkedHashMap<>();

    /** Everything in a journal, in the order in which it was written. */
    record Entry(String incident, String element, String text, String user, Write write) {}

    final List<Entry> entries;

    /** @param unseen the numbers of writes that people made while the bridge was about to write */
    ChaosEvidence(List<Write> history, Set<Long> unseen, ChaosBooks books, String integrationUser) {
        this.unseen = unseen;
        this.history = history;
        this.bridge = integrationUser;
        this.books = books;
        books.outcomes().forEach(outcome -> became.put(event(outcome.change()), outcome));
        books.deadLetters().forEach(letter -> kept.put(event(letter.change()), letter));
        inserts("incident")
                .forEach(write -> ticketOf.put(write.sysId(), write.changed().getOrDefault("correlation_id", "")));
        entries = inserts("sys_journal_field")
                .map(write -> new Entry(
                        write.changed().get("element_id"),
                        write.changed().get("element"),
                        write.changed().getOrDefault("value", ""),
                        write.user(),
                        write))
                .toList();
    }

    /** SHA-256 of the canonical key, as docs/events.md says. */
    static String ticketId(String canonical) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return "rb-" + HexFormat.of().formatHex(hash).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gathered texts are settled before they are written; what is refused then is kept as a letter of its own. */
    boolean automationIsKept(String mark) {
        return books.payloads().stream().anyMatch(payload -> payload.contains("«" + mark + "»"));
    }

    /** ServiceNow itself kept nothing of it, because the incident was closed. */
    boolean dropped(String mark) {
        return entries.stream().noneMatch(entry -> bears(entry, mark));
    }

    boolean setAside(String event) {
        String source = event.replaceFirst("^e-(a-.*)-[0-9a-f]+$", "$1");
        return kept.containsKey(event)
                || books.files().stream().anyMatch(file -> file.contains(" " + source + " ") && isSetAside(file));
    }

    boolean setAsideFile(String hash) {
        return inserts("sys_attachment")
                .filter(write -> write.changed().get("hash").equals(hash))
                .anyMatch(write -> books.files().stream()
                        .anyMatch(file -> file.contains(" " + write.sysId() + " ") && isSetAside(file)));
    }

    static boolean isSetAside(String file) {
        return !file.contains("FILE_CARRIED")
                && !file.contains("OWN_WRITE")
                && file.matches(".* (DONE|DEAD|REFUSED) .+");
    }

    /** A create in doubt is not settled by an incident that a person has closed meanwhile: another one takes its place. */
    boolean endedBefore(String incident, Entry entry) {
        return !incident.equals(entry.incident())
                && history.stream()
                        .takeWhile(write -> write.sequence() < entry.write().sequence())
                        .anyMatch(write -> write.sysId().equals(incident)
                                && ENDED.contains(write.changed().getOrDefault("state", "")));
    }

    /** Closed by a person after the bridge resolved it: no news. */
    boolean stateAgreedBefore(Write write) {
        return Set.of("6", "7").contains(write.changed().get("state"))
                && history.stream()
                        .filter(other -> other.sysId().equals(write.sysId())
                                && other.user().equals(bridge))
                        .anyMatch(other -> "6".equals(other.changed().get("state")));
    }

    Stream<Write> inserts(String table) {
        return history.stream().filter(write -> write.table().equals(table) && write.operation() == Operation.INSERT);
    }

    Stream<Write> writes(ChaosRoom room) {
        return history.stream().filter(write -> write.table().equals("incident") && belongs(room, write.sysId()));
    }

    boolean belongs(ChaosRoom room, String incident) {
        return ticketId(room.canonical()).equals(ticketOf.get(incident));
    }

    Stream<Entry> ours(ChaosRoom room) {
        return entries.stream().filter(entry -> entry.user().equals(bridge) && belongs(room, entry.incident()));
    }

    /** What was deleted may be written again, to the incident that takes its place. */
    Stream<Entry> standing(ChaosRoom room) {
        return ours(room).filter(entry -> !deleted(entry.incident()));
    }

    boolean deleted(String incident) {
        return history.stream()
                .anyMatch(write -> deletes(write) && write.sysId().equals(incident));
    }

    static boolean deletes(Write write) {
        return write.operation() == Operation.DELETE;
    }

    String number(String incident) {
        return inserts("incident")
                .filter(write -> write.sysId().equals(incident))
                .map(write -> write.changed().get("number"))
                .findFirst()
                .orElseThrow();
    }

    String outcome(String event) {
        return Optional.ofNullable(became.get(event)).map(Became::outcome).orElse("none");
    }

    private static String event(String change) {
        return change.substring(change.indexOf('#') + 1);
    }

    static boolean bears(Entry entry, String mark) {
        return entry.text().contains("«" + mark + "»");
    }

    static Stream<String> marks(String text) {
        return MARK.matcher(text).results().map(result -> result.group(1));
    }

    static Optional<String> reference(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The last thing a person did to the incident came between the bridge's look and its write: no look can be quicker. */
    boolean inTheWindow(Write write) {
        return history.stream()
                .takeWhile(before -> before.sequence() < write.sequence())
                .filter(before -> before.sysId().equals(write.sysId())
                        || write.sysId().equals(before.changed().get("element_id")))
                .filter(before -> !byBridge(before))
                .reduce((first, second) -> second)
                .filter(last -> unseen.contains(last.sequence()))
                .isPresent();
    }

    /** Whether a person did it while the bridge was about to write. */
    boolean wasUnseen(Write write) {
        return unseen.contains(write.sequence());
    }

    /** All that is known, for whoever looks for the reason of a failure. */
    String story() {
        return Stream.concat(history.stream().map(Write::toString), books.story().stream())
                .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    boolean byBridge(Write write) {
        return write.user().equals(bridge);
    }

    boolean byBridge(Entry entry) {
        return entry.user().equals(bridge);
    }
}
