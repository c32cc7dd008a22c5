package io.roombridge.closing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much of the world the bridge has heard. The portal cannot be read again, so silence counts only where a heartbeat
 * proves that everything before the due instant has arrived and is finished (design, section 3.6).
 *
 * @param partitions of the hub
 * @param heard the watermark of the last heartbeat below the checkpoint of each partition
 */
public record Knowledge(Set<String> partitions, Map<String, Instant> heard) {

    /** ServiceNow may show a write up to a minute late. */
    public static final Duration LATE_COMMITS = Duration.ofSeconds(60);

    /** Why the portal may have said something before the moment that is not known here. */
    public Optional<String> unheardBefore(Instant dueAt) {
        if (partitions.isEmpty()) {
            return Optional.of("the partitions of the hub are not known yet");
        }
        Set<String> silent = new TreeSet<>();
        partitions.stream()
                .filter(partition -> heard.getOrDefault(partition, Instant.MIN).isBefore(dueAt))
                .forEach(silent::add);
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of("the portal has been silent since before the ticket came due: no heartbeat of partition "
                        + String.join(", ", silent));
    }

    /** @param read by ServiceNow's own clock, when the reading began; empty when the instance did not tell */
    public static Optional<String> readTooEarly(Instant dueAt, Optional<Instant> read) {
        return read.filter(at -> !at.isBefore(dueAt.plus(LATE_COMMITS))).isPresent()
                ? Optional.empty()
                : Optional.of("ServiceNow was not read late enough after the ticket came due, by its own clock");
    }
}
