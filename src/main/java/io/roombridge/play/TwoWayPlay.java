package io.roombridge.play;

import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.portal.Author;
import io.roombridge.sandbox.portal.SandboxPortal;
import io.roombridge.sandbox.portal.Visibility;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.Person;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * People on both sides talk about one ticket: a customer and the portal's automation there, two agents here. Each speaks when
 * the other side has heard the last word; in the end the conversation is printed side by side and has to be equal.
 */
public final class TwoWayPlay {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Author ANA = Author.customer("Ana Sousa");
    private static final String BETH = "beth.anglin";
    private static final String AWAITING_CALLER = "1";

    private final Sandbox sandbox;
    private final Clock clock;
    private final Quiet quiet;
    private final SandboxPortal portal;
    private final Random random;
    private final List<Spoken> moves = new ArrayList<>();
    private final List<String> unheard = new ArrayList<>();
    private final Map<String, String> wrapped = new HashMap<>();
    private String ticket;
    private String sysId;

    public TwoWayPlay(Sandbox sandbox, PlayedBridge bridge, Clock clock, long seed) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.quiet = new Quiet(sandbox, bridge, LONGEST_WAIT);
        this.portal = sandbox.portal();
        this.random = new Random(seed);
    }

    /** Prints the conversation; true if both sides are equal under the visibility policy. */
    public boolean play(PrintWriter out) throws IOException {
        if (!opens()) {
            out.println("the portal's ticket got no incident within " + LONGEST_WAIT
                    + ", or the portal was not told of it");
            return false;
        }
        portalSpeaks();
        deskSpeaks();
        deskMoves();
        awaitLastWord();
        BothSides sides = sides().read(moves);
        out.print(SideBySide.render(sides));
        List<String> faults = new ArrayList<>(unheard);
        faults.addAll(sides.faults());
        faults.forEach(fault -> out.println("WRONG  " + fault));
        out.printf(
                "ticket %s, incident %s: %d entries in the portal, %d in ServiceNow, %d wrong%n",
                ticket,
                sandbox.serviceNow().desk().incident(sysId).orElseThrow().number(),
                sides.portal().size(),
                sides.desk().size(),
                faults.size());
        return faults.isEmpty();
    }

    private boolean opens() {
        ticket = portal.open("Display", random.nextInt(10));
        if (!quiet.came(() -> sides().sysId().isPresent())) {
            return false;
        }
        sysId = sides().sysId().orElseThrow();
        return quiet.came(() -> portal.snowIncident(ticket).isPresent());
    }

    private void portalSpeaks() throws IOException {
        heard("the customer's message", () -> {
            portal.post(
                    ticket, ANA, Visibility.CUSTOMER, "The display stays black \ud83d\ude15\nWe reseated the cable.");
            return "We reseated the cable.";
        });
        portal.endRemediation(ticket, "Restart the room system", "failed", "No answer after 300 seconds.");
        await("the remediation's result", () -> deskHas("No answer after 300 seconds."));
        byte[] picture = picture();
        portal.addFile(
                ticket, ANA, "Display \ud83d\udcfa B\u00fcro.png", "image/png", new ByteArrayInputStream(picture));
        await(
                "the customer's file",
                () -> sandbox.serviceNow().desk().attachments(sysId).stream()
                        .anyMatch(file -> file.fileName().contains("\ud83d\udcfa")));
    }

    private void deskSpeaks() {
        agent().assign(sysId, BETH);
        moved("takes the incident: In Progress");
        await(
                "that somebody works on it",
                () -> portal.commands().stream()
                        .anyMatch(command -> command.name().equals("ack")
                                && command.ticketId().equals(ticket)));
        agent().comment(sysId, "Thank you. A technician comes at 14:00.");
        await("the agent's comment", () -> portalHas("A technician comes at 14:00."));
        agent().workNote(sysId, "Third display of this batch; tell the vendor.");
        String words = "He is on the floor now \ud83d\udc4d";
        String mail = words + "\n\n" + quotation();
        wrapped.put(mail, words);
        agent().comment(sysId, mail);
        await("the reply by mail", () -> portalHas(words));
        byte[] list = "1. Cable\n2. Power\n".getBytes(StandardCharsets.UTF_8);
        agent().attach(sysId, "checklist.txt", "text/plain", list);
        await(
                "the agent's file",
                () -> portal.conversation(ticket).files().stream()
                        .anyMatch(file -> file.name().equals("checklist.txt")));
    }

    private void deskMoves() {
        agent().hold(sysId, AWAITING_CALLER);
        moved("sets it On Hold: Awaiting Caller");
        await("that it is on hold", () -> portalHas("on hold"));
        heard("the customer's answer", () -> {
            String html = "<p>It works again, thank you!</p>";
            wrapped.put(html, "It works again, thank you!");
            portal.postHtml(ticket, ANA, Visibility.CUSTOMER, html);
            return "It works again, thank you!";
        });
        agent().resolve(sysId, closeCode(), "Display replaced.");
        moved("resolves it");
        await("that it is resolved", () -> portalHas("resolved"));
    }

    private interface Speech {
        String words();
    }

    private void heard(String what, Speech speech) {
        String words = speech.words();
        await(what, () -> deskHas(words));
    }

    private void await(String what, BooleanSupplier heard) {
        if (!quiet.came(heard)) {
            unheard.add(what + " did not reach the other side within " + LONGEST_WAIT);
        }
    }

    private boolean deskHas(String words) {
        return journal().stream().anyMatch(entry -> entry.value().contains(words));
    }

    private boolean portalHas(String words) {
        return portal.conversation(ticket).visible().stream()
                .anyMatch(entry -> entry.text().contains(words));
    }

    /** A word too many would come with the next looks at the desk. */
    private void awaitLastWord() {
        for (int look = 0; look < 3; look++) {
            long before = sandbox.serviceNow().requests().total();
            quiet.came(() -> sandbox.serviceNow().requests().total() > before);
            quiet.came(quiet::everythingIsThrough);
        }
    }

    /** Beth answers from her mailbox: her mail program puts the customer's comment, as the desk sent it, below her words. */
    private String quotation() {
        String quoted = journal().stream()
                .filter(entry -> entry.value().contains("We reseated the cable."))
                .map(JournalEntry::value)
                .findFirst()
                .orElse("");
        return "-----Original Message-----\nFrom: Service Desk <desk@example.com>\nSent: Monday, 1 June 2026 10:12\n"
                + "To: Beth Anglin\nSubject: New comment\n\n" + quoted;
    }

    private List<JournalEntry> journal() {
        return sandbox.serviceNow().desk().journal(sysId);
    }

    private Person agent() {
        return sandbox.serviceNow().desk().as(BETH);
    }

    private void moved(String how) {
        moves.add(Spoken.ofThisSideAlone(clock.instant(), BETH, false, "[state] " + how));
    }

    private TwoWaySides sides() {
        return new TwoWaySides(sandbox, ticket, wrapped);
    }

    private String closeCode() {
        return List.of("Solution provided", "Solved (Permanently)").stream()
                .filter(code -> sandbox.serviceNow()
                        .desk()
                        .find("sys_choice", "value", code)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** The signature of a PNG and some bytes; nobody looks at it. */
    private byte[] picture() {
        byte[] bytes = new byte[40_000];
        random.nextBytes(bytes);
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        System.arraycopy(signature, 0, bytes, 0, signature.length);
        return bytes;
    }
}
