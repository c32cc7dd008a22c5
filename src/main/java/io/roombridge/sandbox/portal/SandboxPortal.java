package io.roombridge.sandbox.portal;

import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The living side of the portal: what stands at its tickets, the people and bots who work there, the relay that carries out
 * commands, and the server where files lie. Its tickets are those the event hub told of, whoever sent them: the script of a
 * day, a test, or {@link #open}.
 *
 * <p>Each act stands in the event hub when the method returns. All methods may be called from any thread; those that name a
 * ticket throw {@link IllegalArgumentException} when the portal has none of that id, or when the event would break the
 * contract (an empty message, a file name with a slash).
 */
public final class SandboxPortal implements AutoCloseable {

    private static final int RANDOM_WORDS = 4;

    private final List<RoomSignal> signals;
    private final List<MeetingRoom> rooms;
    private final InstantSource clock;
    private final ContentStore store;
    private final ContentServer content;
    private final EventPen pen;
    private final PortalVoice voice;
    private final TicketNews news;
    private final Relay relay;

    /** The embedded endpoint and the names of the two hubs of the contract. */
    public record Hubs(EmbeddedEventHubs endpoint, String events, String commands) {}

    private SandboxPortal(Hubs hubs, Path directory, InstantSource clock, long seed) {
        this.rooms = Campus.of(seed).rooms().stream()
                .filter(room -> !room.onboarding())
                .toList();
        this.signals = rooms.stream().flatMap(room -> room.signals().stream()).toList();
        this.clock = clock;
        this.store = new ContentStore(directory);
        // Not the same stream of randomness as that of the scripted days, whose ids come from the same seed.
        Random random = new Random(~seed);
        this.content = ContentServer.start(store, clock, token(random));
        this.pen = new EventPen(random);
        Contract contract = new Contract();
        this.voice = new PortalVoice(hubs, new PortalMemory(hubs, store), pen, clock, contract);
        this.news = new TicketNews(voice, content, clock);
        RelayActs acts = new RelayActs(voice, news, store, new ContentFetch(content, store), clock);
        this.relay = new Relay(hubs, acts, voice, contract, clock);
    }

    /**
     * Starts the content server and the relay, which takes the commands that stand in the hub already.
     *
     * @param directory where files are kept; created when the first one comes
     * @param clock the time of what happens on the portal
     */
    public static SandboxPortal start(Hubs hubs, Path directory, InstantSource clock, long seed) {
        SandboxPortal portal = new SandboxPortal(hubs, directory, clock, seed);
        portal.relay.start();
        return portal;
    }

    private static String token(Random random) {
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < RANDOM_WORDS; i++) {
            token.append("%016x".formatted(random.nextLong()));
        }
        return token.toString();
    }

    // What stands there.

    /** The portal's ticket ids, in the order in which they were first heard of. */
    public List<String> tickets() {
        return voice.ask(memory ->
                memory.tickets().stream().map(RememberedTicket::ticketId).toList());
    }

    /** What stands at a ticket now. */
    public Conversation conversation(String ticketId) {
        return voice.of(ticketId, RememberedTicket::conversation);
    }

    /** In the contract's words: new, watching, investigating, needsAction, resolved, closed. */
    public String state(String ticketId) {
        return voice.of(ticketId, RememberedTicket::state);
    }

    /** The number of the incident that the ticket shows, if it was linked. */
    public Optional<String> snowIncident(String ticketId) {
        return voice.of(
                ticketId,
                ticket ->
                        Optional.ofNullable(ticket.block().path("snowIncident").textValue()));
    }

    /** The identity of the ticket: ServiceNow's {@code correlation_id}, worked out without the bridge. */
    public String correlationId(String ticketId) {
        return voice.of(ticketId, RememberedTicket::name).correlationId();
    }

    // What happens there.

    /** How many room signals the campus has, which is how many tickets can be opened. */
    public int signals() {
        return signals.size();
    }

    /**
     * A signal of a room becomes unhealthy.
     *
     * @param index which signal of the campus, from 0 to before {@link #signals()}
     * @return the portal's id of the new ticket; opening the same signal twice makes two, which no portal would do
     */
    public String open(int index) {
        return tell(pen -> TrackedTicket.of(signals.get(index), pen), TrackedTicket::unhealthy);
    }

    /**
     * A signal of a kind becomes unhealthy in one of the rooms that have it.
     *
     * @param signal its name, for example {@code Display}
     * @param nth which of the campus, from 0
     */
    public String open(String signal, int nth) {
        List<RoomSignal> ofKind = signals.stream()
                .filter(each -> each.signal().label().equals(signal))
                .toList();
        return open(signals.indexOf(ofKind.get(nth)));
    }

    /**
     * A person records an issue: the only kind of ticket that can be closed from outside.
     *
     * @param room which room of the campus, from 0
     */
    public String recordIssue(int room, String title) {
        List<MeetingRoom> where = List.of(rooms.get(room));
        return tell(pen -> TrackedTicket.recorded(where, title, false, pen), TrackedTicket::recorded);
    }

    private interface Birth {
        TrackedTicket ticket(EventPen pen);
    }

    private interface Beginning {
        PortalEvent at(TrackedTicket ticket, Instant time);
    }

    private String tell(Birth birth, Beginning beginning) {
        PortalEvent event = voice.ask(memory -> beginning.at(birth.ticket(pen), clock.instant()));
        voice.tell(event);
        return event.ticketId().orElseThrow();
    }

    /** @return the message's id */
    public String post(String ticketId, Author author, Visibility visibility, String text) {
        return news.message(ticketId, author, visibility, text, "text", Optional.empty());
    }

    /** Like {@link #post}, with a text that is HTML. */
    public String postHtml(String ticketId, Author author, Visibility visibility, String html) {
        return news.message(ticketId, author, visibility, html, "html", Optional.empty());
    }

    /**
     * Adds a file, which is streamed to disk first.
     *
     * @param type for example {@code image/png}
     * @return the attachment's id
     * @throws IOException when the content cannot be read or kept
     */
    public String addFile(String ticketId, Author author, String name, String type, InputStream bytes)
            throws IOException {
        String id = voice.freshId();
        ContentStore.Content kept = store.keep(id, bytes);
        Optional<Path> path = Optional.of(kept.path());
        news.file(
                ticketId,
                new Conversation.File(
                        id, author, name, type, kept.size(), kept.sha256(), path, clock.instant(), Optional.empty()),
                Optional.empty());
        return id;
    }

    /** @param outcome success, failed or skipped */
    public void endRemediation(String ticketId, String workflow, String outcome, String output) {
        news.remediation(ticketId, workflow, outcome, output);
    }

    /** @param to investigating or needsAction */
    public void setStatus(String ticketId, String to) {
        news.status(ticketId, to, Optional.empty());
    }

    /** The signal is healthy again. */
    public void recover(String ticketId) {
        news.recovered(ticketId);
    }

    /** The signal is unhealthy again: the ticket's next occurrence. */
    public void relapse(String ticketId) {
        news.reopened(ticketId);
    }

    /** A person closes a recorded issue. */
    public void close(String ticketId, String closureReason, String by) {
        news.closedByPerson(ticketId, closureReason, by, "", Optional.empty());
    }

    /** Silences the ticket's signal, or hears it again. */
    public void suppress(String ticketId, boolean silent, Author author, String reason, Optional<Instant> until) {
        news.suppressed(ticketId, silent, author, reason, until, Optional.empty());
    }

    // The relay and the files.

    /** What became of the commands, in the order in which they were taken; the newest 100,000. */
    public List<CommandRecord> commands() {
        return relay.records();
    }

    /** Whether every command that stands in the hub has its outcome, and its events stand in theirs. */
    public boolean idle() {
        return relay.idle();
    }

    /** Lets commands wait in the hub from the next one on, as when the relay is down; or takes them up again. */
    public void pauseRelay(boolean paused) {
        relay.pause(paused);
    }

    public ContentServer content() {
        return content;
    }

    @Override
    public void close() {
        relay.stop();
        voice.close();
        relay.close();
        content.close();
    }
}
