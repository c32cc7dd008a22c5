package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The accounts that an event names, in lower case. They are restricted (facts/portal.md, section 8): they find the caller
 * of a ticket, or refuse one, and are shown nowhere; mappings never see them, and neither does a log.
 *
 * @param reporter who recorded the issue, if this event is the recording and says so by an address
 * @param rooms the accounts of the rooms that the event is about
 */
public record Accounts(Optional<String> reporter, Set<String> rooms) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORDING = "io.roombridge.portal.ticket.opened.v1";
    private static final Set<String> PEOPLE = Set.of("customer", "partner");

    /** @param event structured-mode JSON; what cannot be read names nobody */
    public static Accounts of(String event) {
        JsonNode read = parse(event);
        Set<String> rooms = new HashSet<>();
        read.at("/data/rooms")
                .forEach(room -> address(room.path("resourceAccountUpn")).ifPresent(rooms::add));
        boolean recorded = read.path("type").asText().equals(RECORDING)
                && read.at("/data/ticket/origin").asText().equals("customer");
        return new Accounts(recorded ? reporter(read.at("/data/actor")) : Optional.empty(), Set.copyOf(rooms));
    }

    private static JsonNode parse(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** An id that is no address, such as {@code u-17}, is the portal's own and known to no ServiceNow. */
    private static Optional<String> reporter(JsonNode actor) {
        return PEOPLE.contains(actor.path("type").asText())
                ? Stream.of("upn", "email", "id")
                        .flatMap(name -> address(actor.path(name)).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> address(JsonNode node) {
        return Optional.of(node.asText("").strip().toLowerCase(Locale.ROOT)).filter(text -> text.indexOf('@') > 0);
    }

    /** Whether a user's name or address is that of one of the rooms; {@code berlin-4-12} is berlin-4-12@contoso.com. */
    public boolean isRoom(String userNameOrAddress) {
        String asked = userNameOrAddress.toLowerCase(Locale.ROOT);
        return rooms.stream().anyMatch(room -> room.equals(asked) || room.startsWith(asked + "@"));
    }

    @Override
    public String toString() {
        return "Accounts[not shown]";
    }
}
