package io.roombridge.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Plants what must not be everywhere into every text that an event or a person of the desk can say; seeded. */
final class PlantedData {

    /** Stand in nothing but planted data: those that may go nowhere, and those that only work notes may hold. */
    static final List<String> SECRETS = List.of("Qx7", "52.661");

    static final List<String> RESTRICTED = List.of("Rw7", "10.66.", "02:66:", "+49 30 66", "66aa66bb-");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> TICKET =
            List.of("title", "description", "recommendedAction", "category", "portalUrl", "snowIncident");
    private static final List<String> ROOM =
            List.of("name", "resourceAccountUpn", "group", "ring", "supportTier", "health");
    private static final List<String> LOCATION = List.of("region", "building", "floor", "room", "timeZone");
    private static final List<String> DEVICE =
            List.of("deviceId", "platform", "make", "model", "serial", "hostName", "appVersion", "osVersion");
    private static final List<String> PERIPHERAL = List.of("type", "make", "model");
    private static final List<String> DATA = List.of(
            "text",
            "firstMessage",
            "workflow",
            "output",
            "nextSteps",
            "reason",
            "closureCategory",
            "closedBy",
            "action",
            "fileName",
            "contentType",
            "meetingSubject",
            "organizer");

    /** Have room for more than a label. */
    private static final List<String> PROSE = List.of(
            "title", "description", "recommendedAction", "text", "firstMessage", "output", "nextSteps", "action");

    /** They identify by what they are, whatever the words around them. */
    private static final List<String> IDENTITIES = List.of("deviceId", "serial", "hostName", "resourceAccountUpn");

    private final Random random;

    PlantedData(long seed) {
        random = new Random(seed);
    }

    /** The event with one to four texts in each of its blocks. */
    byte[] in(PortalEvent event) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(event.bytes());
            ObjectNode data = (ObjectNode) json.get("data");
            plant(data.withObject("/ticket"), TICKET);
            ObjectNode room = (ObjectNode) data.withArray("/rooms").get(0);
            plant(room, ROOM);
            plant(room.withObject("/location"), LOCATION);
            ArrayNode tags = room.putArray("tags");
            tags.add(any(60));
            ObjectNode device = data.withObject("/device").put("deviceId", "Rw7-" + number());
            plant(device, DEVICE);
            plant(device.withObject("/peripheral"), PERIPHERAL);
            plant(data, DATA);
            if (data.has("actor")) {
                plant(data.withObject("/actor"), List.of("displayName"));
                data.withObject("/actor").put("id", "Rw7-" + number());
            }
            mention(data, device);
            json.put("subject", any(200));
            return json.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The title and the prose speak of the device by its name. */
    private void mention(ObjectNode data, ObjectNode device) {
        for (String field : IDENTITIES) {
            if (device.has(field)) {
                append(data.withObject("/ticket"), "title", device.get(field).asText());
                append(
                        data.withObject("/ticket"),
                        "description",
                        device.get(field).asText());
            }
        }
    }

    private void plant(ObjectNode block, List<String> fields) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            String field = fields.get(random.nextInt(fields.size()));
            if (IDENTITIES.contains(field)) {
                block.put(field, "Rw7-" + number() + (field.equals("resourceAccountUpn") ? "@contoso.example" : ""));
            } else if (field.equals("portalUrl")) {
                block.put(field, "https://portal.example/t?sig=Qx7abc" + number());
            } else {
                append(block, field, any(PROSE.contains(field) ? 200 : 60));
            }
        }
    }

    private static void append(ObjectNode block, String field, String text) {
        String before = block.path(field).asText();
        block.put(field, before.isEmpty() ? text : before + ", " + text);
    }

    /** Everything, for a person who says too much. */
    String everything() {
        StringBuilder said = new StringBuilder("Please look:");
        for (int form = 0; form < FORMS; form++) {
            said.append('\n').append(form(form));
        }
        return said.toString();
    }

    /** One of them, at most so long. */
    String any(int longest) {
        String text = form(random.nextInt(FORMS));
        return text.length() <= longest ? text : any(longest);
    }

    private static final int FORMS = 18;

    private String form(int form) {
        int n = number();
        return switch (form) {
            case 0 -> "password: Qx7" + n;
            case 1 -> "log https://a.blob.core.windows.net/c/f?sv=2024&sig=Qx7abc" + n + "%3D";
            case 2 -> "with Bearer Qx7abcdef" + n;
            case 3 -> "client_secret=Qx7~" + n;
            case 4 -> "proxy http://svc:Qx7" + n + "@proxy.example:8080";
            case 5 -> "AccountKey=Qx7" + n + "==";
            case 6 -> "Meeting subject: Qx7 merger " + n;
            case 7 -> "Attendees: Alva Qx7berg, Bob";
            case 8 -> "at 52.661" + n + ", 13.404954";
            case 9 -> "Authorization: Basic Qx7YWJj" + n;
            case 10 -> "write to Rw7." + n + "@contoso.example";
            case 11 -> "ping 10.66." + n % 250 + "." + random.nextInt(250);
            case 12 -> "MAC 02:66:%02x:%02x:0a:0b".formatted(n % 256, random.nextInt(256));
            case 13 -> "call +49 30 66" + n;
            case 14 -> "https://teams.microsoft.com/l/meetup-join/19%3aRw7" + n;
            case 15 -> "device id 66aa66bb-0000-4000-8000-000000" + n;
            case 16 -> "hostname: Rw7-" + n;
            default -> "the password is Qx7!" + n;
        };
    }

    private int number() {
        return 100_000 + random.nextInt(900_000);
    }

    static List<String> all() {
        return Stream.concat(SECRETS.stream(), RESTRICTED.stream()).toList();
    }
}
