package io.roombridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.route.ChaosRoom.Said;
import io.roombridge.route.ChaosRoom.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The portal with its relay, as docs/events.md describes them: signals that turn, people and bots who speak, files; and
 * commands that are performed once by their id, each with the event it causes.
 */
final class ChaosPortal {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VOICES = List.of(
            "The cable is loose. %s",
            "שלום, המסך כבוי 🙂 %s",
            "%s Grüße aus Köln — 100 %% kaputt [code]<b>x</b>[/code]",
            "%s first line\n\nthird line with ^ and & and <angle> brackets",
            "👩‍🔧 works on it; see ref rb-0123 of last week %s");

    private final ChaosHub hub;
    private final ContentServer contents;
    private final Clock truth;
    private final Map<String, ChaosRoom> byTicket = new HashMap<>();
    private final Set<String> performed = new HashSet<>();

    ChaosPortal(ChaosHub hub, ContentServer contents, Clock truth, List<ChaosRoom> rooms) {
        this.hub = hub;
        this.contents = contents;
        this.truth = truth;
        rooms.forEach(room -> byTicket.put("T-" + room.name, room));
    }

    void open(ChaosRoom room) {
        send(room, now(room).opened(1));
    }

    /** The signal recovers or fails again; a recorded issue is closed by the person who recorded it. */
    void turn(ChaosRoom room) {
        if (room.recorded && room.healthy) {
            return;
        }
        room.sequence++;
        if (room.recorded) {
            send(room, now(room).closed(room.sequence));
        } else if (room.healthy) {
            room.occurrence++;
            send(room, now(room).reopened(room.sequence, room.occurrence));
        } else {
            send(room, now(room).resolved(room.sequence));
        }
        room.healthy = !room.healthy;
    }

    void says(ChaosRoom room, Voice voice, String mark, Random random) {
        String text = VOICES.get(random.nextInt(VOICES.size())).formatted("«" + mark + "»");
        if (random.nextInt(15) == 0) {
            text = "«" + mark + "» " + "A long story. ".repeat(600);
        }
        String event = "m-" + mark;
        room.said.add(new Said(mark, event, voice));
        String actor =
                switch (voice) {
                    case CUSTOMER -> "customer";
                    case PARTNER -> "partner";
                    case AUTOMATION -> "bot";
                };
        if (voice != Voice.AUTOMATION) {
            room.portalActs.put(truth.instant(), voice == Voice.CUSTOMER ? 'c' : 'p');
        }
        String visibility = voice == Voice.CUSTOMER ? "customer" : "internal";
        send(room, now(room).said(event, actor, visibility, text).showing(state(room)));
    }

    void remediation(ChaosRoom room, String mark) {
        room.said.add(new Said(mark, "r-" + mark, Voice.AUTOMATION));
        send(
                room,
                now(room)
                        .remediation("r-" + mark, "restart failed «" + mark + "»")
                        .showing(state(room)));
    }

    void worse(ChaosRoom room) {
        if (!room.healthy && !room.severity.equals("critical")) {
            room.severity = "critical";
            send(room, now(room).severity(++room.sequence, "critical"));
        }
    }

    void retitled(ChaosRoom room, String mark) {
        if (!room.healthy) {
            room.title = "Display is not detected, " + mark;
            room.sequence++;
            send(room, now(room).snapshot(room.sequence, "needsAction"));
        }
    }

    void status(ChaosRoom room) {
        if (!room.healthy) {
            room.sequence++;
            room.portalActs.put(truth.instant(), 'N');
            send(room, now(room).needsAction(room.sequence));
        }
    }

    void snapshot(ChaosRoom room, boolean newer) {
        room.sequence += newer ? 1 : 0;
        send(
                room,
                now(room).snapshot(room.sequence, state(room)).identified("s-" + room.name + "-" + room.sent.size()));
    }

    void photo(ChaosRoom room, String mark, Random random) {
        if (random.nextInt(4) == 0) {
            contents.expire();
        }
        if (random.nextInt(4) == 0) {
            contents.down.set(1 + random.nextInt(2));
        }
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        PortalEvent event = offered(room, mark, bytes);
        room.photos.put(FilesBench.sha256(bytes), event.id());
        send(room, event);
    }

    private PortalEvent offered(ChaosRoom room, String mark, byte[] bytes) {
        String url = contents.holding(mark, bytes);
        return now(room)
                .attachment("a-" + mark, mark + " 📷.png", "image/png", bytes.length, FilesBench.sha256(bytes), url)
                .showing(state(room));
    }

    /** An event of the past is sent again, behind everything else. */
    void again(ChaosRoom room, Random random) {
        if (!room.sent.isEmpty()) {
            PortalEvent event = room.sent.get(random.nextInt(room.sent.size()));
            hub.send(room.key(), event.id(), event.bytes());
        }
    }

    /** The next event of the room comes behind the one after it. */
    void late(ChaosRoom room) {
        if (!room.sent.isEmpty() && room.held.isEmpty()) {
            room.holdNext = true;
        }
    }

    private void send(ChaosRoom room, PortalEvent event) {
        room.sent.add(event);
        if (room.holdNext) {
            room.holdNext = false;
            room.held = Optional.of(event);
            return;
        }
        hub.send(room.key(), event.id(), event.bytes());
        release(room);
    }

    /** What was held back comes now. */
    void release(ChaosRoom room) {
        room.held.ifPresent(event -> hub.send(room.key(), event.id(), event.bytes()));
        room.held = Optional.empty();
    }

    /** The relay performs a command, once. */
    void perform(OutgoingCommand command) {
        if (!performed.add(command.id())) {
            return;
        }
        JsonNode data = parsed(command).path("data");
        ChaosRoom room = byTicket.get(data.path("ticketId").asText());
        switch (command.name()) {
            case "message-add" -> {
                String text = data.path("text").asText();
                room.told.add(text);
                send(
                        room,
                        now(room)
                                .said(
                                        "echo-" + command.id(),
                                        "bridge",
                                        data.path("visibility").asText(),
                                        text)
                                .causedBy(command.id())
                                .showing(state(room)));
            }
            case "attachment-add" -> {
                room.filesTold.add(data.path("sha256").asText());
                send(room, echoOfFile(room, command.id(), data));
            }
            case "attachment-url" -> {
                String mark = data.path("attachmentId").asText().substring(2);
                send(room, offered(room, mark, mark.getBytes(StandardCharsets.UTF_8)));
            }
            case "close" -> {
                if (!room.healthy) {
                    room.healthy = true;
                    room.sequence++;
                    send(room, now(room).closed(room.sequence).causedBy(command.id()));
                }
            }
            default -> {}
        }
    }

    private PortalEvent echoOfFile(ChaosRoom room, String command, JsonNode data) {
        String url = contents.holding("echo-" + command, new byte[] {1});
        return now(room)
                .attachment(
                        "echo-" + command,
                        data.path("fileName").asText(),
                        data.path("contentType").asText(),
                        data.path("size").asLong(),
                        data.path("sha256").asText(),
                        url)
                .causedBy(command)
                .showing(state(room));
    }

    private static String state(ChaosRoom room) {
        return !room.healthy ? "needsAction" : room.recorded ? "closed" : "resolved";
    }

    private PortalEvent now(ChaosRoom room) {
        PortalEvent event = PortalEvent.of(room.name, ChaosRoom.SIGNAL)
                .at(truth.instant())
                .createdAt(room.created)
                .sequence(room.sequence)
                .occurrence(room.occurrence)
                .severityOf(room.severity)
                .titled(room.title);
        return room.recorded ? event.recorded() : event;
    }

    private static JsonNode parsed(OutgoingCommand command) {
        try {
            return JSON.readTree(command.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
