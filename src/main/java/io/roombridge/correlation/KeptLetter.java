package io.roombridge.correlation;

import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter as it lies in the store.
 *
 * @param id by which people name it; letters of a ticket are in the order of their ids
 * @param incident number of the ticket's newest incident, if it has one
 * @param askedAt since when a person wants it tried again
 * @param settledAt when it was replayed or dropped
 */
public record KeptLetter(
        long id,
        DeadLetter letter,
        Optional<String> incident,
        Optional<Instant> askedAt,
        Optional<Instant> settledAt) {}
