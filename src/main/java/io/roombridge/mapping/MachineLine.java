package io.roombridge.mapping;

import io.roombridge.ticket.Origin;
import io.roombridge.ticket.TicketKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one line in an incident's work notes from which a lost store comes back: {@code rb1 KEY PORTAL-ID ORIGIN OPENED}
 * (design, section 3.2). Written by the bridge, never by a mapping file; it counts only if its key hashes to the
 * incident's {@code correlation_id}, which the reader has to check.
 *
 * @param key the canonical key of the ticket
 * @param opened when the portal ticket was created
 */
public record MachineLine(String key, String portalTicketId, Origin origin, Instant opened) {

    private static final String VERSION = "rb1";
    private static final int PARTS = 5;
    /** What could end a part, or mean something to a journal. */
    private static final Pattern UNSAFE = Pattern.compile("[%+\\s\\p{Cntrl}\\[\\]<>]");

    public static MachineLine of(TicketKey key, String portalTicketId, Origin origin, Instant opened) {
        return new MachineLine(key.canonical(), portalTicketId, origin, opened);
    }

    public static boolean isMachineLine(String line) {
        return line.strip().toLowerCase(Locale.ROOT).startsWith(VERSION + " ");
    }

    /** Reads one line; empty when it is anything but a whole machine line. */
    public static Optional<MachineLine> parse(String line) {
        String[] parts = line.strip().split(" ");
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Instant opened = Instant.parse(parts[4]);
            return Origin.of(parts[3])
                    .map(origin -> new MachineLine(unescape(parts[1]), unescape(parts[2]), origin, opened));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The line as it stands in the journal: one line, parts separated by single spaces. */
    public String text() {
        return String.join(" ", VERSION, escape(key), escape(portalTicketId), origin.label(), opened.toString());
    }

    private static String escape(String part) {
        return UNSAFE.matcher(part).replaceAll(match -> percentEncoded(match.group()));
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", octet));
        }
        return encoded.toString();
    }

    private static String unescape(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
