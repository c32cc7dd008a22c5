package io.roombridge.sandbox.portal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands at a ticket on the portal, in the order in which the portal took it.
 *
 * @param ticketId the portal's ticket id
 */
public record Conversation(String ticketId, List<Entry> entries, List<File> files) {

    public Conversation {
        entries = List.copyOf(entries);
        files = List.copyOf(files);
    }

    /**
     * A message, or the result of a remediation.
     *
     * @param format {@code text} or {@code html}
     * @param commandId the command that caused it; empty for what was said on the portal's side
     */
    public record Entry(
            String messageId,
            Author author,
            Visibility visibility,
            String text,
            String format,
            Instant at,
            Optional<String> commandId) {}

    /**
     * A file of the ticket.
     *
     * @param size bytes
     * @param sha256 in hex; empty if the event that told of the file had none
     * @param content where the bytes lie; empty for a file that this portal never held
     * @param commandId as for an entry
     */
    public record File(
            String attachmentId,
            Author author,
            String name,
            String type,
            long size,
            String sha256,
            Optional<Path> content,
            Instant at,
            Optional<String> commandId) {}

    /** What the customer can read, which is what has to be equal on both sides. */
    public List<Entry> visible() {
        return entries.stream()
                .filter(entry -> entry.visibility() == Visibility.CUSTOMER)
                .toList();
    }
}
