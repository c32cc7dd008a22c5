package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.privacy.Destination;
import io.roombridge.privacy.Privacy;
import java.util.Objects;
import java.util.Optional;

/**
 * What a mapping of a portal message gets to see.
 *
 * @param number of the incident
 * @param author how the writer is called towards the portal: the configured author, or a display name; never an address
 * @param text the plain text that is passed on; empty where the message is about a state
 * @param holdReason the value of the field {@code hold_reason}, for example {@code 1}
 * @param closeCode the value of the field {@code close_code}
 * @param closeNotes what the person who resolved wrote for the customer
 * @param followUp the number of the incident that continues a closed one
 */
public record MessageInput(
        String number,
        String author,
        Optional<String> text,
        Optional<String> holdReason,
        Optional<String> closeCode,
        Optional<String> closeNotes,
        Optional<String> followUp) {

    public MessageInput {
        Objects.requireNonNull(number);
        Objects.requireNonNull(author);
    }

    /** About an incident, with nothing said yet. */
    public static MessageInput about(String number, String author) {
        return new MessageInput(
                number,
                author,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public MessageInput saying(String newText) {
        return new MessageInput(number, author, Optional.of(newText), holdReason, closeCode, closeNotes, followUp);
    }

    public MessageInput onHold(String reason) {
        return new MessageInput(number, author, text, Optional.of(reason), closeCode, closeNotes, followUp);
    }

    public MessageInput resolved(String code, String notes) {
        return new MessageInput(number, author, text, holdReason, Optional.of(code), Optional.of(notes), followUp);
    }

    public MessageInput followedBy(String newNumber) {
        return new MessageInput(number, author, text, holdReason, closeCode, closeNotes, Optional.of(newNumber));
    }

    /** The input of the mapping file; blank values are missing ones, and every text is harmless and may leave ServiceNow. */
    JsonNode view(Privacy privacy) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        put(view, "number", Optional.of(number), privacy);
        put(view, "author", Optional.of(author), privacy);
        put(view, "text", text, privacy);
        put(view, "holdReason", holdReason, privacy);
        put(view, "closeCode", closeCode, privacy);
        put(view, "closeNotes", closeNotes, privacy);
        put(view, "followUp", followUp, privacy);
        return view;
    }

    private static void put(ObjectNode view, String name, Optional<String> value, Privacy privacy) {
        value.map(PlainText::of)
                .filter(text -> !text.isBlank())
                .ifPresent(text -> view.put(name, privacy.clean(text.strip(), Destination.PORTAL)));
    }
}
