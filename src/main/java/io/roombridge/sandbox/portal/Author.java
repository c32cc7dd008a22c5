package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Who says or does something on the portal's side.
 *
 * @param type one of the contract's: customer and partner are people, bot is the portal's automation, service the portal
 *     itself, bridge whoever sent a command
 * @param name as shown
 */
public record Author(String type, String name) {

    static final Author PORTAL = new Author("service", "Pro Management");

    public static Author customer(String name) {
        return new Author("customer", name);
    }

    public static Author partner(String name) {
        return new Author("partner", name);
    }

    public static Author bot() {
        return new Author("bot", "Pro Management");
    }

    /** What a command says of its author; the name of the desk if it says nothing. */
    static Author bridge(Optional<String> name) {
        return new Author("bridge", name.orElse("Service desk"));
    }

    /** The block {@code actor} of an event; an event without one was made by the portal. */
    static Author of(JsonNode actor) {
        String type = actor.path("type").asText(PORTAL.type());
        return new Author(type, actor.path("displayName").asText(type));
    }

    ObjectNode block() {
        return Blocks.object().put("type", type).put("displayName", name);
    }
}
