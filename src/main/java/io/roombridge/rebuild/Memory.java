package io.roombridge.rebuild;

import io.roombridge.conversation.Entry;
import io.roombridge.conversation.Heard;
import io.roombridge.conversation.Hearing;
import io.roombridge.conversation.OwnTexts;
import io.roombridge.conversation.OwnTexts.Signed;
import io.roombridge.conversation.OwnWrites;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.Intent.Kind;
import io.roombridge.mapping.MachineLine;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the bridge's own entries of an incident from people's, by nothing but their form. An entry in two minds is a
 * person's: the portal drops what it has already, and nothing brings back a reply.
 */
final class Memory {

    private final String user;
    private final List<JournalEntry> own = new ArrayList<>();
    private final Map<String, Signed> signed = new HashMap<>();

    private Memory(String user) {
        this.user = user;
    }

    /** @param user the user name that the bridge writes under */
    static Memory of(List<JournalEntry> journal, String user) {
        Memory memory = new Memory(user);
        journal.stream()
                .filter(memory::mine)
                .flatMap(entry -> OwnTexts.signed(entry.value()).stream())
                .forEach(text -> memory.signed.putIfAbsent(text.reference(), text));
        journal.stream().filter(memory::isOwn).forEach(memory.own::add);
        return memory;
    }

    /** Entries that the bridge wrote, and copies of them made by rules of the instance; oldest first. */
    List<JournalEntry> own() {
        return own;
    }

    /** Whether the bridge ever wrote here. A copy that a person made of an incident has none of its entries. */
    boolean wroteHere() {
        return own.stream().anyMatch(this::mine);
    }

    /** When the bridge wrote here first: at the making of the incident, or when it took it over from another integration. */
    Optional<Instant> begun() {
        return own.stream()
                .filter(this::mine)
                .flatMap(entry -> entry.createdOn().stream())
                .findFirst();
    }

    Optional<MachineLine> machineLine() {
        return own.stream()
                .filter(this::mine)
                .filter(entry -> !comment(entry))
                .flatMap(entry -> entry.value().lines())
                .flatMap(line -> MachineLine.parse(line).stream())
                .findFirst();
    }

    /** What was written, as results of writes whose cause is known by its reference only. */
    List<Intent> written(Ticket ticket, String incident) {
        List<Intent> intents = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (JournalEntry entry : own) {
            OwnTexts.signed(entry.value()).filter(text -> mine(entry)).ifPresent(text -> {
                intents.add(intent(
                        ticket,
                        incident,
                        entry,
                        text.reference(),
                        cause(text.reference()),
                        Optional.of(text.bodyHash())));
                if (!comment(entry)) {
                    notes.add(text.body());
                }
            });
        }
        own.stream()
                .findFirst()
                .ifPresent(entry -> OwnTexts.hashesOfTexts(notes).stream()
                        .map(ChangeId::ofText)
                        .map(text -> intent(
                                ticket, incident, entry, Reference.of(text, 0).value(), text, Optional.empty()))
                        .forEach(intents::add));
        return intents;
    }

    private static ChangeId cause(String reference) {
        return new ChangeId("/roombridge/rebuilt#" + reference);
    }

    private static Intent intent(
            Ticket ticket,
            String incident,
            JournalEntry entry,
            String reference,
            ChangeId cause,
            Optional<String> bodyHash) {
        return new Intent(
                ticket.id().value().substring(3, 11) + "-" + reference.substring(3) + "-rebuilt",
                ticket.tenant(),
                ticket.instance(),
                ticket.id(),
                cause,
                0,
                Kind.NOTE,
                Optional.of(incident),
                reference,
                bodyHash,
                entry.createdOn().orElse(ticket.createdAt()),
                Optional.empty(),
                Optional.empty());
    }

    private boolean isOwn(JournalEntry entry) {
        Heard heard = Hearing.hear(
                new Entry(entry.sysId(), comment(entry), entry.value(), entry.createdBy(), entry.createdOn()),
                new OwnWrites() {
                    @Override
                    public boolean knows(String sysId) {
                        return false;
                    }

                    @Override
                    public Optional<Own> byReference(String reference) {
                        return Optional.ofNullable(signed.get(reference)).map(text -> new Own(text.bodyHash()));
                    }

                    @Override
                    public boolean openIntent(String reference) {
                        return false;
                    }
                },
                user,
                true);
        return heard instanceof Heard.Echo;
    }

    private boolean mine(JournalEntry entry) {
        return entry.createdBy().equalsIgnoreCase(user);
    }

    static boolean comment(JournalEntry entry) {
        return entry.element().equals("comments");
    }
}
