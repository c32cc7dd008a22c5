package io.roombridge.rooms;

import io.roombridge.correlation.RoomFactBook.Fact;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that an event states. Of two statements about the same subject and fact the later one counts, whatever the order
 * in which they arrive.
 *
 * @param subject a signal of a room, a device, the device with a role in a room, or a signal of a tenant
 * @param at the event's time
 * @param until when it lapses by itself
 */
public record Statement(String tenant, String subject, Fact fact, boolean holds, Instant at, Optional<Instant> until) {}
