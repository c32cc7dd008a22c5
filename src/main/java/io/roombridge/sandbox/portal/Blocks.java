package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The blocks that events of the contract share: room, device and actor (facts/portal.md, section 9.2). */
final class Blocks {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Blocks() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    private static ObjectNode room(MeetingRoom room, String lifecycle) {
        ObjectNode block = object();
        block.put("roomId", room.id());
        block.put("name", room.name());
        block.put("resourceAccountUpn", room.account());
        block.put("group", room.group());
        block.put("ring", room.ring());
        block.set("location", location(room));
        ArrayNode tags = block.putArray("tags");
        room.tags().forEach(tags::add);
        block.put("supportTier", room.supportTier());
        block.put("lifecycle", lifecycle);
        return block;
    }

    private static ObjectNode location(MeetingRoom room) {
        ObjectNode location = object();
        location.put("region", room.place().region());
        location.put("building", room.place().building());
        location.put("floor", room.place().floor());
        location.put("room", room.name());
        location.put("timeZone", room.place().timeZone());
        return location;
    }

    static ArrayNode rooms(List<MeetingRoom> rooms, String lifecycle) {
        ArrayNode blocks = JSON.arrayNode();
        rooms.forEach(room -> blocks.add(room(room, lifecycle)));
        return blocks;
    }

    static ObjectNode device(RoomDevice device) {
        ObjectNode block = object();
        block.put("deviceId", device.id());
        block.put("role", device.role());
        block.put("platform", device.platform().label());
        block.put("make", device.make());
        block.put("model", device.model());
        block.put("serial", device.serial());
        block.put("hostName", device.hostName());
        block.put("appVersion", device.appVersion());
        block.put("osVersion", device.osVersion());
        return block;
    }

    static ObjectNode actor(String type, String id, String displayName) {
        ObjectNode block = object();
        block.put("type", type);
        block.put("id", id);
        block.put("displayName", displayName);
        return block;
    }

    static ObjectNode bot() {
        return actor("bot", "pro-management", "Pro Management");
    }

    /** {@code changed: {field: {old, new}}}. */
    static ObjectNode changed(String field, String from, String to) {
        ObjectNode change = object();
        change.putObject(field).put("old", from).put("new", to);
        return change;
    }
}
