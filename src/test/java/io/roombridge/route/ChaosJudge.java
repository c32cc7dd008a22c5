package io.roombridge.route;

import io.roombridge.route.ChaosBooks.Became;
import io.roombridge.route.ChaosRoom.Said;
import io.roombridge.route.ChaosRoom.Voice;
import io.roombridge.sandbox.servicenow.Write;
import io.roombridge.sandbox.servicenow.Write.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says where the promise (docs/promise.md) was not kept, one method for each clause. It knows what happened outside the
 * bridge (everything said and shown, the hub, the history of all writes of ServiceNow, what the portal was told) and reads
 * the bridge's books with SQL; it shares no code with the bridge.
 */
final class ChaosJudge {

    private static final Set<String> OUTCOMES = Set.of("DELIVERED", "DUPLICATE", "ECHO", "IGNORED", "DEAD", "PARKED");

    private final List<ChaosRoom> rooms;
    private final ChaosHub hub;
    private final ChaosEvidence found;
    private final ChaosBooks books;
    private final List<String> verdict = new ArrayList<>();

    ChaosJudge(List<ChaosRoom> rooms, ChaosHub hub, ChaosEvidence found) {
        this.rooms = rooms;
        this.hub = hub;
        this.found = found;
        this.books = found.books;
    }

    List<String> verdict() {
        everyEventHasAnOutcome();
        everyDeadLetterHasAReason();
        nothingIsLeftOpen();
        rooms.forEach(this::judge);
        nothingOfAPersonIsOverwritten();
        return verdict;
    }

    private void judge(ChaosRoom room) {
        neverTwoIncidents(room);
        nothingSaidInThePortalIsLost(room);
        nothingSaidAtTheDeskIsLost(room);
        noEntryTwice(room);
        filesArriveOnce(room);
        orderIsKeptInServiceNow(room);
        orderIsKeptInThePortal(room);
        noEcho(room);
        theLastStateOfAPersonIsTold(room);
        theIncidentAgreesWithTheSignal(room);
    }

    // Every change read is applied, set aside by a stated rule, or kept as a dead letter with its reason.

    private void everyEventHasAnOutcome() {
        for (ChaosRoom room : rooms) {
            for (String event : hub.order(room.key())) {
                Became outcome = found.became.get(event);
                require(
                        outcome != null && OUTCOMES.contains(outcome.outcome()),
                        "event %s of %s has no outcome but %s",
                        event,
                        room.name,
                        outcome);
            }
        }
        found.became.forEach((event, outcome) -> {
            boolean letter =
                    outcome.outcome().equals("DEAD") || outcome.outcome().equals("PARKED");
            require(!letter || found.kept.containsKey(event), "%s is %s, but not kept", event, outcome);
        });
    }

    private void everyDeadLetterHasAReason() {
        books.deadLetters()
                .forEach(letter ->
                        require(!letter.reason().isBlank() && !letter.detail().isBlank(), "no reason for %s", letter));
    }

    private void nothingIsLeftOpen() {
        books.waiting().forEach(left -> verdict.add("left open at the end: " + left));
    }

    private void nothingSaidInThePortalIsLost(ChaosRoom room) {
        for (Said said : room.said) {
            String outcome = found.outcome(said.event());
            long stands = found.ours(room)
                    .filter(entry -> ChaosEvidence.bears(entry, said.mark()))
                    .count();
            boolean excused = Set.of("DEAD", "PARKED", "IGNORED").contains(outcome)
                    || (said.voice() == Voice.AUTOMATION && found.automationIsKept(said.mark()));
            require(stands > 0 || excused, "%s of %s was lost: its outcome is %s", said, room.name, outcome);
            String element = said.voice() == Voice.CUSTOMER ? "comments" : "work_notes";
            found.ours(room)
                    .filter(entry -> ChaosEvidence.bears(entry, said.mark()))
                    .filter(entry -> !entry.element().equals(element))
                    .forEach(entry -> verdict.add(said + " leaked into " + entry.element()));
        }
    }

    private void nothingSaidAtTheDeskIsLost(ChaosRoom room) {
        String told = String.join("\n", room.told);
        room.comments.forEach((mark, incident) -> require(
                told.contains("«" + mark + "»")
                        || found.dropped(mark)
                        || found.deleted(incident)
                        || found.automationIsKept(mark),
                "comment %s of %s never reached the portal",
                mark,
                room.name));
    }

    // Applying a change again changes nothing.

    private void neverTwoIncidents(ChaosRoom room) {
        Map<String, String> states = new LinkedHashMap<>();
        String ticket = ChaosEvidence.ticketId(room.canonical());
        for (Write write : found.history) {
            if (!write.table().equals("incident") || !ticket.equals(found.ticketOf.get(write.sysId()))) {
                continue;
            }
            if (write.operation() == Operation.INSERT) {
                List<String> active = states.entrySet().stream()
                        .filter(known -> !ChaosEvidence.ENDED.contains(known.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
                require(active.isEmpty(), "%s got another incident while %s was open", room.name, active);
            }
            if (write.operation() == Operation.DELETE) {
                states.remove(write.sysId());
            } else if (write.changed().containsKey("state")) {
                states.put(write.sysId(), write.changed().get("state"));
            }
        }
    }

    private void noEntryTwice(ChaosRoom room) {
        Stream<String> marks = found.standing(room).flatMap(entry -> ChaosEvidence.marks(entry.text()));
        twice(marks).forEach(mark -> verdict.add("«" + mark + "» stands twice in ServiceNow's " + room.name));
        Map<String, ChaosEvidence.Entry> references = new HashMap<>();
        found.standing(room)
                .forEach(entry -> ChaosEvidence.reference(entry.text()).ifPresent(reference -> {
                    ChaosEvidence.Entry before = references.put(reference, entry);
                    require(
                            before == null || found.endedBefore(before.incident(), entry),
                            "%s was written twice to %s",
                            reference,
                            room.name);
                }));
        Stream<String> told = room.told.stream().flatMap(ChaosEvidence::marks);
        twice(told).forEach(mark -> verdict.add("«" + mark + "» was told the portal of " + room.name + " twice"));
    }

    private void filesArriveOnce(ChaosRoom room) {
        List<String> inServiceNow = found.inserts("sys_attachment")
                .filter(write -> found.byBridge(write))
                .filter(write -> found.belongs(room, write.changed().get("table_sys_id")))
                .map(write -> write.changed().get("hash"))
                .toList();
        twice(inServiceNow.stream()).forEach(hash -> verdict.add("a file came twice to " + room.name + ": " + hash));
        twice(room.filesTold.stream()).forEach(hash -> verdict.add("a file was given twice to the portal: " + hash));
        room.photos.forEach((hash, event) -> require(
                inServiceNow.contains(hash) || !found.outcome(event).equals("DELIVERED") || found.setAside(event),
                "a photo of %s never arrived (%s)",
                room.name,
                event));
        room.plans.forEach((hash, incident) -> require(
                room.filesTold.contains(hash) || found.deleted(incident) || found.setAsideFile(hash),
                "a plan of %s never reached the portal",
                room.name));
        require(room.filesTold.stream().noneMatch(room.photos::containsKey), "a photo of %s came back", room.name);
        require(inServiceNow.stream().noneMatch(room.plans::containsKey), "a plan of %s came back", room.name);
    }

    // Changes of one ticket are applied in the order in which they are read.

    private void orderIsKeptInServiceNow(ChaosRoom room) {
        List<String> sent = hub.order(room.key());
        List<String> written = found.ours(room)
                .flatMap(entry -> ChaosEvidence.marks(entry.text()))
                .toList();
        List<String> inOrder = room.said.stream()
                .filter(said -> written.contains(said.mark()))
                .sorted((a, b) -> Integer.compare(sent.indexOf(a.event()), sent.indexOf(b.event())))
                .map(Said::mark)
                .toList();
        require(
                written.stream().filter(inOrder::contains).toList().equals(inOrder),
                "order of %s: sent %s, written %s",
                room.name,
                inOrder,
                written);
    }

    /** To the second; entries of different incidents have no order. */
    private void orderIsKeptInThePortal(ChaosRoom room) {
        Map<String, ChaosEvidence.Entry> byMark = found.entries.stream()
                .flatMap(entry -> ChaosEvidence.marks(entry.text()).map(mark -> Map.entry(mark, entry)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
        Map<String, ChaosEvidence.Entry> last = new HashMap<>();
        room.told.stream()
                .flatMap(ChaosEvidence::marks)
                .filter(room.comments::containsKey)
                .map(byMark::get)
                .forEach(entry -> {
                    ChaosEvidence.Entry before = last.put(entry.incident(), entry);
                    require(
                            before == null
                                    || entry.write().time().getEpochSecond()
                                            >= before.write().time().getEpochSecond(),
                            "the portal of %s heard '%s' before '%s'",
                            room.name,
                            before == null ? "" : before.text(),
                            entry.text());
                });
    }

    // The bridge's own writes never come back as changes.

    private void noEcho(ChaosRoom room) {
        Set<String> ofPortal = room.said.stream().map(Said::mark).collect(Collectors.toSet());
        room.told.stream()
                .flatMap(ChaosEvidence::marks)
                .filter(mark -> !room.comments.containsKey(mark))
                .forEach(mark -> verdict.add("the portal of " + room.name + " heard «" + mark + "», "
                        + (ofPortal.contains(mark) ? "its own words" : "which is internal or not its own")));
        found.ours(room)
                .flatMap(entry -> ChaosEvidence.marks(entry.text()))
                .filter(mark -> !ofPortal.contains(mark))
                .forEach(mark ->
                        verdict.add("the bridge wrote «" + mark + "», the desk's own words, into " + room.name));
    }

    // Both sides show the same.

    private void theLastStateOfAPersonIsTold(ChaosRoom room) {
        Map<String, Write> last = new LinkedHashMap<>();
        found.writes(room)
                .filter(write -> write.changed().containsKey("state"))
                .forEach(write -> last.put(write.sysId(), write));
        last.values().stream()
                .filter(write -> !found.byBridge(write) && !write.user().equals("system"))
                .filter(write -> !found.deleted(write.sysId()))
                .filter(write ->
                        !ChaosEvidence.ENDED.contains(write.changed().get("state")) || books.knows(write.sysId()))
                .forEach(write -> {
                    String number = found.number(write.sysId());
                    Optional<String> expected =
                            switch (write.changed().get("state")) {
                                case "3" -> Optional.of(number + ") is on hold");
                                case "6", "7" -> Optional.of(number + ") was resolved");
                                case "8" -> Optional.of(number + ") was canceled");
                                default -> Optional.empty();
                            };
                    expected.ifPresent(text -> require(
                            room.told.stream().anyMatch(told -> told.contains(text)) || found.stateAgreedBefore(write),
                            "the portal of %s was never told '%s'",
                            room.name,
                            text));
                });
    }

    private void theIncidentAgreesWithTheSignal(ChaosRoom room) {
        boolean held = found.kept.values().stream()
                .anyMatch(letter -> letter.ticket().equals(ChaosEvidence.ticketId(room.canonical()))
                        && letter.lane().equals("STATE"));
        if (held) {
            return;
        }
        boolean touched = found.writes(room).anyMatch(write -> !found.byBridge(write))
                || found.entries.stream()
                        .anyMatch(entry -> found.belongs(room, entry.incident()) && !found.byBridge(entry))
                || room.said.stream().anyMatch(said -> said.voice() != Voice.AUTOMATION);
        Optional<Write> last = found.writes(room)
                .filter(write -> write.changed().containsKey("state"))
                .reduce((first, second) -> second);
        String state = last.map(write -> write.changed().get("state")).orElse("none");
        if (!touched) {
            require(
                    state.equals(room.healthy ? "6" : "1"),
                    "%s is %s and nobody touched its incident, which is in state %s",
                    room.name,
                    room.healthy ? "healthy" : "unhealthy",
                    state);
        } else if (!room.healthy && state.equals("6")) {
            require(
                    !found.byBridge(last.orElseThrow()),
                    "%s is unhealthy, and the bridge resolved its incident",
                    room.name);
        }
    }

    // No person's work is overwritten.

    private void nothingOfAPersonIsOverwritten() {
        Map<String, Map<String, String>> setByPerson = new HashMap<>();
        Set<String> wroteIn = new HashSet<>();
        for (Write write : found.history) {
            if (write.table().equals("sys_journal_field") && !found.byBridge(write)) {
                wroteIn.add(write.changed().get("element_id"));
            }
            if (!write.table().equals("incident") || write.operation() != Operation.UPDATE) {
                continue;
            }
            Map<String, String> ofPeople = setByPerson.computeIfAbsent(write.sysId(), id -> new HashMap<>());
            if (found.byBridge(write) && !found.inTheWindow(write)) {
                respects(write, ofPeople, wroteIn.contains(write.sysId()));
            } else if (!found.byBridge(write)) {
                ofPeople.putAll(write.changed());
            }
        }
    }

    private void respects(Write write, Map<String, String> ofPeople, boolean personWrote) {
        Map<String, String> changed = write.changed();
        for (String field :
                List.of("assigned_to", "assignment_group", "caller_id", "category", "cmdb_ci", "hold_reason")) {
            require(
                    !changed.containsKey(field) || !ofPeople.containsKey(field),
                    "the bridge wrote %s over a person's: %s",
                    field,
                    write);
        }
        for (String field : List.of("short_description", "impact", "urgency")) {
            require(
                    !changed.containsKey(field) || !ofPeople.containsKey(field),
                    "the bridge wrote %s over a person's: %s",
                    field,
                    write);
        }
        if (changed.containsKey("state")) {
            String from = write.previous().get("state");
            String to = changed.get("state");
            boolean reopens = from.equals("6") && Set.of("1", "2").contains(to);
            boolean resolves = from.equals("1") && to.equals("6");
            require(reopens || resolves, "the bridge moved an incident from %s to %s: %s", from, to, write);
            require(
                    !resolves || !personWrote,
                    "the bridge resolved an incident in which a person had written: %s",
                    write);
        }
    }

    /** Adds what there was to be judged. */
    void count(ChaosTally tally) {
        tally.count("events", found.became.size());
        tally.count("incidents", found.ticketOf.size());
        tally.count(
                "entries",
                found.entries.stream().filter(entry -> found.byBridge(entry)).count());
        tally.count("told", rooms.stream().mapToLong(room -> room.told.size()).sum());
        tally.count(
                "files",
                rooms.stream().mapToLong(room -> room.filesTold.size()).sum()
                        + found.inserts("sys_attachment")
                                .filter(write -> found.byBridge(write))
                                .count());
        found.kept
                .values()
                .forEach(letter -> tally.count("dead." + letter.reason().toLowerCase(Locale.ROOT)));
    }

    static String where(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.roombridge"))
                .limit(6)
                .map(frame -> "\n      " + frame)
                .collect(Collectors.joining());
    }

    private static Set<String> twice(Stream<String> all) {
        return all.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void require(boolean holds, String what, Object... about) {
        if (!holds) {
            verdict.add(what.formatted(about));
        }
    }
}
