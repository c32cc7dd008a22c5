package io.roombridge.adoption;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JSON of the portal's <em>Export tickets</em> (facts/portal.md, section 4.3). No schema of it is published, so names are
 * read without regard to case, blanks and underscores, the array may stand in an object, and a row that cannot be read is told
 * with its number and keeps no other from being read.
 *
 * @param tickets in the order of the file; a ticket with several incident numbers once for each
 * @param faults the rows that were not read
 */
public record TicketExport(List<ExportedTicket> tickets, List<Fault> faults) {

    /** A year of an estate of some thousand rooms has 50,000 tickets. */
    static final int MOST_ROWS = 500_000;

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 40;
    private static final Set<String> OVER = Set.of("resolved", "closed");
    private static final Pattern NOISE = Pattern.compile("[^a-z0-9]");
    private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[,;\\s]+");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build());
    }

    public TicketExport {
        tickets = List.copyOf(tickets);
        faults = List.copyOf(faults);
    }

    /**
     * A row that was not read.
     *
     * @param row from 1
     */
    public record Fault(int row, String problem) {}

    /** The file as a whole is no export. */
    public static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Reads row by row; only what adoption needs stays in memory.
     *
     * @throws Unreadable when it is no JSON, or ends in the middle: then nothing of it counts
     */
    public static TicketExport read(InputStream file) {
        List<ExportedTicket> tickets = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        try (JsonParser json = JSON.getFactory().createParser(file)) {
            if (!toTheRows(json)) {
                throw new Unreadable("there is no list of tickets in it; expected what Export tickets gives", null);
            }
            for (int row = 1; json.nextToken() != JsonToken.END_ARRAY; row++) {
                if (row > MOST_ROWS) {
                    throw new Unreadable("it has more than " + MOST_ROWS + " tickets; export shorter ranges", null);
                }
                take(row, json.readValueAsTree(), tickets, faults);
            }
        } catch (JsonProcessingException e) {
            String where = Optional.ofNullable(e.getLocation())
                    .map(place -> "line " + place.getLineNr() + " is no JSON: ")
                    .orElse("it ends in the middle: ");
            throw new Unreadable(where + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Unreadable("it cannot be read: " + e.getMessage(), e);
        }
        return new TicketExport(tickets, faults);
    }

    /** The list itself, or the first list in the object around it. */
    private static boolean toTheRows(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            return first == JsonToken.START_ARRAY;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private static void take(int row, JsonNode ticket, List<ExportedTicket> tickets, List<Fault> faults) {
        Optional<String> id = text(ticket, "ticketid");
        if (id.isEmpty() || id.get().length() > LONGEST_ID) {
            faults.add(new Fault(
                    row, ticket.isObject() ? "it has no TicketID" : "it is no object but " + ticket.getNodeType()));
            return;
        }
        boolean open =
                text(ticket, "state").map(state -> !OVER.contains(plain(state))).orElse(true);
        Optional<String> room = text(ticket, "device", "roomname").or(() -> text(ticket, "device", "name"));
        Optional<String> signal = text(ticket, "incidenttype", "displayname").or(() -> text(ticket, "incidenttype"));
        List<String> numbers = numbers(ticket);
        if (text(ticket, "snowincident")
                        .filter(all -> all.length() > LONGEST_NAME)
                        .isPresent()
                || numbers.stream().anyMatch(number -> number.length() > LONGEST_NUMBER)) {
            faults.add(new Fault(row, "its SnowIncident is longer than the number of an incident may be"));
            return;
        }
        Stream<Optional<String>> each = numbers.isEmpty()
                ? Stream.of(Optional.empty())
                : numbers.stream().map(Optional::of);
        each.map(number -> new ExportedTicket(id.get(), open, number, room, signal))
                .forEach(tickets::add);
    }

    private static List<String> numbers(JsonNode ticket) {
        return text(ticket, "snowincident").or(() -> text(ticket, "snowincident", "number")).stream()
                .flatMap(BETWEEN_NUMBERS::splitAsStream)
                .filter(number -> !number.isEmpty())
                .map(number -> number.toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** A text below these names; empty when it is missing or blank, or anything but a text or number. */
    private static Optional<String> text(JsonNode ticket, String... names) {
        JsonNode node = ticket;
        for (String name : names) {
            node = child(node, name);
        }
        return node.isTextual() || node.isNumber()
                ? Optional.of(node.asText().strip())
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME + 1) : text)
                : Optional.empty();
    }

    private static JsonNode child(JsonNode node, String name) {
        return node.properties().stream()
                .filter(field -> plain(field.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(JSON::missingNode);
    }

    private static String plain(String name) {
        return NOISE.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
