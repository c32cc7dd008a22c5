package io.roombridge.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Portal events about a room, its device or a signal of it, for tests. */
final class RoomEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String type;
    private final String room;
    private final Instant at;
    private final ObjectNode data = JSON.createObjectNode();

    private RoomEvent(String type, String room, Instant at) {
        this.type = type;
        this.room = room;
        this.at = at;
        data.putArray("rooms").addObject().put("roomId", room).put("name", "Room " + room);
    }

    static RoomEvent ofSignal(String type, String room, String signal, Instant at) {
        RoomEvent event = new RoomEvent("signal." + type, room, at);
        event.data.putObject("key").put("roomId", room).put("signalType", signal);
        return event;
    }

    static RoomEvent ofDevice(String type, String room, Instant at) {
        RoomEvent event = new RoomEvent("device." + type, room, at);
        event.data.putObject("device").put("deviceId", "dev-" + room).put("role", "compute");
        return event;
    }

    RoomEvent until(Instant end) {
        data.put("until", end.toString());
        return this;
    }

    RoomEvent by(String make, String model) {
        data.putObject("previousDevice").put("deviceId", "dev-" + room);
        data.withObject("/device")
                .put("deviceId", "new-" + room)
                .put("make", make)
                .put("model", model);
        return this;
    }

    /** The account with which the room signs in. */
    RoomEvent signedInAs(String upn) {
        ((ObjectNode) data.at("/rooms/0")).put("resourceAccountUpn", upn);
        return this;
    }

    byte[] bytes() {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", type + "-" + room + "-" + at).put("source", "/mtrp/tenants/contoso");
        event.put("type", "io.roombridge.portal." + type + ".v1").put("time", at.toString());
        event.put("datacontenttype", "application/json").put("tenantid", "contoso");
        event.put("partitionkey", "contoso|" + room);
        event.set("data", data);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
