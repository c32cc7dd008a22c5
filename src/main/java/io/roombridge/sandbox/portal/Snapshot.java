package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The lists of a snapshot, oldest first. Only the newest that fit into a message of the hub: a body holds 1 MiB at most.
 */
record Snapshot(ArrayNode history, ArrayNode messages, List<Conversation.File> files) {

    private static final int HISTORY = 500;
    private static final int MESSAGES = 1000;
    private static final int FILES = 200;
    private static final int TEXT = 400 * 1024;

    static Snapshot of(RememberedTicket ticket) {
        ArrayNode history = Blocks.object().arrayNode();
        int first = Math.max(0, ticket.history().size() - HISTORY);
        for (int i = first; i < ticket.history().size(); i++) {
            history.add(ticket.history().get(i));
        }
        List<Conversation.File> files = ticket.conversation().files();
        return new Snapshot(
                history,
                messages(ticket.messages()),
                List.copyOf(files.subList(Math.max(0, files.size() - FILES), files.size())));
    }

    private static ArrayNode messages(List<Conversation.Entry> entries) {
        List<ObjectNode> newestFirst = new ArrayList<>();
        int size = 0;
        for (int i = entries.size() - 1; i >= 0 && newestFirst.size() < MESSAGES; i--) {
            ObjectNode message = message(entries.get(i));
            size += message.toString().length();
            if (size > TEXT) {
                break;
            }
            newestFirst.add(message);
        }
        Collections.reverse(newestFirst);
        return Blocks.object().arrayNode().addAll(newestFirst);
    }

    private static ObjectNode message(Conversation.Entry entry) {
        ObjectNode message = Blocks.object();
        message.put("messageId", entry.messageId());
        message.set("actor", entry.author().block());
        message.put("at", entry.at().toString());
        message.put("text", entry.text()).put("format", entry.format());
        message.put("visibility", entry.visibility().label());
        return message;
    }
}
