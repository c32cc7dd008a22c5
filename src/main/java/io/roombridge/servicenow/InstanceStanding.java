package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an instance stands with this process, from memory.
 *
 * @param troubled why it is left alone, or asked by one call at a time; empty while calls leave freely
 * @param hourlyLimit calls that it allows in an hour; empty until it told
 * @param used calls of this hour that are made or set aside, by all nodes
 * @param ahead how far its clock is ahead of this machine's, negative if it is behind, to the second; empty before its
 *     first answer
 */
public record InstanceStanding(
        Optional<Reason> troubled, OptionalInt hourlyLimit, int used, Optional<Duration> ahead) {}
