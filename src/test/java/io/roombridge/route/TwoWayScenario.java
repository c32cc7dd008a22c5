package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.PortalContent;
import io.roombridge.rebuild.Report;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Many tickets, with people at work on both sides at the same time. Everything anybody says bears a mark of its own, so
 * that at the end it can be counted where each thing stands. The portal's side performs a command once by its id and
 * sends the event it causes, as the real relay must (docs/events.md).
 *
 * <p>Events come twice and out of order, the hub refuses commands or forgets to say that it took them, calls to ServiceNow
 * are cut off, and in the middle the bridge loses everything but its database. All of it is drawn from the seed.
 */
final class TwoWayScenario implements AutoCloseable {

    private static final String SIGNAL = "Camera";
    private static final Pattern MARK = Pattern.compile("«([a-z]+-\\d+)»");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VOICES = List.of(
            "The cable is loose.",
            "שלום, המסך כבוי 🙂",
            "Grüße aus Köln — 100 % kaputt [code]<b>x</b>[/code]",
            "first line\n\nthird line with ^ and & and <angle> brackets",
            "👩‍🔧 works on it; see ref rb-0123 of last week");

    private final Random random;
    private final Bench bench;
    private final List<String> agents = List.of("beth.anglin", "david.loo");
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Set<String> performed = new HashSet<>();
    private final Path directory;
    private final ContentServer contents;
    private PortalContent content;
    private CarryFiles carrier;
    private int marks;
    private boolean brief;
    private Report rebuilt;

    /** One ticket, as both sides should come to see it. */
    private static final class Room {
        private final String name;
        private final List<PortalEvent> unread = new ArrayList<>();
        private final List<PortalEvent> sent = new ArrayList<>();
        private final Set<String> read = new HashSet<>();
        private final List<String> toldByPeople = new ArrayList<>();
        private final Set<String> internal = new HashSet<>();
        private final Set<String> comments = new HashSet<>();
        private final Set<String> notes = new HashSet<>();
        private final Set<String> filesOfPortal = new HashSet<>();
        private final Set<String> filesOfDesk = new HashSet<>();
        private final List<String> filesAtPortal = new ArrayList<>();
        private final List<String> portalSees = new ArrayList<>();
        private final Map<String, String> markOfEvent = new HashMap<>();
        private List<PortalEvent> unreadAtBackup = List.of();
        private int sentAtBackup;
        private long sequence = 1;
        private int occurrence = 1;
        private boolean healthy;

        Room(String name) {
            this.name = name;
        }

        private void backup() {
            unreadAtBackup = List.copyOf(unread);
            sentAtBackup = sent.size();
        }

        /** What the hub tells from where the backup had read it; everything where there is none. */
        private void rewind() {
            unread.clear();
            unread.addAll(unreadAtBackup);
            unread.addAll(sent.subList(sentAtBackup, sent.size()));
        }

        private void send(PortalEvent event) {
            sent.add(event);
            unread.add(event);
        }
    }

    TwoWayScenario(Path directory, long seed, int tickets) {
        this.random = new Random(seed);
        this.directory = directory;
        this.bench = new Bench(directory);
        this.contents = contents();
        openCarrier();
        for (int i = 1; i <= tickets; i++) {
            Room room = new Room("room-" + i);
            rooms.put(room.name, room);
            PortalEvent opened = PortalEvent.of(room.name, SIGNAL).opened(1);
            room.sent.add(opened);
            bench.deliver(opened);
        }
    }

    private static ContentServer contents() {
        try {
            return new ContentServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openCarrier() {
        content = FilesBench.content(contents);
        carrier = FilesBench.carrier(
                bench,
                content,
                directory,
                true,
                FilePolicy.Allows.DOCUMENTS_AND_IMAGES,
                FilePolicy.Allows.DOCUMENTS_AND_IMAGES);
    }

    private void closeCarrier() {
        carrier.close();
        content.close();
    }

    private void carry() {
        try {
            bench.serviceNow.tick();
            carrier.carry();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything volatile is gone. */
    private void restart() {
        closeCarrier();
        bench.restart();
        openCarrier();
    }

    /**
     * The store is destroyed in the middle of a delivery, and what people do in ServiceNow goes on without the bridge. Then
     * it is rebuilt, and the hub tells everything again that it ever held.
     */
    void loseTheStore() {
        lose(bench::loseTheStore);
    }

    /** The same, but an old backup is there; the hub tells everything again since then. */
    void restoreTheBackup() {
        lose(() -> bench.restoreTheBackup(directory));
    }

    /** In the middle of the traffic, while the bridge runs. */
    void backup() {
        bench.backup(directory);
        rooms.values().forEach(Room::backup);
    }

    private void lose(Runnable store) {
        closeCarrier();
        List<Room> all = List.copyOf(rooms.values());
        all.stream()
                .filter(room -> !room.unread.isEmpty())
                .findFirst()
                .ifPresent(room -> cutOff(room, room.unread.get(0)));
        store.run();
        for (int i = 0; i < all.size() / 3; i++) {
            happen(all.get(random.nextInt(all.size())));
        }
        // No bridge runs on the store before it is rebuilt.
        bench.clock.advance(Duration.ofMinutes(3));
        bench.machine.advance(Duration.ofMinutes(3));
        rebuilt = bench.rebuild();
        openCarrier();
        bench.caughtUp(false);
        for (Room room : all) {
            room.rewind();
        }
    }

    /** It is written, and the process is gone before that is recorded. */
    private void cutOff(Room room, PortalEvent event) {
        try {
            bench.upToRecord(event);
            hasRead(room, event);
        } catch (RetryLater later) {
            // Cut off even before that.
        }
    }

    Report rebuilt() {
        return rebuilt;
    }

    /** So many things happen, with the bridge at work in between. */
    void play(int steps) {
        play(steps, Map.of(steps / 2, this::restart));
    }

    /** The same, with what befalls the bridge before some of the steps. */
    void play(int steps, Map<Integer, Runnable> misfortunes) {
        List<Room> all = List.copyOf(rooms.values());
        for (int i = 0; i < steps; i++) {
            misfortunes.getOrDefault(i, () -> {}).run();
            Room room = all.get(random.nextInt(all.size()));
            happen(room);
            deliver(room);
            bench.pass(Duration.ofMillis(random.nextInt(3000)));
            if (random.nextInt(40) == 0) {
                look(true);
                carry();
            }
        }
    }

    private void happen(Room room) {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> portalSays(room, "customer", "customer");
            case 3 -> portalSays(room, "partner", "internal");
            case 4 -> portalSays(room, "bot", "internal");
            case 5, 6, 7 -> deskSays(room);
            case 8 -> room.notes.add(written(room, "note", (agent, text) -> agent.workNote(sysId(room), text)));
            case 9 -> reply(room);
            case 10 -> workOn(room);
            case 11 -> portalShows(room);
            case 12 -> deskShows(room);
            default -> turn(room);
        }
    }

    private void portalSays(Room room, String actor, String visibility) {
        String mark = mark(actor);
        String text = voice(mark);
        String id = "m-" + mark;
        (visibility.equals("customer") ? room.markOfEvent : new HashMap<String, String>()).put(id, mark);
        if (visibility.equals("internal")) {
            room.internal.add(mark);
        }
        room.send(now(room).said(id, actor, visibility, text));
    }

    private void portalShows(Room room) {
        String mark = mark("photo");
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        room.filesOfPortal.add(FilesBench.sha256(bytes));
        room.send(now(room)
                .attachment(
                        "a-" + mark,
                        mark + " 📷.png",
                        "image/png",
                        bytes.length,
                        FilesBench.sha256(bytes),
                        contents.holding(mark, bytes)));
    }

    private void deskShows(Room room) {
        byte[] bytes = mark("plan").getBytes(StandardCharsets.UTF_8);
        room.filesOfDesk.add(FilesBench.sha256(bytes));
        agent().attach(sysId(room), "plan.txt", "text/plain", bytes);
    }

    private void deskSays(Room room) {
        room.comments.add(written(room, "agent", (agent, text) -> agent.comment(sysId(room), text)));
    }

    /** As a mail program answers: the answer above, the bridge's comment with its reference below. */
    private void reply(Room room) {
        Stream<JournalEntry> ours = bench.serviceNow.desk().journal(sysId(room)).stream()
                .filter(entry -> entry.element().equals("comments"))
                .filter(entry -> entry.value().startsWith("From the Teams Rooms portal"));
        String quoted = ours.reduce((first, second) -> second)
                .map(entry -> "\n\nOn Mon, Jun 1, 2026 at 9:14 AM Service Desk <desk@example.com> wrote:\n"
                        + entry.value().lines().map(line -> "> " + line).reduce("", (a, b) -> a + b + "\n"))
                .orElse("");
        room.comments.add(written(room, "agent", (agent, text) -> agent.comment(sysId(room), text + quoted)));
    }

    private void workOn(Room room) {
        Person agent = agent();
        switch (random.nextInt(3)) {
            case 0 -> agent.assign(sysId(room), agents.get(random.nextInt(agents.size())));
            case 1 -> agent.hold(sysId(room), "1");
            default -> agent.set(sysId(room), "state", "2");
        }
    }

    /** The signal turns healthy, or unhealthy again. */
    private void turn(Room room) {
        room.sequence++;
        if (room.healthy) {
            room.occurrence++;
            room.send(now(room).reopened(room.sequence, room.occurrence));
        } else {
            room.send(now(room).occurrence(room.occurrence).resolved(room.sequence));
        }
        room.healthy = !room.healthy;
    }

    private String written(Room room, String who, BiConsumer<Person, String> write) {
        String mark = mark(who);
        write.accept(agent(), voice(mark));
        return mark;
    }

    /** Some of what the hub holds for the room is read; sometimes the next but one first, sometimes twice. */
    private void deliver(Room room) {
        while (!room.unread.isEmpty() && random.nextInt(3) > 0) {
            boolean overtakes = room.unread.size() > 1 && random.nextInt(6) == 0;
            PortalEvent event = room.unread.remove(overtakes ? 1 : 0);
            maybeFault();
            read(room, event);
            if (random.nextInt(6) == 0) {
                read(room, event);
            }
        }
    }

    private void read(Room room, PortalEvent event) {
        bench.deliver(event);
        hasRead(room, event);
    }

    private static void hasRead(Room room, PortalEvent event) {
        if (room.read.add(event.id()) && room.markOfEvent.containsKey(event.id())) {
            room.toldByPeople.add(room.markOfEvent.get(event.id()));
        }
    }

    private void maybeFault() {
        if (random.nextInt(60) == 0) {
            List<Fault> faults = List.of(
                    Fault.timeoutAfterCommit(), Fault.timeoutBeforeCommit(), Fault.accepted(), Fault.truncated());
            bench.serviceNow
                    .faults()
                    .on(RequestMatcher.method("PATCH"))
                    .next(1, faults.get(random.nextInt(faults.size())));
        }
    }

    /** One cycle of the bridge; an unreliable hub may refuse a command, or take it and not say so. */
    private void look(boolean unreliable) {
        bench.poll(command -> {
            int luck = unreliable ? random.nextInt(12) : 2;
            if (luck == 0) {
                return false;
            }
            perform(command);
            return luck != 1;
        });
    }

    /** The relay: once by the command's id, whatever comes again. */
    private void perform(OutgoingCommand command) {
        JsonNode data = parsed(command).path("data");
        Room room = rooms.get(data.path("ticketId").asText().substring(2));
        if (!performed.add(command.id())) {
            return;
        }
        if (command.name().equals("attachment-add")) {
            room.filesAtPortal.add(data.path("sha256").asText());
        }
        if (!command.name().equals("message-add")) {
            return;
        }
        String text = data.path("text").asText();
        room.portalSees.add(text);
        room.send(now(room)
                .said("echo-" + command.id(), "bridge", "customer", text)
                .causedBy(command.id()));
    }

    /** Nobody does anything more; the bridge gets all the time it needs. */
    void settle() {
        bench.serviceNow.faults().clear();
        int quiet = 0;
        for (int i = 0; i < 60 && quiet < 3; i++) {
            int before = performed.size();
            for (Room room : rooms.values()) {
                while (!room.unread.isEmpty()) {
                    read(room, room.unread.remove(0));
                }
            }
            bench.caughtUp(true);
            bench.pass(Duration.ofMinutes(11));
            carry();
            look(false);
            quiet = performed.size() == before ? quiet + 1 : 0;
        }
        assertThat(quiet).as("the bridge came to rest").isEqualTo(3);
    }

    /** Both sides say the same, under the visibility policy. */
    void check() {
        assertThat(bench.store().deadLetters().stream().map(DeadLetter::detail)).isEmpty();
        assertThat(bench.outbox().unsent(10)).isEmpty();
        for (Room room : rooms.values()) {
            check(room);
        }
    }

    private void check(Room room) {
        Ticket ticket = bench.ticket(room.name, SIGNAL);
        List<Incident> incidents =
                bench.serviceNow.desk().correlatedTo(ticket.id().value());
        assertThat(incidents).as("incidents of %s", room.name).hasSize(1);
        List<JournalEntry> journal =
                bench.serviceNow.desk().journal(incidents.get(0).sysId());
        List<JournalEntry> ours = journal.stream()
                .filter(entry -> entry.createdBy().equals(bench.integrationUser()))
                .toList();

        assertThat(marks(ours, "comments").toList())
                .as("what people said in the portal, in ServiceNow's comments of %s, in order", room.name)
                .isEqualTo(room.toldByPeople);
        assertThat(marks(ours, "work_notes").filter(mark -> !mark.startsWith("customer")))
                .as("internal messages and bot output in the work notes of %s", room.name)
                .containsExactlyInAnyOrderElementsOf(room.internal);
        List<String> inPortal =
                room.portalSees.stream().flatMap(TwoWayScenario::marks).toList();
        assertThat(inPortal)
                .as("what people said in ServiceNow, at the portal of %s: all of it, once, and no work note", room.name)
                .containsExactlyInAnyOrderElementsOf(room.comments);
        assertThat(times(journal, inPortal))
                .as("order at the portal of %s, to the second", room.name)
                .isSorted();
        assertThat(room.portalSees)
                .as("only the bridge resolves here, and that is no news at the portal of %s", room.name)
                .noneMatch(text -> text.contains("was resolved"));
        List<String> inServiceNow = bench
                .serviceNow
                .desk()
                .attachments(incidents.get(0).sysId())
                .stream()
                .map(file -> FilesBench.sha256(file.content()))
                .toList();
        Set<String> allFiles = new HashSet<>(room.filesOfPortal);
        allFiles.addAll(room.filesOfDesk);
        assertThat(inServiceNow)
                .as("files in ServiceNow of %s: each once", room.name)
                .containsExactlyInAnyOrderElementsOf(allFiles);
        assertThat(room.filesAtPortal)
                .as("files of ServiceNow at the portal of %s: each once, none of its own", room.name)
                .containsExactlyInAnyOrderElementsOf(room.filesOfDesk);
        assertThat(ticket.current().orElseThrow().told().state().value())
                .as("state told to the portal for %s", room.name)
                .isEqualTo(incidents.get(0).field("state"));
    }

    private static List<Instant> times(List<JournalEntry> journal, List<String> inPortal) {
        return inPortal.stream()
                .map(mark -> journal.stream()
                        .filter(entry -> entry.value().contains("«" + mark + "»"))
                        .findFirst()
                        .orElseThrow()
                        .createdOn())
                .toList();
    }

    private static Stream<String> marks(List<JournalEntry> entries, String element) {
        return entries.stream().filter(entry -> entry.element().equals(element)).flatMap(entry -> marks(entry.value()));
    }

    private static Stream<String> marks(String text) {
        Matcher matcher = MARK.matcher(text);
        return matcher.results().map(result -> result.group(1));
    }

    private String mark(String who) {
        return who + "-" + ++marks;
    }

    /** One mark in each text, and now and then a text that has to be split. */
    private String voice(String mark) {
        String text = VOICES.get(random.nextInt(VOICES.size()));
        return random.nextInt(40) == 0 && !brief
                ? "«" + mark + "» " + (text + "\n").repeat(120)
                : text + " «" + mark + "»";
    }

    private Person agent() {
        return bench.serviceNow.desk().as(agents.get(random.nextInt(agents.size())));
    }

    private PortalEvent now(Room room) {
        return PortalEvent.of(room.name, SIGNAL).at(bench.clock.instant()).sequence(room.sequence);
    }

    private String sysId(Room room) {
        String ticket = new TicketKey.RoomSignal("contoso", room.name, "", SIGNAL, "")
                .id()
                .value();
        return bench.serviceNow.desk().correlatedTo(ticket).get(0).sysId();
    }

    private static JsonNode parsed(OutgoingCommand command) {
        try {
            return JSON.readTree(command.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * So long people answer each other: whoever sees something new says something to it, at the desk by mail and with the
     * quotation.
     */
    void converse(Duration time) {
        brief = true;
        Map<Room, Integer> answered = new HashMap<>();
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMinutes(2)) {
            for (Room room : rooms.values()) {
                int seen = room.portalSees.size() + room.toldByPeople.size();
                if (seen > answered.getOrDefault(room, -1)) {
                    answered.put(room, seen);
                    portalSays(room, "customer", "customer");
                    reply(room);
                }
                while (!room.unread.isEmpty()) {
                    read(room, room.unread.remove(0));
                }
            }
            bench.pass(Duration.ofMinutes(2));
            look(false);
        }
    }

    /** How many messages and comments people wrote, and how many entries both sides show in all. */
    void countEntries() {
        for (Room room : rooms.values()) {
            String sysId = sysId(room);
            long comments = bench.serviceNow.desk().journal(sysId).stream()
                    .filter(entry -> entry.element().equals("comments"))
                    .count();
            long people = room.markOfEvent.size() + room.comments.size();
            assertThat(comments).as("comments of %s", room.name).isEqualTo(people);
            assertThat(room.portalSees.size() + room.markOfEvent.size())
                    .as("messages at the portal of %s", room.name)
                    .isEqualTo((int) people);
            assertThat(people).as("people did talk").isGreaterThan(40);
        }
    }

    @Override
    public void close() {
        closeCarrier();
        contents.close();
        bench.close();
    }
}
