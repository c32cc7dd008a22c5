package io.roombridge.ticket;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a ticket is about: a signal of a room, or an issue a person recorded. The canonical form is the identity of the
 * ticket for ever and may never change (design, section 2; test vectors in docs/events.md).
 */
public sealed interface TicketKey {

    /** The tenant the ticket belongs to, normalised. */
    String tenant();

    /** Version 1 of the canonical key, for example {@code 1|contoso|room-12|compute|display|display-1}. */
    String canonical();

    /** The id derived from {@link #canonical()}. */
    default TicketId id() {
        return TicketId.of(this);
    }

    /**
     * The key whose canonical form this is; empty for any other text. Whoever reads one from outside has to compare the
     * id of the result.
     */
    static Optional<TicketKey> parse(String canonical) {
        List<String> parts = Stream.of(canonical.split("\\|", -1))
                .map(part -> part.replace("%7c", "|").replace("%25", "%"))
                .toList();
        try {
            if (parts.size() == 6 && parts.get(0).equals("1")) {
                return Optional.of(
                        new RoomSignal(parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5)));
            }
            return parts.size() == 4 && parts.get(0).equals("1") && parts.get(2).equals("recorded")
                    ? Optional.of(new RecordedIssue(parts.get(1), parts.get(3)))
                    : Optional.empty();
        } catch (IllegalArgumentException blank) {
            return Optional.empty();
        }
    }

    /**
     * What can go wrong in one room. The device that reports it is left out on purpose: the ticket survives a hardware
     * replacement (facts/portal.md, section 2.4).
     */
    record RoomSignal(String tenant, String room, String role, String signal, String instance) implements TicketKey {

        public static final String DEFAULT_ROLE = "compute";
        public static final String DEFAULT_INSTANCE = "0";

        /** Normalises each part; a blank role or instance takes its default, any other blank part is refused. */
        public RoomSignal {
            tenant = part("tenant", tenant);
            room = part("room", room);
            role = isBlank(role) ? DEFAULT_ROLE : part("role", role);
            signal = SignalNames.canonical(part("signal", signal));
            instance = isBlank(instance) ? DEFAULT_INSTANCE : part("instance", instance);
        }

        @Override
        public String canonical() {
            return String.join("|", "1", escape(tenant), escape(room), escape(role), escape(signal), escape(instance));
        }
    }

    /** An issue recorded by a person: it may name several rooms, so the portal's own ticket id is its identity. */
    record RecordedIssue(String tenant, String portalTicketId) implements TicketKey {

        public RecordedIssue {
            tenant = part("tenant", tenant);
            portalTicketId = part("portal ticket id", portalTicketId);
        }

        @Override
        public String canonical() {
            return String.join("|", "1", escape(tenant), "recorded", escape(portalTicketId));
        }
    }

    /**
     * One part of a key in its normal form: NFC, trimmed, lower case (design, section 2).
     *
     * @throws IllegalArgumentException if it is blank
     */
    static String part(String name, String value) {
        if (isBlank(value)) {
            throw new IllegalArgumentException("the " + name + " of a ticket key is blank; a blank part would join"
                    + " unrelated tickets, so it is refused");
        }
        return Normalizer.normalize(value, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }

    private static String escape(String part) {
        return part.replace("%", "%25").replace("|", "%7c");
    }
}
