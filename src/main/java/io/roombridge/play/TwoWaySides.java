package io.roombridge.play;

import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.portal.Conversation;
import io.roombridge.sandbox.portal.Visibility;
import io.roombridge.sandbox.servicenow.Attachment;
import io.roombridge.sandbox.servicenow.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads both sides of one ticket from inside the sandbox, without the bridge: what stands there counts. */
final class TwoWaySides {

    static final String FILE = "[file] ";

    private static final Pattern HEADER =
            Pattern.compile("(?s)From the Teams Rooms portal: (.+?), [^,\\n]* \u00b7 [^\\n]*\\n(.*)");
    private static final Pattern REFERENCE = Pattern.compile("(?s)(.*?)\\s*\\nref rb-[0-9a-f]+\\s*");
    private static final String OF_STATE = "rb-state-";
    private static final String AUTOMATION = "Automatic repair: ";

    private final Sandbox sandbox;
    private final String ticketId;
    private final Map<String, String> wrapped;

    /** @param wrapped what people wrote as HTML or as a mail with a quotation, and their own words in it */
    TwoWaySides(Sandbox sandbox, String ticketId, Map<String, String> wrapped) {
        this.sandbox = sandbox;
        this.ticketId = ticketId;
        this.wrapped = Map.copyOf(wrapped);
    }

    /** @param moves what happened to the state on ServiceNow's side, to be shown there */
    BothSides read(List<Spoken> moves) {
        String sysId = sysId().orElseThrow();
        List<Spoken> desk = new ArrayList<>(moves);
        sandbox.serviceNow().desk().journal(sysId).forEach(entry -> desk.add(atDesk(entry)));
        sandbox.serviceNow().desk().attachments(sysId).forEach(file -> desk.add(atDesk(file)));
        List<Spoken> portal = new ArrayList<>();
        Conversation conversation = sandbox.portal().conversation(ticketId);
        conversation.entries().forEach(entry -> portal.add(onPortal(entry)));
        conversation.files().forEach(file -> portal.add(onPortal(file)));
        // Stable: entries of one instant keep the order of their side.
        desk.sort(Comparator.comparing(Spoken::at));
        portal.sort(Comparator.comparing(Spoken::at));
        return new BothSides(portal, desk);
    }

    /** The incident of the ticket, as soon as there is one. */
    Optional<String> sysId() {
        return sandbox.serviceNow().desk().correlatedTo(sandbox.portal().correlationId(ticketId)).stream()
                .map(incident -> incident.sysId())
                .findFirst();
    }

    private Spoken onPortal(Conversation.Entry entry) {
        boolean internal = entry.visibility() == Visibility.INTERNAL;
        String who = entry.author().name();
        if (entry.commandId().filter(id -> id.startsWith(OF_STATE)).isPresent()) {
            return Spoken.ofThisSideAlone(entry.at(), who, internal, entry.text());
        }
        return entry.commandId().isPresent()
                ? Spoken.brought(entry.at(), who, internal, entry.text())
                : here(entry.at(), who, internal, entry.text(), "as HTML");
    }

    /** What a person said here, in the person's own words. */
    private Spoken here(Instant at, String who, boolean internal, String text, String remark) {
        Spoken said = Spoken.here(at, who, internal, wrapped.getOrDefault(text, text));
        return wrapped.containsKey(text) ? said.with(remark) : said;
    }

    private static Spoken onPortal(Conversation.File file) {
        String words = file(file.name(), file.size(), file.sha256());
        return file.commandId().isPresent()
                ? Spoken.brought(file.at(), file.author().name(), false, words)
                : Spoken.here(file.at(), file.author().name(), false, words);
    }

    private Spoken atDesk(Attachment file) {
        String words = file(file.fileName(), file.content().length, file.hash());
        return ofBridge(file.createdBy())
                ? Spoken.brought(file.createdOn(), "Roombridge", false, words)
                : Spoken.here(file.createdOn(), file.createdBy(), false, words);
    }

    private static String file(String name, long size, String sha256) {
        return FILE + name + ", " + size + " bytes, sha256 "
                + sha256.substring(0, Math.min(12, sha256.length())).toLowerCase(Locale.ROOT);
    }

    private Spoken atDesk(JournalEntry entry) {
        boolean internal = !entry.element().equals("comments");
        if (!ofBridge(entry.createdBy())) {
            return here(entry.createdOn(), entry.createdBy(), internal, entry.value(), "by mail, with a quotation");
        }
        Matcher reference = REFERENCE.matcher(entry.value());
        String text = reference.matches() ? reference.group(1) : entry.value();
        Matcher header = HEADER.matcher(text);
        if (!header.matches()) {
            // A note of the bridge's own; it says nothing for anybody.
            return Spoken.ofThisSideAlone(entry.createdOn(), "Roombridge", internal, text);
        }
        return Spoken.brought(entry.createdOn(), header.group(1), internal, portalWords(header.group(2)));
    }

    /** The result of a remediation is told in other words on each side; the portal's are "WORKFLOW: OUTCOME" and the output. */
    private static String portalWords(String text) {
        if (!text.startsWith(AUTOMATION)) {
            return text;
        }
        Map<String, String> parts = text.lines()
                .map(line -> line.split(": ", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (first, second) -> first));
        return parts.get("Automatic repair") + ": " + parts.get("Outcome") + "\n" + parts.get("Output");
    }

    private boolean ofBridge(String user) {
        return user.equals(sandbox.serviceNow().accounts().integration().name());
    }
}
