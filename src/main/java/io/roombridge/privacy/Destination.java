package io.roombridge.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where something of one side can come to stand on the other. */
public enum Destination {
    /** Any field of an incident but its journals; everybody who sees the incident reads it. */
    FIELDS,
    /** The customer-visible journal of an incident. */
    COMMENTS,
    /** The internal journal of an incident. */
    WORK_NOTES,
    /** A message or another command for the portal. */
    PORTAL;

    /** As privacy.yaml writes it, for example {@code work-notes}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Destination> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Destination::label).toList();
    }
}
